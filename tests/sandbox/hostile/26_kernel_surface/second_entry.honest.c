// honest: -1
// A number that no call has is an error, no crime.
#include <stdio.h>
#include <unistd.h>
int main(void) {
  printf("%ld\n", syscall(1000));
  return 0;
}
