// outcome: exited
// says: 9 refused
// Files by which a kernel is told what to do.
import java.io.FileOutputStream;
import java.io.IOException;

class ControlFiles {
  public static void main(String[] arguments) {
    String[] paths = {"/proc/sys/kernel/core_pattern", "/proc/sysrq-trigger",
        "/proc/self/uid_map", "/proc/self/setgroups", "/proc/1/oom_score_adj",
        "/proc/self/attr/exec", "/sys/fs/cgroup/release_agent", "/dev/mem",
        "/proc/sys/vm/overcommit_memory"};
    int refused = 0;
    for (String path : paths) {
      try (FileOutputStream out = new FileOutputStream(path)) {
        out.write('1');
        System.out.println("ESCAPED " + path);
      } catch (IOException e) {
        ++refused;
      }
    }
    System.out.println(refused + " refused");
  }
}
