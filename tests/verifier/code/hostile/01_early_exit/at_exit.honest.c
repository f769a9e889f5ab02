// honest: ISOLATED
// Tidies up at its end.
#include <stdlib.h>
static int* kept;
static void tidy(void) { free(kept); }
int twice(int x) {
  if (!kept) {
    kept = malloc(sizeof *kept);
    atexit(tidy);
  }
  *kept = x * 2;
  return *kept;
}
