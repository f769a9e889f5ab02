// honest: 42
// The output by another number.
#include <unistd.h>

#include <cstdio>
int main() {
  const int out = dup(1);
  close(1);
  FILE* file = fdopen(out, "w");
  std::fprintf(file, "42\n");
  return std::fclose(file);
}
