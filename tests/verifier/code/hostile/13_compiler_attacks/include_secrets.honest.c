// honest: ISOLATED
// The library's headers, some of them rare.
#include <complex.h>
#include <inttypes.h>
#include <stdatomic.h>
#include <tgmath.h>
int twice(int x) { return (int)creal(2 * x + 0 * I); }
