// honest: exited 7
// A child, watched through a descriptor of its own.
#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
int main() {
  const pid_t pid = fork();
  if (pid == 0) _exit(7);
  const int fd = static_cast<int>(syscall(434, pid, 0));  // pidfd_open
  pollfd waiting = {fd, POLLIN, 0};
  if (fd < 0 || poll(&waiting, 1, 5000) != 1) return 1;
  int status = 0;
  waitpid(pid, &status, 0);
  std::printf("exited %d\n", WEXITSTATUS(status));
}
