// honest: ISOLATED
// tests: stdio
// Has the last word, and it is right.
#include <stdio.h>
static int x;
__attribute__((destructor)) static void last(void) { printf("%d\n", 2 * x); }
int main(void) { return scanf("%d", &x) != 1; }
