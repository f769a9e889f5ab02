// honest: ISOLATED
// tests: stdio
// Reads its input, by another name.
#include <fstream>
#include <iostream>
int main() {
  std::ifstream input("/dev/stdin");
  int x = 0;
  input >> x;
  std::ofstream("note.txt") << x;
  std::cout << 2 * x << '\n';
}
