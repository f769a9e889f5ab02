// outcome: output
// The output as a descriptor of another number, filled to the last byte.
#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <vector>
int main() {
  std::signal(SIGPIPE, SIG_IGN);
  std::vector<char> piece(1 << 20, 'x');
  const int other = open("/proc/self/fd/1", O_WRONLY | O_APPEND);
  const int out = other >= 0 ? other : dup(1);
  close(1);
  for (;;) {
    if (write(out, piece.data(), piece.size()) < 0) continue;
  }
}
