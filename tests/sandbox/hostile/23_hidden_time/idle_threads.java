// outcome: cpu-time
// Threads of the lowest priority that yield after each step.
class IdleThreads {
  public static void main(String[] arguments) {
    for (int i = 0; i < 4; ++i) {
      Thread thread = new Thread(() -> {
        for (;;) Thread.yield();
      });
      thread.setPriority(Thread.MIN_PRIORITY);
      thread.start();
    }
  }
}
