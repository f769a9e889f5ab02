// honest: 8388608 500
// Eight million bytes in one file, and five hundred small ones.
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
int main(void) {
  static char block[1 << 16];
  struct stat info;
  char name[32];
  int count = 0, fd = open("big", O_CREAT | O_RDWR, 0600);
  memset(block, 1, sizeof block);
  for (int i = 0; i < 128; ++i)
    if (write(fd, block, sizeof block) != sizeof block) return 1;
  fstat(fd, &info);
  for (int i = 0; i < 500; ++i) {
    sprintf(name, "/tmp/%d", i);
    int small = open(name, O_CREAT | O_RDWR, 0600);
    count += write(small, "x", 1) == 1 && unlink(name) == 0;
    close(small);
  }
  printf("%ld %d\n", (long)info.st_size, count);
  return 0;
}
