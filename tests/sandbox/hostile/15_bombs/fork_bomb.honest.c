// honest: 45
// Ten children at once, each with its share of the work.
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>
int main(void) {
  int sum = 0, status;
  for (int i = 0; i < 10; ++i)
    if (fork() == 0) _exit(i);
  while (wait(&status) > 0) sum += WEXITSTATUS(status);
  printf("%d\n", sum);
  return 0;
}
