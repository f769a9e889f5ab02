#undef NDEBUG
#include <cassert>
int main() {
  assert(both(21).second == 42);
  assert(both(-3).second == -6);
}
