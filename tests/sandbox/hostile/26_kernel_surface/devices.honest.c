// honest: 0 1 -1
// The devices that a box has.
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>
int main(void) {
  char bytes[16] = {1};
  int zero = open("/dev/zero", O_RDONLY);
  int random = open("/dev/urandom", O_RDONLY);
  int full = open("/dev/full", O_WRONLY);
  int null = open("/dev/null", O_RDWR);
  if (read(zero, bytes, 1) != 1 || read(null, bytes + 1, 1) != 0) return 1;
  printf("%d ", bytes[0]);
  printf("%d %d\n", read(random, bytes, 16) == 16, (int)write(full, bytes, 1));
  return 0;
}
