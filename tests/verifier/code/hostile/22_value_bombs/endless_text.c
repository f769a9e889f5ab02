// refused: WRONG_ANSWER RUNTIME_ERROR MEMORY_LIMIT TIME_LIMIT
// tests: texts
// time: 1000
// A text without its end, and one of no UTF-8.
#include <stdlib.h>
#include <string.h>
const char* shout(const char* text) {
  char* endless = malloc(100 << 20);
  memset(endless, 0xff, 100 << 20);
  return *text ? endless : (char*)1;
}
