// honest: 5
// A program that becomes itself anew five times.
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
int main(int count, char** arguments) {
  int round = count > 1 ? atoi(arguments[1]) : 0;
  char text[8];
  if (round == 5) return printf("%d\n", round) < 0;
  sprintf(text, "%d", round + 1);
  execl("/proc/self/exe", arguments[0], text, (char*)0);
  return 1;
}
