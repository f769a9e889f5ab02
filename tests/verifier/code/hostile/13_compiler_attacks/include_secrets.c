// refused: COMPILE_ERROR
// The host's files and the judge's, by the compiler's hand.
static const char* secret =
#include "/etc/shadow"
    ;
#include "/proc/self/environ"
#include <examiner.c>
#include <tests.c>
int twice(int x) { return 2 * x; }
