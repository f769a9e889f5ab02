#include <assert.h>
int main(void) {
  assert(twice(21) == 42);
  assert(twice(-3) == -6);
  return 0;
}
