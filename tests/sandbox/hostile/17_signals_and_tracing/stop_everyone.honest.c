// honest: stopped continued
// A child that is stopped and goes on.
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>
int main(void) {
  int status = 0;
  pid_t pid = fork();
  if (pid == 0) {
    for (;;) pause();
  }
  kill(pid, SIGSTOP);
  waitpid(pid, &status, WUNTRACED);
  printf(WIFSTOPPED(status) ? "stopped " : "no ");
  kill(pid, SIGCONT);
  waitpid(pid, &status, WCONTINUED);
  puts(WIFCONTINUED(status) ? "continued" : "no");
  kill(pid, SIGKILL);
  wait(0);
  return 0;
}
