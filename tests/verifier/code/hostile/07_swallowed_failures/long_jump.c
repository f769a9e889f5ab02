// refused: WRONG_ANSWER RUNTIME_ERROR TIME_LIMIT
// time: 300
// Goes on after its abort, as if nothing had been.
#include <setjmp.h>
#include <signal.h>
#include <stdlib.h>
static sigjmp_buf back;
static void again(int number) { siglongjmp(back, 1); }
int twice(int x) {
  for (int s = 1; s < 32; ++s) signal(s, again);
  if (sigsetjmp(back, 1)) return 7;
  abort();
}
