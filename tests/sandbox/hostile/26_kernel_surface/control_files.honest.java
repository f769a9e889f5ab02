// honest: true true
// What a JVM asks of its host.
class ControlFilesHonest {
  public static void main(String[] arguments) {
    Runtime runtime = Runtime.getRuntime();
    System.out.println((runtime.availableProcessors() >= 1) + " "
        + (runtime.maxMemory() > 1 << 20));
  }
}
