// outcome: exited
// says: looked
// Reads whatever a judge may have left open, by number and by name.
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>
int main(void) {
  char text[64], name[64];
  for (int fd = 3; fd < 4096; ++fd) {
    if (fcntl(fd, F_GETFD) >= 0) printf("ESCAPED descriptor %d\n", fd);
    if (read(fd, text, sizeof text) > 0) puts("ESCAPED read");
    sprintf(name, "/proc/1/fd/%d", fd);
    if (open(name, O_RDONLY) >= 0) puts("ESCAPED of init");
    sprintf(name, "/dev/fd/%d", fd);
    if (open(name, O_RDONLY) >= 0) puts("ESCAPED by name");
  }
  puts("looked");
  return 0;
}
