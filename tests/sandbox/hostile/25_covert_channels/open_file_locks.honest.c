// honest: 1 1
// A lock of one's own open file, against one's other opening of it.
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
int main(void) {
  struct flock lock = {.l_type = F_WRLCK};
  int mine = open("/box/mine", O_CREAT | O_RDWR, 0666);
  int again = open("/box/mine", O_RDWR);
  int first = fcntl(mine, F_OFD_SETLK, &lock) == 0;
  printf("%d %d\n", first, fcntl(again, F_OFD_SETLK, &lock) != 0);
  return 0;
}
