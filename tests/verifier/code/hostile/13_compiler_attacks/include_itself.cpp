// refused: COMPILE_ERROR
// A text that includes itself, twice each time.
#define LEVEL 1
#include __FILE__
#include __FILE__
int twice(int x) { return 2 * x; }
