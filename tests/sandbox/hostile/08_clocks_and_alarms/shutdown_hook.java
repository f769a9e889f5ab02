// outcome: wall-time
// Ends, but never finishes ending.
class ShutdownHook {
  public static void main(String[] arguments) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> {
      for (;;) {
        try {
          Thread.sleep(1000000);
        } catch (InterruptedException e) {
          continue;
        }
      }
    }));
    System.exit(0);
  }
}
