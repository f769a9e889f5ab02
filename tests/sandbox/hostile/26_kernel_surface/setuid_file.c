// outcome: exited
// Programs of the host with a set-user bit, and one of one's own.
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
int main(void) {
  system(
      "cp /usr/bin/id /box/id; chmod 6755 /box/id; /box/id -u > /box/uid;"
      "su -c id > /box/other 2>/dev/null < /dev/null; "
      "mount > /dev/null 2>&1");
  FILE* f = fopen("/box/uid", "r");
  int uid = 0;
  if (f && fscanf(f, "%d", &uid) == 1 && uid == 0) puts("ESCAPED");
  if (setuid(0) == 0) puts("ESCAPED setuid");
  return 0;
}
