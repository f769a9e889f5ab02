// honest: 3
// Threads that wait for each other.
import java.util.concurrent.CountDownLatch;

class IdleThreadsHonest {
  public static void main(String[] arguments) throws Exception {
    CountDownLatch latch = new CountDownLatch(3);
    for (int i = 0; i < 3; ++i) new Thread(latch::countDown).start();
    latch.await();
    System.out.println(3 - latch.getCount());
  }
}
