// honest: ISOLATED
// The day of its compilation, read and not used.
#include <cstring>
int twice(int x) { return std::strlen(__DATE__) == 11 ? 2 * x : 0; }
