// honest: ISOLATED
// Asks for a header where there is one.
#if __has_include(<optional>)
#include <optional>
#endif
#if __has_include(<nowhere.h>)
#include <nowhere.h>
#endif
int twice(int x) { return std::optional<int>(x).value() * 2; }
