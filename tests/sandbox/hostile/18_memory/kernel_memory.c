// outcome: memory signaled exited
// Memory that no process has: pipes, files in memory, shared maps, queues.
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>
int main(void) {
  static char block[1 << 16];
  int ends[2];
  memset(block, 1, sizeof block);
  for (int i = 0; i < 300 && pipe2(ends, O_NONBLOCK) == 0; ++i) {
    fcntl(ends[1], F_SETPIPE_SZ, 1 << 20);
    while (write(ends[1], block, sizeof block) > 0) continue;
  }
  for (int i = 0; i < 300; ++i) {
    int fd = (int)syscall(SYS_memfd_create, "m", 0);
    for (int n = 0; fd >= 0 && n < 1024; ++n)
      if (write(fd, block, sizeof block) <= 0) break;
  }
  if (syscall(SYS_shmget, 0, 1 << 30, 01600) >= 0) puts("ESCAPED shmget");
  if (syscall(SYS_mq_open, "/left", 0102, 0600, 0) >= 0) puts("ESCAPED queue");
  char* huge = mmap(0, 64 << 20, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB, -1, 0);
  if (huge != MAP_FAILED) memset(huge, 1, 64 << 20), puts("ESCAPED huge pages");
  for (int i = 0; i < 4096; ++i) {
    char* shared = mmap(0, 1 << 20, PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED) break;
    memset(shared, 1, 1 << 20);
  }
  return 0;
}
