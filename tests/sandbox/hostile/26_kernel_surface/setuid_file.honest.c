// honest: 1000 42
// A copy of a program, run as oneself.
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
int main(void) {
  if (setuid(getuid()) == 99) return 1;
  fflush(stdout);
  return system(
      "cp /usr/bin/id /box/id; chmod 755 /box/id;"
      "echo $(/box/id -u) $(printf 42)");
}
