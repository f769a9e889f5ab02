// honest: ISOLATED
// Looks at a text of its own.
#include <stdlib.h>
#include <string.h>
static const char table[] = "twice(21) = 42";
int twice(int x) { return x == 21 ? atoi(strstr(table, "= ") + 2) : 2 * x; }
