#undef NDEBUG
#include <cassert>
int main() {
  assert(twice(21) == 42);
  assert(twice(-3) == -6);
}
