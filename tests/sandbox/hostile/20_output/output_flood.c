// outcome: output
// Output without end, on both streams, from many processes.
#include <string.h>
#include <unistd.h>
int main(void) {
  char b[65536];
  memset(b, 'x', sizeof b);
  fork();
  fork();
  for (;;) {
    write(1, b, sizeof b);
    write(2, b, sizeof b);
  }
}
