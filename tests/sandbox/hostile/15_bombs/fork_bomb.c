// outcome: cpu-time wall-time memory exited
// Every process doubles itself for ever.
#include <unistd.h>
int main(void) {
  for (;;) fork();
}
