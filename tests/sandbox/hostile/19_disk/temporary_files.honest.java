// honest: 42 true
// A temporary file, read back and deleted.
import java.nio.file.Files;
import java.nio.file.Path;

class TemporaryFilesHonest {
  public static void main(String[] arguments) throws Exception {
    Path file = Files.createTempFile("x", "y");
    Files.writeString(file, "42");
    System.out.println(
        Files.readString(file) + " " + Files.deleteIfExists(file));
  }
}
