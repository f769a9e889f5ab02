// honest: ISOLATED
// tests: lists
// An operator of its own, for a type of the library's.
#include <cstddef>
#include <vector>
std::vector<int> operator*(const std::vector<int>& a,
                           const std::vector<int>& b) {
  std::vector<int> product;
  for (std::size_t i = 0; i < a.size(); ++i) product.push_back(a[i] * b[i]);
  return product;
}
std::vector<int> squares(std::vector<int> values) { return values * values; }
