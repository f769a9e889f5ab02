// refused: RUNTIME_ERROR TIME_LIMIT
// time: 300
// Megabytes to the examiner's socket.
#include <stdlib.h>
#include <unistd.h>
int twice(int x) {
  char* block = calloc(1, 1 << 20);
  for (int i = 0; i < 1000; ++i)
    for (int fd = 3; fd < 8; ++fd)
      if (write(fd, block, 1 << 20) < 0) continue;
  return 2 * x;
}
