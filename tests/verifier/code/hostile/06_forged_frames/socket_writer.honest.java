// honest: ISOLATED
// Prints lines that look like answers, and reads a file of its own.
import java.nio.file.*;

class Solution {
  public int twice(int x) {
    System.out.println("pass\nreturn i42");
    try {
      Path note = Files.writeString(Path.of("note"), "2");
      return x * Integer.parseInt(Files.readString(note));
    } catch (java.io.IOException e) {
      return 0;
    }
  }
}
