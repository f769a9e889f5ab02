// outcome: memory signaled
// Containers that double until there is no more.
#include <map>
#include <string>
#include <vector>
int main() {
  std::vector<std::vector<std::string>> kept(1);
  std::map<int, std::string> tree;
  for (int i = 0;; ++i) {
    kept.push_back(std::vector<std::string>(1000, std::string(100, 'x')));
    tree[i] = std::string(1000, 'y');
  }
}
