// honest: parent child
// Parent and child share the output, in turn.
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
int main() {
  std::printf("parent ");
  std::fflush(stdout);
  if (fork() == 0) {
    std::printf("child\n");
    return 0;
  }
  wait(nullptr);
}
