// honest: 9 15
// Children of its own, killed in two ways.
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>
static int end_by(int number) {
  int status = 0;
  pid_t pid = fork();
  if (pid == 0) {
    for (;;) pause();
  }
  kill(pid, number);
  waitpid(pid, &status, 0);
  return WIFSIGNALED(status) ? WTERMSIG(status) : -1;
}
int main(void) {
  int first = end_by(SIGKILL), second = end_by(SIGTERM);
  printf("%d %d\n", first, second);
  return 0;
}
