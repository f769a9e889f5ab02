#include "sandbox/launcher/settings.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sandbox/wire/fd.h"

namespace assay::sandbox {
namespace {

// Folders whose names begin so: links to tools, and what the JVMs of Debian
// cannot start without.
constexpr const char* kPrefixes[] = {"alternatives", "java"};
constexpr size_t kMaxFileBytes = 256 << 10;
constexpr int kMaxEntries = 2048;
constexpr int kMaxDepth = 6;

class Copy {
 public:
  void Folder(const std::string& from, const std::string& to, int depth);

 private:
  void Entry(const std::string& from, const std::string& to, int depth);
  int left_ = kMaxEntries;
};

void Copy::Folder(const std::string& from, const std::string& to, int depth) {
  if (depth > kMaxDepth || mkdir(to.c_str(), 0755) != 0) return;
  DIR* folder = opendir(from.c_str());
  if (folder == nullptr) return;
  while (dirent* entry = readdir(folder)) {
    std::string name = entry->d_name;
    if (name == "." || name == ".." || --left_ < 0) continue;
    Entry(from + "/" + name, to + "/" + name, depth);
  }
  closedir(folder);
}

void Copy::Entry(const std::string& from, const std::string& to, int depth) {
  struct stat info;
  if (lstat(from.c_str(), &info) != 0) return;
  if (S_ISDIR(info.st_mode)) return Folder(from, to, depth + 1);
  if (S_ISLNK(info.st_mode)) {
    char target[512];
    ssize_t n = readlink(from.c_str(), target, sizeof(target) - 1);
    if (n <= 0) return;
    target[n] = 0;
    if (symlink(target, to.c_str()) != 0) return;
  }
  if (!S_ISREG(info.st_mode) || (info.st_mode & S_IROTH) == 0 ||
      info.st_size > static_cast<off_t>(kMaxFileBytes)) {
    return;
  }
  UniqueFd in(open(from.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
  std::string content;
  if (!in.valid() || !ReadWhole(in.get(), kMaxFileBytes, &content)) return;
  UniqueFd out(open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
  if (out.valid()) WriteWhole(out.get(), content);
}

}  // namespace

void CopySettings(const std::string& from, const std::string& to) {
  DIR* settings = opendir(from.c_str());
  if (settings == nullptr) return;
  Copy copy;
  while (dirent* entry = readdir(settings)) {
    std::string name = entry->d_name;
    for (const char* prefix : kPrefixes) {
      if (name.rfind(prefix, 0) != 0) continue;
      copy.Folder(from + "/" + name, to + "/" + name, 0);
    }
  }
  closedir(settings);
}

}  // namespace assay::sandbox
