#include "sandbox/launcher/tree_usage.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "sandbox/launcher/proc_folder.h"
#include "sandbox/wire/fd.h"

namespace assay::sandbox {
namespace {

// More threads than this are not asked for their children one by one.
constexpr size_t kListsMax = 256;
// More threads than a run may have are not looked at.
constexpr size_t kThreadsMax = 4096;

std::string InProc(const std::string& name) {
  return std::string(ProcFolder()) + "/" + name;
}

struct Stat {
  pid_t parent = 0;
  int64_t cpu_ticks = 0;    // With that of reaped children.
  int64_t child_ticks = 0;  // That of reaped children.
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
  stat->child_ticks = child_user + child_system;
  stat->cpu_ticks = user + system + stat->child_ticks;
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

using Children = std::multimap<pid_t, pid_t>;

// By parent, of all processes that can be seen.
Children AllChildren() {
  Children children;
  for (const std::string& name : NumbersIn(ProcFolder(), SIZE_MAX)) {
    Stat stat;
    if (!ReadStat(name, &stat)) continue;
    children.insert({stat.parent, std::atoi(name.c_str())});
  }
  return children;
}

bool AppendByLists(std::vector<pid_t>* tree) {
  size_t lists = 0;
  for (size_t next = 0; next < tree->size(); ++next) {
    const std::string folder = InProc(std::to_string((*tree)[next])) + "/task/";
    for (const std::string& thread : NumbersIn(folder, kListsMax + 1)) {
      if (++lists > kListsMax || !AppendChildren(folder + thread, tree)) {
        return false;
      }
    }
  }
  return true;
}

std::vector<pid_t> Roots(pid_t root, pid_t reaper) {
  std::vector<pid_t> roots;
  if (root > 0) roots.push_back(root);
  if (reaper > 0) roots.push_back(reaper);
  return roots;
}

// Each once, and the reaper not at all.
void Tidy(pid_t reaper, std::vector<pid_t>* tree) {
  std::sort(tree->begin(), tree->end());
  tree->erase(std::unique(tree->begin(), tree->end()), tree->end());
  tree->erase(std::remove(tree->begin(), tree->end(), reaper), tree->end());
}

// A process holds its memory as long as one thread lives, but is shown without
// any once the first is dead: one that lives is looked at in its place.
pid_t WhoShowsMemory(pid_t pid, Stat* stat) {
  if (stat->resident_pages > 0) return pid;
  for (const std::string& thread :
       NumbersIn(InProc(std::to_string(pid)) + "/task", kThreadsMax)) {
    Stat other;
    if (!ReadStat(thread, &other) || other.resident_pages == 0) continue;
    stat->resident_pages = other.resident_pages;
    return std::atoi(thread.c_str());
  }
  return pid;
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

bool TreeByLists(pid_t root, pid_t reaper, std::vector<pid_t>* tree) {
  *tree = Roots(root, reaper);
  const bool found = AppendByLists(tree);
  Tidy(reaper, tree);
  return found;
}

std::vector<pid_t> TreeByParents(pid_t root, pid_t reaper) {
  std::vector<pid_t> tree = Roots(root, reaper);
  const Children children = AllChildren();
  for (size_t next = 0; next < tree.size(); ++next) {
    auto [first, last] = children.equal_range(tree[next]);
    for (auto it = first; it != last; ++it) tree.push_back(it->second);
  }
  Tidy(reaper, &tree);
  return tree;
}

TreeUsage ReadTreeUsage(pid_t root, pid_t reaper, TreeWalk walk) {
  std::vector<pid_t> tree;
  if (walk == TreeWalk::kWholeProc || !TreeByLists(root, reaper, &tree)) {
    tree = TreeByParents(root, reaper);
  }
  const int64_t page_bytes = sysconf(_SC_PAGESIZE);
  Stat stat;
  int64_t ticks = 0;
  if (reaper > 0 && ReadStat(std::to_string(reaper), &stat)) {
    ticks = stat.child_ticks;
  }
  Residents resident;
  for (const pid_t pid : tree) {
    if (!ReadStat(std::to_string(pid), &stat)) continue;
    ticks += stat.cpu_ticks;
    const pid_t shown = WhoShowsMemory(pid, &stat);
    resident.emplace_back(shown, stat.resident_pages * page_bytes);
  }
  TreeUsage usage;
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
  for (const std::string& thread : NumbersIn(folder, kThreadsMax)) {
    delays.push_back(ThreadDelayNs(tasks.get(), thread));
  }
  return delays;
}

}  // namespace assay::sandbox
