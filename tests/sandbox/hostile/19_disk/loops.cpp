// outcome: exited
// says: done
// Trees that a walk never leaves, and names that are hard to say.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <string>
int main() {
  for (int i = 0; i < 300; ++i) {
    symlink("..", ("/box/loop" + std::to_string(i)).c_str());
    const std::string name = "/box/" + std::string(1 + i % 255, '\n');
    close(open(name.c_str(), O_CREAT | O_WRONLY, 0));
  }
  mkdir("/box/\xff\xfe", 0);
  mkdir("/box/closed", 0700);
  close(open("/box/closed/in", O_CREAT | O_WRONLY, 0));
  chmod("/box/closed", 0);
  chmod("/box", 0111);
  // A folder of the system's in the place of the box's own.
  if (rename("/box", "/tmp/box") == 0) std::puts("ESCAPED rename");
  if (rename("/usr", "/tmp/usr") == 0) std::puts("ESCAPED usr");
  if (link("/etc/passwd", "/box/passwd") == 0) std::puts("ESCAPED link");
  std::puts("done");
}
