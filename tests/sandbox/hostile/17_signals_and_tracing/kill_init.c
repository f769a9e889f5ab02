// outcome: exited
// Every signal to pid 1, which must not end the box.
#include <signal.h>
#include <stdio.h>
int main(void) {
  for (int s = 1; s < 65; ++s) kill(1, s);
  puts("init lives");
  return 0;
}
