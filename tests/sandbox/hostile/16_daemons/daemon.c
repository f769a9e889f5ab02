// outcome: exited
// A daemon that outlives its parent and ignores every signal.
#include <signal.h>
#include <unistd.h>
int main(void) {
  if (fork() == 0) {
    setsid();
    if (fork() != 0) _exit(0);
    for (int s = 1; s < 32; ++s) signal(s, SIG_IGN);
    for (;;) pause();
  }
  return 0;
}
