// outcome: cpu-time
// Threads of the lowest priority that yield now and then.
class IdleThreads {
  public static void main(String[] arguments) {
    for (int i = 0; i < 4; ++i) {
      Thread thread = new Thread(() -> {
        for (int n = 0;; ++n) {
          if (n % 4096 == 0)
            Thread.yield();
        }
      });
      thread.setPriority(Thread.MIN_PRIORITY);
      thread.start();
    }
  }
}
