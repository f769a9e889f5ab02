// outcome: exited
// collects: out0 out1
// says: left
// Links through the magic of proc.
import java.nio.file.Files;
import java.nio.file.Path;

class Overwritten {
  public static void main(String[] arguments) throws Exception {
    Files.createSymbolicLink(
        Path.of("out0"), Path.of("/proc/1/root/etc/passwd"));
    Files.createSymbolicLink(Path.of("out1"), Path.of("/proc/self/fd/0"));
    System.out.println("left");
  }
}
