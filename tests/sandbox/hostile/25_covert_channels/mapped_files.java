// outcome: exited
// says: tried
// Maps, locks and watches of files that all boxes share.
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;

class MappedFiles {
  public static void main(String[] arguments) {
    for (String path : new String[] {"/etc/hosts", "/usr/bin/env", "/assay"}) {
      try (RandomAccessFile file = new RandomAccessFile(path, "rw")) {
        System.out.println("ESCAPED " + path);
      } catch (java.io.IOException e) {
        continue;
      }
    }
    try (FileChannel channel = FileChannel.open(Path.of("/etc/hosts"))) {
      channel.lock(0, 1, false);
      System.out.println("ESCAPED lock");
    } catch (Exception e) {
      System.out.print("no lock, ");
    }
    try {
      Path.of("/usr").register(FileSystems.getDefault().newWatchService(),
          StandardWatchEventKinds.ENTRY_CREATE);
      System.out.println("ESCAPED watch");
    } catch (Exception e) {
      System.out.println("tried");
    }
    System.out.println(Files.isWritable(Path.of("/dev/shm")) ? "ESCAPED" : "");
  }
}
