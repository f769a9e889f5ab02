// honest: 42
// collects: out0
// Writes a file beside the old one and takes its place.
#include <stdio.h>
int main(void) {
  FILE* old = fopen("out0", "w");
  fputs("41\n", old);
  fclose(old);
  FILE* new_file = fopen("out0.new", "w");
  fputs("42\n", new_file);
  fclose(new_file);
  puts("42");
  return rename("out0.new", "out0");
}
