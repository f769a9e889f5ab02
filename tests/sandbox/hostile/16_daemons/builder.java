// outcome: exited
// says: left
// A program that outlives the JVM, with the JVM's own output.
import java.io.IOException;

class Builder {
  public static void main(String[] arguments) {
    try {
      new ProcessBuilder("/usr/bin/setsid", "/bin/sleep", "1000")
          .inheritIO()
          .start();
    } catch (IOException e) {
      System.out.println("no");
    }
    System.out.println("left");
  }
}
