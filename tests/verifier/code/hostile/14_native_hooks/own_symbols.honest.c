// honest: ISOLATED
// tests: texts
// The library's functions, used.
#include <ctype.h>
#include <string.h>
const char* shout(const char* text) {
  static char loud[64];
  size_t n = strlen(text);
  for (size_t i = 0; i < n; ++i) loud[i] = toupper(text[i]);
  strcpy(loud + n, "!");
  return loud;
}
