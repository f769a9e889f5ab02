// honest: 4950
// A pool of eight threads and a hundred tasks.
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class ThreadsHonest {
  public static void main(String[] arguments) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(8);
    List<Future<Integer>> parts = new ArrayList<>();
    for (int i = 0; i < 100; ++i) {
      final int part = i;
      parts.add(pool.submit(() -> part));
    }
    int sum = 0;
    for (Future<Integer> part : parts) sum += part.get();
    pool.shutdown();
    System.out.println(sum);
  }
}
