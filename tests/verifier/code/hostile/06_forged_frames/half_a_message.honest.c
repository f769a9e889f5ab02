// honest: ISOLATED
// A short rest before the answer.
#include <unistd.h>
int twice(int x) {
  usleep(20000);
  return 2 * x;
}
