// outcome: exited
// New namespaces by every road, to gain capabilities.
#define _GNU_SOURCE
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>
int main(void) {
  int flags[] = {CLONE_NEWUSER, CLONE_NEWNS,  CLONE_NEWPID,   CLONE_NEWNET,
                 CLONE_NEWIPC,  CLONE_NEWUTS, CLONE_NEWCGROUP};
  for (int i = 0; i < 7; ++i) {
    if (unshare(flags[i]) == 0) puts("ESCAPED unshare");
    long pid = syscall(SYS_clone, flags[i] | SIGCHLD, 0, 0, 0, 0);
    if (pid == 0) _exit(0);
    if (pid > 0) puts("ESCAPED clone");
  }
  unsigned long args[11] = {CLONE_NEWUSER, 0, 0, 0, SIGCHLD};
  long pid = syscall(435, args, sizeof args);
  if (pid == 0) _exit(0);
  if (pid > 0) puts("ESCAPED clone3");
  return 0;
}
