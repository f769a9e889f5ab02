// honest: 42
// A hook that says the last word.
class ShutdownHookHonest {
  public static void main(String[] arguments) {
    Runtime.getRuntime().addShutdownHook(
        new Thread(() -> System.out.println(42)));
    System.exit(0);
  }
}
