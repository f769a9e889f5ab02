// honest: child 42
// A child in a session of its own, waited for.
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>
int main(void) {
  int ends[2], status;
  char text[16] = {0};
  if (pipe(ends) != 0) return 1;
  if (fork() == 0) {
    setsid();
    _exit(write(ends[1], "child 42", 8) != 8);
  }
  wait(&status);
  if (status != 0 || read(ends[0], text, 8) != 8) return 1;
  puts(text);
  return 0;
}
