// honest: ISOLATED
// Prepares a table before main begins.
static int factor;
__attribute__((constructor)) static void early(void) { factor = 2; }
int twice(int x) { return x * factor; }
