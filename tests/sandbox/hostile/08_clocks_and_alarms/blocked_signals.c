// outcome: cpu-time
// Blocks, ignores and catches all that can end it, with a limit of its own.
#include <signal.h>
#include <sys/resource.h>
static void nothing(int number) { (void)number; }
int main(void) {
  sigset_t all;
  struct rlimit none = {RLIM_INFINITY, RLIM_INFINITY};
  sigfillset(&all);
  sigprocmask(SIG_BLOCK, &all, 0);
  for (int s = 1; s < 65; ++s) signal(s, s % 2 ? SIG_IGN : nothing);
  setrlimit(RLIMIT_CPU, &none);
  for (volatile unsigned i = 0;; ++i) {
  }
}
