#include "sandbox/launcher/bare_folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace assay::sandbox {
namespace {

constexpr char kPrefix[] = "assay-bare-";
// What a tmpfs of a box has as inodes.
constexpr int kMaxFiles = 16384;
constexpr size_t kMaxPathBytes = 4000;
constexpr const char* kParents[] = {"/tmp", "/var/tmp", "/dev/shm"};

bool IsFolder(int parent, const dirent* entry) {
  if (entry->d_type != DT_UNKNOWN) return entry->d_type == DT_DIR;
  struct stat info;
  return fstatat(parent, entry->d_name, &info, AT_SYMLINK_NOFOLLOW) == 0 &&
         S_ISDIR(info.st_mode);
}

bool IsDots(const char* name) {
  return std::strcmp(name, ".") == 0 || std::strcmp(name, "..") == 0;
}

// Folders within `name` move up into `top`, its files go: so no path grows
// long, however deep a candidate has dug.
void Flatten(int top, const char* name, uint64_t* number) {
  fchmodat(top, name, 0700, 0);
  const int fd =
      openat(top, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  DIR* folder = fd >= 0 ? fdopendir(fd) : nullptr;
  while (dirent* entry = folder == nullptr ? nullptr : readdir(folder)) {
    if (IsDots(entry->d_name)) continue;
    if (!IsFolder(fd, entry)) {
      unlinkat(fd, entry->d_name, 0);
      continue;
    }
    fchmodat(fd, entry->d_name, 0700, 0);
    const std::string up = "up" + std::to_string(++*number);
    renameat(fd, entry->d_name, top, up.c_str());
  }
  if (folder != nullptr) closedir(folder);
  unlinkat(top, name, AT_REMOVEDIR);
}

// Everything in the folder. Rounds that change nothing end it.
void Empty(const std::string& path) {
  const int fd =
      open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  DIR* folder = fd >= 0 ? fdopendir(fd) : nullptr;
  if (folder == nullptr) return;
  uint64_t number = 0;
  uint64_t before;
  do {
    before = number;
    rewinddir(folder);
    while (dirent* entry = readdir(folder)) {
      if (IsDots(entry->d_name)) continue;
      if (IsFolder(fd, entry)) {
        Flatten(fd, entry->d_name, &number);
      } else {
        unlinkat(fd, entry->d_name, 0);
      }
    }
  } while (number != before);
  closedir(folder);
}

UniqueFd Lock(const std::string& folder) {
  UniqueFd fd(
      open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (!fd.valid() || flock(fd.get(), LOCK_EX | LOCK_NB) != 0) fd.reset();
  return fd;
}

// Folders of this user that nobody holds any more.
void RemoveStale(const std::string& parent) {
  DIR* folder = opendir(parent.c_str());
  while (dirent* entry = folder == nullptr ? nullptr : readdir(folder)) {
    if (std::strncmp(entry->d_name, kPrefix, sizeof(kPrefix) - 1) != 0) {
      continue;
    }
    const std::string path = parent + "/" + entry->d_name;
    struct stat info;
    if (lstat(path.c_str(), &info) != 0 || info.st_uid != geteuid()) continue;
    if (Lock(path).valid()) RemoveBareFolder(path);
  }
  if (folder != nullptr) closedir(folder);
}

bool WriteFile(const std::string& path, const std::string& content) {
  UniqueFd fd(
      open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
  return fd.valid() && WriteWhole(fd.get(), content);
}

bool Fill(const std::string& folder, const std::vector<OwnFile>& own_files) {
  // Others may pass through, not look.
  if (chmod(folder.c_str(), 0711) != 0 ||
      mkdir((folder + "/dead").c_str(), 0700) != 0 ||
      mkdir((folder + "/own").c_str(), 0755) != 0) {
    return false;
  }
  for (const OwnFile& file : own_files) {
    if (!WriteFile(folder + "/own/" + file.name, file.content)) return false;
  }
  return true;
}

}  // namespace

bool MakeBareFolder(const std::vector<OwnFile>& own_files, std::string* folder,
                    UniqueFd* lock, std::string* error) {
  umask(022);
  for (const char* parent : kParents) {
    RemoveStale(parent);
    *folder = std::string(parent) + "/" + kPrefix + "XXXXXX";
    if (mkdtemp(folder->data()) == nullptr) continue;
    *lock = Lock(*folder);
    if (lock->valid() && Fill(*folder, own_files)) return true;
    RemoveBareFolder(*folder);
  }
  *error = std::string("no folder for boxes: ") + std::strerror(errno);
  return false;
}

bool EnterRunFolder(const std::string& run_folder, uint32_t uid) {
  for (const char* name : {"", "/box", "/tmp"}) {
    const std::string path = run_folder + name;
    if (mkdir(path.c_str(), 0700) != 0) return false;
    if (uid != geteuid() && lchown(path.c_str(), uid, uid) != 0) return false;
  }
  return chdir((run_folder + "/box").c_str()) == 0;
}

bool IsFull(const std::string& run_folder, int64_t bytes) {
  std::vector<std::string> open_folders = {run_folder + "/box",
                                           run_folder + "/tmp"};
  int64_t held = 0;
  int count = 0;
  while (!open_folders.empty()) {
    const std::string path = open_folders.back();
    open_folders.pop_back();
    DIR* folder = opendir(path.c_str());
    while (dirent* entry = folder == nullptr ? nullptr : readdir(folder)) {
      struct stat info;
      if (IsDots(entry->d_name) || fstatat(dirfd(folder), entry->d_name, &info,
                                           AT_SYMLINK_NOFOLLOW) != 0) {
        continue;
      }
      held += int64_t{info.st_blocks} * 512;
      if (S_ISDIR(info.st_mode)) {
        open_folders.push_back(path + "/" + entry->d_name);
      }
      if (++count > kMaxFiles || held > bytes || path.size() > kMaxPathBytes) {
        closedir(folder);
        return true;
      }
    }
    if (folder != nullptr) closedir(folder);
  }
  return false;
}

void BuryRunFolder(const std::string& folder, const std::string& run_folder) {
  const std::string name = run_folder.substr(run_folder.rfind('/'));
  chmod(run_folder.c_str(), 0700);
  rename(run_folder.c_str(), (folder + "/dead" + name).c_str());
}

void BuryLane(const std::string& folder, int lane) {
  const std::string prefix = "lane" + std::to_string(lane) + ".";
  DIR* found = opendir(folder.c_str());
  while (dirent* entry = found == nullptr ? nullptr : readdir(found)) {
    const std::string name = entry->d_name;
    if (name.rfind(prefix, 0) == 0) BuryRunFolder(folder, folder + "/" + name);
  }
  if (found != nullptr) closedir(found);
}

void SweepBareFolder(const std::string& folder) { Empty(folder + "/dead"); }

void RemoveBareFolder(const std::string& folder) {
  Empty(folder);
  rmdir(folder.c_str());
}

std::string InRunFolder(const std::string& run_folder,
                        const std::string& text) {
  std::string here;
  for (size_t at = 0; at < text.size();) {
    const bool begins = at == 0 || std::strchr(" :=", text[at - 1]) != nullptr;
    const bool names =
        text.compare(at, 4, "/box") == 0 || text.compare(at, 4, "/tmp") == 0;
    const bool ends =
        at + 4 >= text.size() || std::strchr("/ :", text[at + 4]) != nullptr;
    if (begins && names && ends) {
      here += run_folder + text.substr(at, 4);
      at += 4;
    } else {
      here += text[at++];
    }
  }
  return here;
}

}  // namespace assay::sandbox
