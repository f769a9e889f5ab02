// honest: ISOLATED
// Goes on after a fault of its own making.
#include <setjmp.h>
#include <signal.h>
static sigjmp_buf back;
static void again(int number) { siglongjmp(back, 2); }
int twice(int x) {
  signal(SIGFPE, again);
  int factor = sigsetjmp(back, 1);
  if (!factor) raise(SIGFPE);
  return factor * x;
}
