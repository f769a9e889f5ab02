// outcome: exited
// says: looked
// Environment, properties and open descriptors of a JVM.
import java.io.File;
import java.io.FileInputStream;

class SystemProperties {
  public static void main(String[] arguments) {
    for (String name : System.getenv().keySet()) {
      if (name.contains("ASSAY"))
        System.out.println("ESCAPED " + name);
    }
    for (Object value : System.getProperties().values()) {
      if (value.toString().contains("assay")) {
        System.out.println("ESCAPED " + value);
      }
    }
    for (int fd = 3; fd < 64; ++fd) {
      File link = new File("/proc/self/fd/" + fd);
      try {
        String target = link.getCanonicalPath();
        if (target.contains("memfd") || target.contains("socket")) {
          System.out.println("ESCAPED " + target);
        }
      } catch (java.io.IOException e) {
        continue;
      }
    }
    for (String path : new String[] {"/etc/shadow", "/proc/1/environ"}) {
      try (FileInputStream in = new FileInputStream(path)) {
        System.out.println("ESCAPED " + in.read());
      } catch (java.io.IOException e) {
        continue;
      }
    }
    System.out.println("looked");
  }
}
