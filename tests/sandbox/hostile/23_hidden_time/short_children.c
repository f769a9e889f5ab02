// outcome: cpu-time wall-time
// Burns time in children, each gone before anyone looks.
#include <sys/wait.h>
#include <unistd.h>
int main(void) {
  for (;;) {
    if (fork() == 0) {
      for (volatile int i = 0; i < 1000000; ++i) {
      }
      _exit(0);
    }
    wait(0);
  }
}
