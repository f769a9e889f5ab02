// outcome: exited
// says: bounded
// A task that starts two more, for as long as there are threads.
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <system_error>
#include <thread>
static std::atomic<int> count;
static void grow() {
  try {
    for (int i = 0; i < 2; ++i) {
      std::thread(grow).detach();
      ++count;
    }
  } catch (const std::system_error&) {
    std::puts(count < 64 ? "bounded" : "ESCAPED");
    std::fflush(stdout);
    _exit(0);
  }
  for (;;) pause();
}
int main() { grow(); }
