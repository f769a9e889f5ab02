// honest: 1 1 1970
// Clocks and chance, read.
#include <stdio.h>
#include <sys/random.h>
#include <time.h>
int main(void) {
  struct timespec a, b;
  time_t zero = 0;
  unsigned long x = 0, y = 0;
  clock_gettime(CLOCK_MONOTONIC, &a);
  clock_gettime(CLOCK_MONOTONIC, &b);
  if (getrandom(&x, 8, 0) != 8 || getrandom(&y, 8, 0) != 8) return 1;
  printf("%d %d %d\n", a.tv_sec <= b.tv_sec, x != y,
         gmtime(&zero)->tm_year + 1900);
  return 0;
}
