// outcome: exited
// code: 3
// says: bounded
// Threads until the limit says no; then a quick end.
class Threads {
  public static void main(String[] arguments) {
    int count = 0;
    try {
      for (; count < 10000; ++count) {
        Thread thread = new Thread(() -> {
          try {
            Thread.sleep(1000000);
          } catch (InterruptedException e) {
            return;
          }
        });
        thread.start();
      }
    } catch (OutOfMemoryError e) {
      System.out.println(count < 64 ? "bounded" : "ESCAPED");
      Runtime.getRuntime().halt(3);
    }
    System.out.println("ESCAPED " + count);
  }
}
