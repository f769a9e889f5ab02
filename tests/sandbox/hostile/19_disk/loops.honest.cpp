// honest: 3 6
// A walk through folders with a link between them.
#include <cstdio>
#include <filesystem>
#include <fstream>
namespace fs = std::filesystem;
int main() {
  fs::create_directories("/tmp/a/b");
  fs::create_directory_symlink("/tmp/a", "/tmp/a/b/up");
  std::ofstream("/tmp/a/file") << "answer";
  int count = 0;
  for (const auto& entry : fs::recursive_directory_iterator("/tmp/a")) {
    count += !entry.path().empty();
  }
  std::printf("%d %d\n", count,
              static_cast<int>(fs::file_size("/tmp/a/b/up/file")));
}
