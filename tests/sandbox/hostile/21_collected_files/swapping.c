// outcome: exited
// collects: out0 out1
// says: swapped
// A child that swaps a file and a link while they are collected.
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>
int main(void) {
  symlink("/etc/passwd", "out1");
  symlink("/etc/passwd", "link");
  close(open("out0", O_CREAT | O_WRONLY, 0600));
  if (fork() == 0) {
    setsid();
    for (;;) {
      renameat2(AT_FDCWD, "out0", AT_FDCWD, "out1", RENAME_EXCHANGE);
      renameat2(AT_FDCWD, "link", AT_FDCWD, "out0", RENAME_EXCHANGE);
    }
  }
  usleep(1000);
  puts("swapped");
  return 0;
}
