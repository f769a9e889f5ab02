// honest: 1
// A system call by its number, through the gate of today.
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>
int main(void) {
  printf("%d\n", syscall(SYS_getpid) == getpid());
  return 0;
}
