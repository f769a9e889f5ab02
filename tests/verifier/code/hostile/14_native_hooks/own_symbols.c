// refused: WRONG_ANSWER RUNTIME_ERROR COMPILE_ERROR OUTPUT_LIMIT TIME_LIMIT
// tests: texts
// forges: SHARED
// time: 500
// The library's functions, which the judge might use, its own way.
#include <stddef.h>
int strcmp(const char* a, const char* b) { return 0; }
int memcmp(const void* a, const void* b, size_t n) { return 0; }
size_t strlen(const char* text) { return 3; }
long strtol(const char* text, char** end, int base) { return 42; }
const char* shout(const char* text) { return "??"; }
