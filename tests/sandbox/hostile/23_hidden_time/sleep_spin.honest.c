// honest: 20
// Sleeps and works by turns, for a short while.
#include <stdio.h>
#include <time.h>
int main(void) {
  int done = 0;
  for (int i = 0; i < 20; ++i) {
    struct timespec pause = {0, 1000000};
    for (volatile int n = 0; n < 10000; ++n) {
    }
    done += nanosleep(&pause, 0) == 0;
  }
  printf("%d\n", done);
  return 0;
}
