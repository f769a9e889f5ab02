// honest: 1000000 40000000
// Forty million bytes in a vector that grows.
#include <cstdio>
#include <vector>
int main() {
  std::vector<long> numbers;
  for (long i = 0; i < 1000000; ++i) numbers.push_back(i);
  std::vector<char> bytes(40000000, 1);
  std::printf("%zu %zu\n", numbers.size(), bytes.size());
}
