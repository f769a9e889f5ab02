#include <assert.h>
int main(void) {
  assert(twice(0) == 0);
  return 0;
}
