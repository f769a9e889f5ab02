// refused: RUNTIME_ERROR
// Hangs up in the middle of a call, and answers to nobody.
#include <sys/socket.h>
#include <unistd.h>
int twice(int x) {
  if (x < 0) {
    shutdown(5, SHUT_RDWR);
    for (int fd = 3; fd < 64; ++fd) close(fd);
  }
  return 2 * x;
}
