// honest: ISOLATED
// Closes what it opened, and its input.
#include <fcntl.h>
#include <unistd.h>
int twice(int x) {
  const int fd = open("/dev/null", O_RDWR);
  close(fd);
  close(0);
  return 2 * x;
}
