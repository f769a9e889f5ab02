// honest: 8000
// Eight threads that count together.
#include <atomic>
#include <cstdio>
#include <thread>
#include <vector>
int main() {
  std::atomic<int> count = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&count] {
      for (int n = 0; n < 1000; ++n) ++count;
    });
  }
  for (auto& thread : threads) thread.join();
  std::printf("%d\n", count.load());
}
