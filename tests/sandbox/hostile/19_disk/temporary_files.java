// outcome: exited
// says: bounded
// Temporary files, each as large as it may be, all kept.
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class TemporaryFiles {
  public static void main(String[] arguments) throws Exception {
    long written = 0;
    byte[] block = new byte[1 << 20];
    try {
      for (int i = 0; i < 100; ++i) {
        Path file = Files.createTempFile("x", "y");
        Files.write(file, block);
        written += block.length;
      }
    } catch (IOException e) {
      System.out.println(written <= 16 << 20 ? "bounded" : "ESCAPED");
      return;
    }
    System.out.println("ESCAPED " + written);
  }
}
