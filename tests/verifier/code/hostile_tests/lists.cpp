#undef NDEBUG
#include <cassert>
#include <vector>
int main() {
  assert((squares({1, 2, 3}) == std::vector<int>{1, 4, 9}));
  assert(squares({}).empty());
}
