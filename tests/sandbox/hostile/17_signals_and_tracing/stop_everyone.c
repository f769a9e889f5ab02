// outcome: wall-time
// Stops the whole box, itself included.
#include <signal.h>
#include <unistd.h>
int main(void) {
  fork();
  kill(-1, SIGSTOP);
  kill(getpid(), SIGSTOP);
  for (;;) pause();
}
