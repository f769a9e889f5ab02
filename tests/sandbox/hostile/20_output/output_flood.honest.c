// honest: 42
// Half a million bytes of complaint, and a short answer.
#include <stdio.h>
int main(void) {
  for (int i = 0; i < 8192; ++i) fprintf(stderr, "%063d\n", i);
  puts("42");
  return 0;
}
