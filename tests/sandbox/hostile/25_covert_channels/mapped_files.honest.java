// honest: 42
// A file of its own, mapped, locked and read.
import java.io.RandomAccessFile;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;

class MappedFilesHonest {
  public static void main(String[] arguments) throws Exception {
    try (RandomAccessFile file = new RandomAccessFile("/tmp/own", "rw")) {
      FileChannel channel = file.getChannel();
      channel.lock();
      MappedByteBuffer map =
          channel.map(FileChannel.MapMode.READ_WRITE, 0, 4096);
      map.put(100, (byte) 42);
      map.force();
      file.seek(100);
      System.out.println(file.read());
    }
  }
}
