// outcome: exited
// runs: 2
// says: counted
// Counts its runs in what lives in the kernel: names, masks, priorities.
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
int main(void) {
  char name[64] = {0};
  gethostname(name, sizeof name - 1);
  if (strcmp(name, "marked") == 0) puts("ESCAPED host name");
  if (sethostname("marked", 6) == 0) puts("ESCAPED set host name");
  if (setdomainname("marked", 6) == 0) puts("ESCAPED set domain name");
  if (umask(0777) == 0777) puts("ESCAPED mask");
  FILE* file = fopen("/proc/self/oom_score_adj", "r+");
  int score = 0;
  if (file && fscanf(file, "%d", &score) == 1 && score == 777)
    puts("ESCAPED score");
  if (file) rewind(file), fputs("777", file), fclose(file);
  if (getpriority(PRIO_USER, 0) > 10) puts("ESCAPED priority");
  setpriority(PRIO_USER, 0, 19);
  chmod("/box", 0);
  chmod("/tmp", 0);
  puts("counted");
  return 0;
}
