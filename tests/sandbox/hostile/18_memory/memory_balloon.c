// outcome: memory signaled exited
// Takes memory page by page, in many processes.
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
int main(void) {
  fork();
  fork();
  for (int i = 0; i < 4000; ++i) {
    char* p = malloc(1 << 20);
    if (!p) return 1;
    memset(p, i, 1 << 20);
  }
  pause();
}
