// outcome: exited
// says: refused
// The host's time, its randomness and the order of its memory.
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/personality.h>
#include <sys/time.h>
#include <sys/timex.h>
#include <time.h>
int main(void) {
  struct timespec zero = {0, 0};
  struct timeval old = {0, 0};
  struct timex change = {.modes = ADJ_OFFSET};
  int bits[3] = {8, 4, 0}, random = open("/dev/random", O_RDWR);
  if (clock_settime(CLOCK_REALTIME, &zero) == 0) puts("ESCAPED clock");
  if (settimeofday(&old, 0) == 0) puts("ESCAPED time");
  if (adjtimex(&change) >= 0) puts("ESCAPED adjust");
  if (personality(ADDR_NO_RANDOMIZE) >= 0) puts("ESCAPED addresses");
  for (unsigned request = 0; request < 8; ++request)
    if (ioctl(random, _IOW('R', request, int[2]), bits) == 0)
      puts("ESCAPED entropy");
  FILE* file = fopen("/proc/sys/kernel/randomize_va_space", "w");
  if (file && fputs("0", file) >= 0 && fclose(file) == 0) puts("ESCAPED aslr");
  puts("refused");
  return 0;
}
