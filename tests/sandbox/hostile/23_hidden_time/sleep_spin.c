// outcome: cpu-time
// Works between the ticks of a clock that samples.
#include <time.h>
int main(void) {
  for (;;) {
    struct timespec t, u = {0, 100000};
    long start;
    clock_gettime(CLOCK_MONOTONIC, &t);
    start = t.tv_nsec;
    do clock_gettime(CLOCK_MONOTONIC, &t);
    while ((t.tv_nsec - start + 1000000000) % 1000000000 < 900000);
    nanosleep(&u, 0);
  }
}
