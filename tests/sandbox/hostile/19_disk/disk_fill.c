// outcome: exited memory signaled
// Fills the box's folders with bytes, holes and names.
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>
int main(void) {
  static char b[1 << 20];
  char name[64];
  int fd = open("/box/big", O_CREAT | O_RDWR, 0600);
  ftruncate(fd, 1L << 50);
  for (int i = 0; i < 8; ++i) write(fd, b, sizeof b);
  for (int i = 0; i < 100000; ++i) {
    sprintf(name, "/tmp/%d", i);
    if (open(name, O_CREAT | O_RDWR, 0600) < 0 && mkdir(name, 0700) < 0) break;
  }
  return 0;
}
