// honest: ISOLATED
// An object that is made before main and thrown within.
#include <stdexcept>
struct Table {
  int factor = 2;
} table;
int twice(int x) {
  try {
    throw std::runtime_error("back");
  } catch (const std::exception&) {
    return x * table.factor;
  }
}
