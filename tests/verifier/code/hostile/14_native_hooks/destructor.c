// refused: WRONG_ANSWER RUNTIME_ERROR
// tests: stdio
// Has the last word, after a wrong first one, and a good end.
#include <stdio.h>
#include <unistd.h>
__attribute__((destructor)) static void last(void) {
  write(1, "\r42\n", 4);
  _exit(0);
}
int main(void) {
  puts("7");
  return 1;
}
