// outcome: cpu-time wall-time exited
// Every process doubles itself for ever.
#include <unistd.h>
int main(void) {
  for (;;) fork();
}
