#include "sandbox/launcher/collect.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <set>
#include <string_view>

#include "sandbox/wire/fd.h"
#include "sandbox/wire/messages.h"

namespace assay::sandbox {
namespace {

bool EndsWith(std::string_view text, std::string_view end) {
  return text.size() >= end.size() &&
         text.substr(text.size() - end.size()) == end;
}

// Names in the folder that end in `end`, in order, one more than can be
// collected at most.
std::set<std::string> NamesEndingIn(int folder_fd, std::string_view end) {
  std::set<std::string> names;
  int fd = openat(folder_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR* folder = fd < 0 ? nullptr : fdopendir(fd);
  if (folder == nullptr) return names;
  while (dirent* entry = readdir(folder)) {
    if (!EndsWith(entry->d_name, end)) continue;
    names.insert(entry->d_name);
    if (names.size() > kMaxCollected) break;
  }
  closedir(folder);
  return names;
}

}  // namespace

bool CollectFiles(int folder_fd, const std::vector<std::string>& names,
                  int64_t limit_bytes,
                  std::vector<std::pair<std::string, std::string>>* files) {
  std::set<std::string> wanted;
  for (const std::string& name : names) {
    if (name[0] == '*') {
      wanted.merge(NamesEndingIn(folder_fd, name.substr(1)));
    } else {
      wanted.insert(name);
    }
  }
  bool all = true;
  for (const std::string& name : wanted) {
    UniqueFd file(
        openat(folder_fd, name.c_str(),
               O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY));
    struct stat info;
    if (!file.valid() || fstat(file.get(), &info) != 0 ||
        !S_ISREG(info.st_mode)) {
      continue;
    }
    std::string content;
    if (info.st_size > limit_bytes || files->size() >= kMaxCollected) {
      all = false;
    } else if (ReadWhole(file.get(), static_cast<size_t>(limit_bytes),
                         &content)) {
      limit_bytes -= static_cast<int64_t>(content.size());
      files->emplace_back(name, std::move(content));
    }
  }
  return all;
}

}  // namespace assay::sandbox
