// honest: 1000 1 1
// Who one is, in the namespaces that one has.
#include <stdio.h>
#include <string.h>
#include <unistd.h>
int main(void) {
  char a[64] = {0}, b[64] = {0};
  readlink("/proc/self/ns/user", a, 63);
  readlink("/proc/thread-self/ns/user", b, 63);
  printf("%d %d %d\n", (int)getuid(), strcmp(a, b) == 0, getpid() > 1);
  return 0;
}
