// honest: ISOLATED
// tests: lists
// A type of its own with an honest equality, used within.
#include <vector>
struct Point {
  int x;
  bool operator==(const Point& other) const { return x == other.x; }
};
std::vector<int> squares(std::vector<int> values) {
  for (int& v : values) v *= Point{v} == Point{v} ? v : 0;
  return values;
}
