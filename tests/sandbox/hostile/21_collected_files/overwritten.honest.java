// honest: 42
// collects: out0
// A file, written twice.
import java.nio.file.Files;
import java.nio.file.Path;

class OverwrittenHonest {
  public static void main(String[] arguments) throws Exception {
    Files.writeString(Path.of("out0"), "longer than the answer\n");
    Files.writeString(Path.of("out0"), "42\n");
    System.out.println(42);
  }
}
