#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include "sandbox/launcher/cgroup.h"

namespace assay::sandbox {
namespace {

constexpr char kPrefix[] = "assay-";
// Of making our own group beside services that clear away stale ones.
constexpr int kTopTries = 8;
constexpr int kTopPauseUs = 1'000;
constexpr size_t kRandomDigits = 12;
// For the processes of a delegated group; never removed with ours.
constexpr char kLeaf[] = "/assay-service";

struct Mount {
  std::string root;    // Of the hierarchy, where it is mounted from.
  std::string folder;  // Where it is mounted.
  std::string type;
  std::string options;
};

std::vector<Mount> CgroupMounts(const std::string& path) {
  std::vector<Mount> mounts;
  std::ifstream file(path);
  std::string line;
  while (std::getline(file, line)) {
    size_t dash = line.find(" - ");
    if (dash == std::string::npos) continue;
    std::istringstream left(line);
    std::istringstream right(line.substr(dash + 3));
    std::string skip;
    std::string source;
    Mount mount;
    left >> skip >> skip >> skip >> mount.root >> mount.folder;
    right >> mount.type >> source >> mount.options;
    if (mount.type.rfind("cgroup", 0) == 0) mounts.push_back(mount);
  }
  return mounts;
}

// Our own group in the hierarchy of `controller` ("" is v2).
std::string OwnPath(const std::string& list, const std::string& controller) {
  std::ifstream file(list);
  std::string line;
  while (std::getline(file, line)) {
    size_t first = line.find(':');
    size_t second = line.find(':', first + 1);
    if (second == std::string::npos) continue;
    std::string names = "," + line.substr(first + 1, second - first - 1) + ",";
    if (names == ",,"
            ? controller.empty()
            : !controller.empty() &&
                  names.find("," + controller + ",") != std::string::npos) {
      return line.substr(second + 1);
    }
  }
  return "";
}

std::string RandomName() {
  unsigned char bytes[kRandomDigits / 2] = {};
  if (getrandom(bytes, sizeof(bytes), 0) < 0) errno = 0;
  std::string name = kPrefix;
  for (unsigned char byte : bytes) {
    name += "0123456789abcdef"[byte >> 4];
    name += "0123456789abcdef"[byte & 15];
  }
  return name;
}

// As RandomName makes them.
bool IsOurs(const std::string& name) {
  constexpr size_t kPrefixSize = sizeof(kPrefix) - 1;
  return name.size() == kPrefixSize + kRandomDigits &&
         name.rfind(kPrefix, 0) == 0 &&
         name.find_first_not_of("0123456789abcdef", kPrefixSize) ==
             std::string::npos;
}

bool WriteFile(const std::string& path, const std::string& text) {
  UniqueFd fd(open(path.c_str(), O_WRONLY | O_CLOEXEC));
  return fd.valid() && WriteWhole(fd.get(), text);
}

bool HasWord(const std::string& path, const std::string& word) {
  std::ifstream file(path);
  std::string text;
  while (file >> text) {
    if (text == word) return true;
  }
  return false;
}

}  // namespace

int MakeKernelGroup(int parent, const char* name) {
  return mkdirat(parent, name, 0755);
}

int RemoveKernelGroup(int parent, const char* name) {
  return unlinkat(parent, name, AT_REMOVEDIR);
}

// The folder of our own group, or empty.
std::string CgroupTree::OwnFolder(const std::string& controller) const {
  std::string path = OwnPath(host_.own_groups, controller);
  if (path.empty()) return "";
  for (const Mount& mount : CgroupMounts(host_.mounts)) {
    bool fits =
        controller.empty()
            ? mount.type == "cgroup2"
            : mount.type == "cgroup" &&
                  ("," + mount.options + ",").find("," + controller + ",") !=
                      std::string::npos;
    if (!fits) continue;
    std::string below = path;
    if (mount.root != "/") {
      if (path.rfind(mount.root, 0) != 0) continue;
      below = path.substr(mount.root.size());
    }
    std::string folder = mount.folder + below;
    struct stat info;
    if (stat(folder.c_str(), &info) == 0) return folder;
    // Our group lies outside what this namespace mounts: use its top.
    return mount.folder;
  }
  return "";
}

// Removes a group and those in it, with what is left in them: nobody holds
// its lock any more. Where the kernel has no cgroup.kill (before 5.14) one
// with processes stays.
void CgroupTree::RemoveGroup(int parent, const char* name) const {
  int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return;
  UniqueFd kill_file(openat(fd, "cgroup.kill", O_WRONLY | O_CLOEXEC));
  if (kill_file.valid()) WriteWhole(kill_file.get(), "1");
  if (DIR* folder = fdopendir(fd)) {
    while (dirent* entry = readdir(folder)) {
      if (entry->d_type != DT_DIR || entry->d_name[0] == '.') continue;
      host_.remove(fd, entry->d_name);
    }
    closedir(folder);
  }
  host_.remove(parent, name);
}

// Groups of services that died without removing them: nobody holds their
// lock any more.
void CgroupTree::RemoveStaleGroups(const std::string& parent) const {
  DIR* folder = opendir(parent.c_str());
  if (folder == nullptr) return;
  while (dirent* entry = readdir(folder)) {
    if (!IsOurs(entry->d_name)) continue;
    UniqueFd group(openat(dirfd(folder), entry->d_name,
                          O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!group.valid() || flock(group.get(), LOCK_EX | LOCK_NB) != 0) continue;
    RemoveGroup(dirfd(folder), entry->d_name);
  }
  closedir(folder);
}

UniqueFd CgroupTree::MakeTop(const std::string& parent,
                             const std::string& name) const {
  RemoveStaleGroups(parent);
  std::string path = parent + "/" + name;
  // Until it is locked, another service that starts takes it for stale.
  for (int i = 0; i < kTopTries; ++i) {
    if (host_.make(AT_FDCWD, path.c_str()) != 0 && errno != EEXIST) break;
    UniqueFd fd(open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (fd.valid() && flock(fd.get(), LOCK_SH | LOCK_NB) == 0 &&
        access(path.c_str(), F_OK) == 0) {
      return fd;
    }
    usleep(kTopPauseUs);
  }
  return UniqueFd();
}

// v2 forbids processes beside groups with controllers: ours (a delegated
// group's) move into a leaf.
bool CgroupTree::MoveProcessesToLeaf(const std::string& folder) const {
  std::string leaf = folder + kLeaf;
  if (host_.make(AT_FDCWD, leaf.c_str()) != 0 && errno != EEXIST) return false;
  std::ifstream file(folder + "/cgroup.procs");
  std::string pid;
  while (file >> pid) {
    if (!WriteFile(leaf + "/cgroup.procs", pid)) return false;
  }
  return true;
}

bool CgroupTree::Open(std::string* reason) {
  std::string reason_v1;
  if (OpenV2(reason)) return true;
  if (OpenV1(&reason_v1)) return true;
  *reason += "; " + reason_v1;
  return false;
}

bool CgroupTree::OpenV2(std::string* reason) {
  std::string folder = OwnFolder("");
  if (folder.empty()) {
    *reason = "v2: not mounted";
    return false;
  }
  for (const char* controller : {"memory", "pids"}) {
    if (!HasWord(folder + "/cgroup.controllers", controller)) {
      *reason = std::string("v2: no controller ") + controller;
      return false;
    }
  }
  const std::string control = folder + "/cgroup.subtree_control";
  if (!WriteFile(control, "+memory +pids") &&
      (!MoveProcessesToLeaf(folder) || !WriteFile(control, "+memory +pids"))) {
    *reason = std::string("v2: not delegated: ") + std::strerror(errno);
    return false;
  }
  WriteFile(control, "+cpu");  // cpu.stat counts without it as well.
  UniqueFd group = MakeTop(folder, RandomName());
  if (!group.valid()) {
    *reason = std::string("v2: ") + std::strerror(errno);
    return false;
  }
  UniqueFd inner(
      openat(group.get(), "cgroup.subtree_control", O_WRONLY | O_CLOEXEC));
  if (!inner.valid() || !WriteWhole(inner.get(), "+memory +pids")) {
    *reason = std::string("v2: ") + std::strerror(errno);
    return false;
  }
  folders_.push_back(std::move(group));
  version_ = CgroupVersion::kV2;
  return true;
}

bool CgroupTree::OpenV1(std::string* reason) {
  std::string name = RandomName();
  for (const char* controller : {"memory", "pids", "cpuacct"}) {
    std::string folder = OwnFolder(controller);
    UniqueFd group;
    if (!folder.empty()) group = MakeTop(folder, name);
    if (!group.valid() && folders_.empty()) {
      *reason = folder.empty()
                    ? "v1: memory is not mounted"
                    : std::string("v1: memory: ") + std::strerror(errno);
      return false;
    }
    folders_.push_back(std::move(group));
  }
  version_ = CgroupVersion::kV1;
  return true;
}

void CgroupTree::Remove() {
  for (UniqueFd& folder : folders_) {
    if (!folder.valid()) continue;
    // The group's own name, as its descriptor knows it.
    char path[4096];
    std::string link = "/proc/self/fd/" + std::to_string(folder.get());
    ssize_t n = readlink(link.c_str(), path, sizeof(path) - 1);
    if (n <= 0) continue;
    path[n] = 0;
    RemoveGroup(AT_FDCWD, path);
    folder.reset();
  }
}

}  // namespace assay::sandbox
