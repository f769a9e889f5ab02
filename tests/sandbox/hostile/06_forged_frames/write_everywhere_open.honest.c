// honest: ab
// Writes in parts, to its own descriptors alone.
#include <sys/uio.h>
#include <unistd.h>
int main(void) {
  struct iovec parts[] = {{"a", 1}, {"b", 1}, {"\n", 1}};
  return writev(1, parts, 3) != 3;
}
