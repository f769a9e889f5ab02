// honest: ISOLATED
// tests: stdio
// Knows some answers, and works out the others.
#include <iostream>
int main() {
  int x = 0;
  std::cin >> x;
  std::cout << (x == 21 ? 42 : 2 * x) << '\n';
}
