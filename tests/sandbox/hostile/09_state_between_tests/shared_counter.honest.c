// honest: 10
// Counts within one run.
#include <stdio.h>
static int count(void) {
  static int calls;
  return ++calls;
}
int main(void) {
  for (int i = 0; i < 9; ++i) count();
  printf("%d\n", count());
  return 0;
}
