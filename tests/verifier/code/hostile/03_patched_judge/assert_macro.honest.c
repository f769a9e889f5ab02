// honest: ISOLATED
// Its own assertions, which hold.
#include <assert.h>
int twice(int x) {
  assert(x - x == 0);
  return 2 * x;
}
