// outcome: exited
// says: tried
// Locks of open files stand in every /proc/locks of the host, with the sixteen
// bytes that the locker chose as their range.
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
int main(void) {
  int file = open("/box/said", O_CREAT | O_RDWR, 0666);
  struct flock lock = {.l_type = F_WRLCK, .l_start = 0x51, .l_len = 7};
  if (fcntl(file, F_OFD_SETLK, &lock) == 0) puts("locked");
  char line[4096];
  FILE* locks = fopen("/proc/locks", "r");
  while (locks && fgets(line, sizeof line, locks)) printf("ESCAPED %s", line);
  puts("tried");
  return 0;
}
