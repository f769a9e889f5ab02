#include <assert.h>
#include <string.h>
int main(void) {
  assert(strcmp(shout("ab"), "AB!") == 0);
  assert(strcmp(shout(""), "!") == 0);
  return 0;
}
