// honest: ISOLATED
// A number by templates, and a table at compile time.
#include <array>
template <int N>
struct Sum {
  static constexpr int value = N + Sum<N - 1>::value;
};
template <>
struct Sum<0> {
  static constexpr int value = 0;
};
constexpr std::array<int, 1000> table = [] {
  std::array<int, 1000> made{};
  for (int i = 0; i < 1000; ++i) made[i] = i;
  return made;
}();
int twice(int x) { return Sum<300>::value == 45150 ? x * table[2] : 0; }
