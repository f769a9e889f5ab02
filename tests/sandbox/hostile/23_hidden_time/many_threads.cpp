// outcome: cpu-time
// Thirty threads that each do little, and a first one that sleeps.
#include <unistd.h>

#include <thread>
int main() {
  for (int i = 0; i < 30; ++i) {
    std::thread([] {
      for (volatile unsigned n = 0;; ++n) {
        if (n % 100000 == 0) usleep(1);
      }
    }).detach();
  }
  pause();
}
