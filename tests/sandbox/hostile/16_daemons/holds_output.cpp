// outcome: exited
// says: left
// A grandchild that holds the output open and goes on writing.
#include <unistd.h>

#include <csignal>
#include <cstdio>
int main() {
  if (fork() == 0) {
    setsid();
    if (fork() != 0) _exit(0);
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGTERM, SIG_IGN);
    for (;;) {
      usleep(1000);
      if (write(1, ".", 1) < 0) continue;
    }
  }
  std::puts("left");
}
