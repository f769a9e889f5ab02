// outcome: exited
// runs: 2
// says: tried
// A library that every program of the box would load first.
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
int main(void) {
  const char* names[] = {"/etc/ld.so.preload", "/etc/ld.so.cache",
                         "/usr/lib/x86_64-linux-gnu/left.so", "/lib/left.so",
                         "/etc/ld.so.conf"};
  for (int i = 0; i < 5; ++i) {
    FILE* file = fopen(names[i], "a");
    if (file) printf("ESCAPED %s\n", names[i]);
  }
  if (getenv("LD_PRELOAD")) puts("ESCAPED LD_PRELOAD");
  // In the box itself it may: it ends there.
  setenv("LD_PRELOAD", "/box/none.so", 1);
  system("echo tried 2> /dev/null");
  return 0;
}
