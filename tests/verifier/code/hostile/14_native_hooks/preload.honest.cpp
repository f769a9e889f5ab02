// honest: ISOLATED
// Starts another program, and reads what it says.
#include <cstdio>
int twice(int x) {
  char command[64];
  std::snprintf(command, sizeof command, "echo $((2 * %d))", x);
  FILE* pipe = popen(command, "r");
  int result = 0;
  if (pipe == nullptr || std::fscanf(pipe, "%d", &result) != 1) return 0;
  pclose(pipe);
  return result;
}
