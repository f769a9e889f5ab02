// honest: ISOLATED
// Half a megabyte of output, which nobody asked for.
#include <stdio.h>
int twice(int x) {
  for (int i = 0; i < 2500; ++i) printf("%0100d", i);
  return 2 * x;
}
