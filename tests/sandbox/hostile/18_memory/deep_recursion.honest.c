// honest: 20000
// Deep, but within its stack.
#include <stdio.h>
static int depth(int left) {
  volatile char frame[64];
  frame[left % 64] = 1;
  return left == 0 ? 0 : depth(left - 1) + frame[left % 64];
}
int main(void) {
  printf("%d\n", depth(20000));
  return 0;
}
