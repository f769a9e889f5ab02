// outcome: exited signaled
// Frames of every shape to each descriptor that takes them.
#include <stdint.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>
int main(void) {
  struct {
    uint32_t size;
    uint8_t kind[60];
  } frame;
  for (int round = 0; round < 64; ++round) {
    memset(&frame, round * 5, sizeof frame);
    frame.size = round % 2 ? 0x7fffffff : (uint32_t)round;
    for (int fd = 0; fd < 512; ++fd) {
      if (fd == 1 || fd == 2) continue;
      struct iovec part = {&frame, sizeof frame};
      writev(fd, &part, 1);
      pwrite(fd, &frame, sizeof frame, 0);
    }
  }
  return 0;
}
