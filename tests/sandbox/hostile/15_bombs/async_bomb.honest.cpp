// honest: 499500
// A sum in eight parts, one a task.
#include <cstdio>
#include <future>
#include <numeric>
#include <vector>
int main() {
  std::vector<int> values(1000);
  std::iota(values.begin(), values.end(), 0);
  std::vector<std::future<int>> parts;
  for (int part = 0; part < 8; ++part) {
    parts.push_back(std::async(std::launch::async, [&values, part] {
      return std::accumulate(values.begin() + part * 125,
                             values.begin() + (part + 1) * 125, 0);
    }));
  }
  int sum = 0;
  for (auto& part : parts) sum += part.get();
  std::printf("%d\n", sum);
}
