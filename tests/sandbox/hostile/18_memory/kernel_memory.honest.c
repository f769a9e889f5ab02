// honest: 65536 7 8
// A full pipe, a private map and one that a child shares.
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
int main(void) {
  int ends[2], written = 0;
  static char block[4096];
  if (pipe2(ends, O_NONBLOCK) != 0) return 1;
  while (write(ends[1], block, sizeof block) > 0) written += sizeof block;
  int* own = mmap(0, 8 << 20, PROT_READ | PROT_WRITE,
                  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  int* shared = mmap(0, 8 << 20, PROT_READ | PROT_WRITE,
                     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  *own = 7;
  if (fork() == 0) {
    *own = *shared = 8;
    _exit(0);
  }
  wait(0);
  printf("%d %d %d\n", written, *own, *shared);
  return 0;
}
