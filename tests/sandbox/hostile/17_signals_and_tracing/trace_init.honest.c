// honest: 42 1
// Looks at its own state and at a child's end.
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
int main(void) {
  char line[256];
  int found = 0;
  siginfo_t info = {0};
  FILE* status = fopen("/proc/self/status", "r");
  while (status && fgets(line, sizeof line, status))
    found |= strncmp(line, "Threads:\t1", 10) == 0;
  if (fork() == 0) _exit(42);
  waitid(P_ALL, 0, &info, WEXITED);
  printf("%d %d\n", info.si_status, found);
  return 0;
}
