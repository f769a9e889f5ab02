// honest: 42
// A variable for a program of its own.
#include <stdio.h>
#include <stdlib.h>
int main(void) {
  setenv("ANSWER", "42", 1);
  return system("echo $ANSWER");
}
