// honest: ISOLATED
// tests: lists
// Takes its argument by value, and changes it.
#include <vector>
std::vector<int> squares(std::vector<int> values) {
  for (int& v : values) v = v * v;
  return values;
}
