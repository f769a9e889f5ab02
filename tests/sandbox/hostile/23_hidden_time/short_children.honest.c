// honest: 30
// Thirty short children, one after another.
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>
int main(void) {
  int done = 0, status;
  for (int i = 0; i < 30; ++i) {
    if (fork() == 0) _exit(0);
    done += wait(&status) > 0 && status == 0;
  }
  printf("%d\n", done);
  return 0;
}
