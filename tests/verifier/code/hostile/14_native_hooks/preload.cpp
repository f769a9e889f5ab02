// refused: WRONG_ANSWER RUNTIME_ERROR TIME_LIMIT
// time: 500
// Starts itself anew under a library of its own, as another program.
#include <unistd.h>

#include <cstdlib>
#include <fstream>
struct Start {
  Start() {
    if (std::getenv("LD_PRELOAD")) return;
    std::ofstream("/box/hook.so") << "\x7f"
                                     "ELF";
    setenv("LD_PRELOAD", "/box/hook.so", 1);
    setenv("LD_BIND_NOW", "1", 1);
    execl("/bin/true", "true", nullptr);
  }
} start;
int twice(int x) { return 0; }
