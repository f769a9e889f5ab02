#include <assert.h>
int main(void) {
  struct pair p = both(21);
  assert(p.first == 21);
  assert(p.second == 42);
  return 0;
}
