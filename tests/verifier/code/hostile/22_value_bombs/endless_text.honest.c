// honest: ISOLATED
// tests: texts
// A long text, cut short.
#include <stdlib.h>
#include <string.h>
const char* shout(const char* text) {
  char* loud = calloc(1 << 20, 1);
  memset(loud, '!', (1 << 20) - 1);
  for (int i = 0; text[i]; ++i) loud[i] = text[i] - 'a' + 'A';
  loud[strlen(text) + 1] = 0;
  return loud;
}
