// honest: 42
// A conversation by two pipes.
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
int main() {
  int to[2];
  int from[2];
  int number = 40;
  if (pipe(to) != 0 || pipe(from) != 0) return 1;
  if (fork() == 0) {
    if (read(to[0], &number, sizeof number) < 0) return 1;
    number += 2;
    return write(from[1], &number, sizeof number) < 0;
  }
  if (write(to[1], &number, sizeof number) < 0) return 1;
  if (read(from[0], &number, sizeof number) < 0) return 1;
  wait(nullptr);
  std::printf("%d\n", number);
}
