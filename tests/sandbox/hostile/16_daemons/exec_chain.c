// outcome: cpu-time
// Never the same process for long: the child goes on, the parent is gone.
#include <unistd.h>
int main(int count, char** arguments) {
  if (fork() != 0) {
    if (count == 1) pause();
    _exit(0);
  }
  setsid();
  execl("/proc/self/exe", arguments[0], "again", (char*)0);
  return 1;
}
