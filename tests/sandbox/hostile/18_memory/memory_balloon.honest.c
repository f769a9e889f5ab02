// honest: 64 MiB
// Much memory, below the limit, in one process and then another.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
int main(void) {
  int status = 1;
  for (int round = 0; round < 2; ++round) {
    if (fork() == 0) {
      char* p = malloc(64 << 20);
      memset(p, 1, 64 << 20);
      _exit(p[(64 << 20) - 1] != 1);
    }
    wait(&status);
    if (status != 0) return 1;
  }
  puts("64 MiB");
  return 0;
}
