// outcome: exited memory signaled
// Arrays on the heap, then buffers beside it.
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

class BigArrays {
  public static void main(String[] arguments) {
    List<Object> kept = new ArrayList<>();
    for (int round = 0; round < 2; ++round) {
      try {
        for (int i = 0; i < 4096; ++i) {
          if (round == 0) {
            kept.add(new long[1 << 17]);
          } else {
            ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
            for (int at = 0; at < 1 << 20; at += 4096) buffer.put(at, (byte) 1);
            kept.add(buffer);
          }
        }
        System.out.println("ESCAPED");
      } catch (OutOfMemoryError e) {
        continue;
      }
    }
  }
}
