#include "sandbox/launcher/tree_usage.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "sandbox/launcher/proc_folder.h"
#include "sandbox/wire/fd.h"

namespace assay::sandbox {
namespace {

// More processes or threads than a run may have are not looked at.
constexpr size_t kMaxTreeSize = 4096;

std::string InProc(const std::string& name) {
  return std::string(ProcFolder()) + "/" + name;
}

struct Stat {
  pid_t parent = 0;
  int64_t cpu_ticks = 0;
  int64_t resident_pages = 0;
};

bool ReadStat(const std::string& pid, Stat* stat) {
  UniqueFd fd(open((InProc(pid) + "/stat").c_str(), O_RDONLY | O_CLOEXEC));
  char text[1024];
  ssize_t n = fd.valid() ? read(fd.get(), text, sizeof(text) - 1) : 0;
  if (n <= 0) return false;
  text[n] = 0;
  const char* after = std::strrchr(text, ')');  // The name is hostile.
  if (after == nullptr) return false;
  long long user = 0;
  long long system = 0;
  long long child_user = 0;
  long long child_system = 0;
  long long resident = 0;
  int fields = std::sscanf(after + 1,
                           " %*c %d %*d %*d %*d %*d %*u %*u %*u %*u %*u "
                           "%lld %lld %lld %lld %*d %*d %*d %*d %*u %*u %lld",
                           &stat->parent, &user, &system, &child_user,
                           &child_system, &resident);
  if (fields != 6) return false;
  stat->cpu_ticks = user + system + child_user + child_system;
  stat->resident_pages = resident;
  return true;
}

// Its resident pages, each divided by the number of those who share it; 0
// where it is dead, -1 where that cannot be seen.
int64_t ProportionalBytes(pid_t pid) {
  std::string path = InProc(std::to_string(pid)) + "/smaps_rollup";
  UniqueFd fd(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  char text[1024];
  ssize_t n = fd.valid() ? read(fd.get(), text, sizeof(text) - 1) : 0;
  if (n <= 0) return errno == ESRCH || errno == ENOENT ? 0 : -1;
  text[n] = 0;
  const char* found = std::strstr(text, "\nPss:");
  return found == nullptr ? -1 : std::atoll(found + 5) * 1024;
}

// Names of a folder that are numbers, `most` of them.
std::vector<std::string> Numbers(const std::string& path, size_t most) {
  std::vector<std::string> names;
  DIR* folder = opendir(path.c_str());
  if (folder == nullptr) return names;
  while (dirent* entry = readdir(folder)) {
    if (entry->d_name[0] < '1' || entry->d_name[0] > '9') continue;
    names.push_back(entry->d_name);
    if (names.size() >= most) break;
  }
  closedir(folder);
  return names;
}

using Children = std::multimap<pid_t, pid_t>;

// By parent, of all processes that can be seen.
Children AllChildren() {
  Children children;
  for (const std::string& name : Numbers(ProcFolder(), SIZE_MAX)) {
    Stat stat;
    if (!ReadStat(name, &stat)) continue;
    children.insert({stat.parent, std::atoi(name.c_str())});
  }
  return children;
}

// Appends those of one process, which each of its threads may have. False
// where the kernel keeps no such lists.
bool AppendChildren(pid_t pid, std::vector<pid_t>* children) {
  const std::string folder = InProc(std::to_string(pid)) + "/task";
  for (const std::string& thread : Numbers(folder, kMaxTreeSize)) {
    std::ifstream file(folder + "/" + thread + "/children");
    if (!file.is_open() && errno == ENOENT &&
        access((folder + "/" + thread + "/stat").c_str(), F_OK) == 0) {
      return false;
    }
    for (pid_t child; file >> child;) children->push_back(child);
  }
  return true;
}

// The descendants of `roots`, after them. False as above.
bool AppendByLists(std::vector<pid_t>* tree) {
  for (size_t next = 0; next < tree->size() && next < kMaxTreeSize; ++next) {
    if (!AppendChildren((*tree)[next], tree)) return false;
  }
  return true;
}

void AppendByParents(std::vector<pid_t>* tree) {
  const Children children = AllChildren();
  for (size_t next = 0; next < tree->size(); ++next) {
    auto [first, last] = children.equal_range((*tree)[next]);
    for (auto it = first; it != last; ++it) tree->push_back(it->second);
  }
}

// Processes of a tree, with their resident bytes.
using Residents = std::vector<std::pair<pid_t, int64_t>>;

bool AllAlive(const Residents& tree) {
  for (const auto& [pid, bytes] : tree) {
    Stat stat;
    if (!ReadStat(std::to_string(pid), &stat)) return false;
    if (bytes > 0 && stat.resident_pages == 0) return false;
  }
  return true;
}

// What the tree holds, shared pages counted once. One that ends between two
// readings leaves larger shares to those read later, so that the sum is too
// large: it is read again then, and the least sum counts.
int64_t SharedOnce(const Residents& tree) {
  constexpr int kReadings = 3;
  if (tree.size() == 1) return tree[0].second;
  int64_t least = INT64_MAX;
  for (int i = 0; i < kReadings; ++i) {
    int64_t sum = 0;
    for (const auto& [pid, bytes] : tree) {
      const int64_t share = ProportionalBytes(pid);
      sum += share >= 0 ? share : bytes;
    }
    least = std::min(least, sum);
    if (AllAlive(tree)) break;
  }
  return least;
}

// Of one thread, beneath an open /proc/PID/task. 0 where unknown.
int64_t ThreadDelayNs(int tasks, const std::string& thread) {
  std::string name = thread + "/schedstat";
  UniqueFd fd(openat(tasks, name.c_str(), O_RDONLY | O_CLOEXEC));
  char text[96];
  ssize_t n = fd.valid() ? read(fd.get(), text, sizeof(text) - 1) : 0;
  if (n <= 0) return 0;
  text[n] = 0;
  long long on_cpu = 0;
  long long waiting = 0;
  return std::sscanf(text, "%lld %lld", &on_cpu, &waiting) == 2 ? waiting : 0;
}

}  // namespace

std::vector<pid_t> TreePids(pid_t root, pid_t reaper, TreeWalk walk) {
  std::vector<pid_t> roots;
  if (root > 0) roots.push_back(root);
  if (reaper > 0) roots.push_back(reaper);
  std::vector<pid_t> tree = roots;
  if (walk == TreeWalk::kWholeProc || !AppendByLists(&tree)) {
    tree = roots;
    AppendByParents(&tree);
  }
  std::sort(tree.begin(), tree.end());
  tree.erase(std::unique(tree.begin(), tree.end()), tree.end());
  tree.erase(std::remove(tree.begin(), tree.end(), reaper), tree.end());
  return tree;
}

TreeUsage ReadTreeUsage(pid_t root, pid_t reaper) {
  constexpr unsigned kWholeEvery = 8;
  static unsigned looks = 0;
  const TreeWalk walk =
      ++looks % kWholeEvery == 0 ? TreeWalk::kWholeProc : TreeWalk::kLists;
  TreeUsage usage;
  const int64_t page_bytes = sysconf(_SC_PAGESIZE);
  int64_t ticks = 0;
  Residents resident;
  for (const pid_t pid : TreePids(root, reaper, walk)) {
    Stat stat;
    if (!ReadStat(std::to_string(pid), &stat)) continue;
    ticks += stat.cpu_ticks;
    resident.emplace_back(pid, stat.resident_pages * page_bytes);
  }
  usage.cpu_ns = ticks * (1000000000 / sysconf(_SC_CLK_TCK));
  if (!resident.empty()) usage.resident_bytes = SharedOnce(resident);
  return usage;
}

bool IsExiting(pid_t pid) {
  constexpr unsigned kExitingFlag = 4;  // PF_EXITING of the kernel.
  constexpr int kPendingField = 31;     // Counted from 1, as proc(5) does.
  constexpr unsigned long kKillBit = 1UL << (SIGKILL - 1);
  UniqueFd fd(open((InProc(std::to_string(pid)) + "/stat").c_str(),
                   O_RDONLY | O_CLOEXEC));
  char text[1024];
  ssize_t n = fd.valid() ? read(fd.get(), text, sizeof(text) - 1) : 0;
  if (n <= 0) return false;
  text[n] = 0;
  const char* field = std::strrchr(text, ')');  // Number 2.
  for (int number = 3; field != nullptr && number <= kPendingField; ++number) {
    field = std::strchr(field + 1, ' ');
    if (field == nullptr) break;
    const unsigned long value = std::strtoul(field + 1, nullptr, 10);
    if (number == 9 && (value & kExitingFlag) != 0) return true;
    if (number == kPendingField) return (value & kKillBit) != 0;
  }
  return false;
}

std::vector<int64_t> ThreadDelaysNs(pid_t pid) {
  std::string folder = InProc(std::to_string(pid)) + "/task";
  UniqueFd tasks(open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  std::vector<int64_t> delays;
  for (const std::string& thread : Numbers(folder, kMaxTreeSize)) {
    delays.push_back(ThreadDelayNs(tasks.get(), thread));
  }
  return delays;
}

}  // namespace assay::sandbox
