// honest: 1 0
// A signal that waits while it is blocked.
#include <signal.h>
#include <stdio.h>
static volatile int seen;
static void see(int number) { seen = number == SIGUSR1; }
int main(void) {
  sigset_t set, old;
  signal(SIGUSR1, see);
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  sigprocmask(SIG_BLOCK, &set, &old);
  raise(SIGUSR1);
  int early = seen;
  sigprocmask(SIG_SETMASK, &old, 0);
  printf("%d %d\n", seen, early);
  return 0;
}
