// Both ways through /proc find the same processes, however they came there.
#include "sandbox/launcher/tree_usage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <ctime>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

namespace assay::sandbox {
namespace {

using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;
using ::testing::UnorderedElementsAreArray;

// A process that runs `body`, which says its pids through the pipe, and then
// waits for its end.
class Family {
 public:
  template <typename Body>
  Family(int count, Body body) {
    int ends[2];
    EXPECT_EQ(pipe(ends), 0);
    root_ = fork();
    if (root_ == 0) {
      prctl(PR_SET_PDEATHSIG, SIGKILL);
      body(ends[1]);
      while (true) pause();
    }
    close(ends[1]);
    for (int i = 0; i < count; ++i) {
      pid_t pid = -1;
      EXPECT_EQ(read(ends[0], &pid, sizeof(pid)), ssize_t{sizeof(pid)});
      others_.push_back(pid);
    }
    close(ends[0]);
  }
  ~Family() {
    for (const pid_t pid : All()) {
      if (pid > 0) kill(pid, SIGKILL);
    }
    if (root_ > 0) waitpid(root_, nullptr, 0);
  }

  pid_t root() const { return root_; }
  std::vector<pid_t> All() const {
    std::vector<pid_t> all = others_;
    all.push_back(root_);
    return all;
  }
  const std::vector<pid_t>& others() const { return others_; }

 private:
  pid_t root_;
  std::vector<pid_t> others_;
};

void Say(int pipe, pid_t pid = getpid()) {
  EXPECT_EQ(write(pipe, &pid, sizeof(pid)), ssize_t{sizeof(pid)});
}

void Fork(int pipe, int depth) {
  if (depth == 0 || fork() != 0) return;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  Say(pipe);
  Fork(pipe, depth - 1);
  Fork(pipe, depth - 1);
  while (true) pause();
}

constexpr TreeWalk kWalks[] = {TreeWalk::kLists, TreeWalk::kWholeProc};

// Not every kernel keeps lists.
std::vector<pid_t> Tree(pid_t root, pid_t reaper, TreeWalk walk) {
  std::vector<pid_t> tree;
  if (walk == TreeWalk::kWholeProc ||
      access("/proc/thread-self/children", F_OK) != 0) {
    return TreeByParents(root, reaper);
  }
  EXPECT_TRUE(TreeByLists(root, reaper, &tree));
  return tree;
}

TEST(TreeUsage, AllDescendants) {
  Family family(7, [](int pipe) { Fork(pipe, 3); });
  for (TreeWalk walk : kWalks) {
    EXPECT_THAT(Tree(family.root(), -1, walk),
                UnorderedElementsAreArray(family.All()));
  }
}

TEST(TreeUsage, ChildrenOfOtherThreads) {
  Family family(1, [](int pipe) {
    std::thread([pipe] {
      Fork(pipe, 1);
      while (true) pause();
    }).detach();
  });
  for (TreeWalk walk : kWalks) {
    EXPECT_THAT(Tree(family.root(), -1, walk),
                UnorderedElementsAreArray(family.All()));
  }
}

// As in the box of a warm run: the orphan of `root` falls to the reaper.
TEST(TreeUsage, OrphansFallToTheReaperWhoDoesNotCount) {
  Family family(3, [](int pipe) {
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    const pid_t main = fork();
    while (main == 0) pause();
    Say(pipe, main);
    const pid_t between = fork();
    if (between == 0) {
      const pid_t parent = getpid();
      if (fork() != 0) _exit(0);
      while (getppid() == parent) sched_yield();
      Say(pipe);
      while (true) pause();
    }
    waitpid(between, nullptr, 0);
    Say(pipe);
  });
  const pid_t main = family.others()[0];
  const pid_t orphan = family.others()[1] == family.root() ? family.others()[2]
                                                           : family.others()[1];
  for (TreeWalk walk : kWalks) {
    EXPECT_THAT(Tree(main, family.root(), walk),
                UnorderedElementsAre(main, orphan));
    EXPECT_THAT(Tree(orphan, -1, walk), UnorderedElementsAre(orphan));
  }
}

TEST(TreeUsage, NobodyIsThere) {
  for (TreeWalk walk : kWalks) {
    EXPECT_THAT(Tree(-1, -1, walk), IsEmpty());
    const TreeUsage usage = ReadTreeUsage(-1, -1, walk);
    EXPECT_EQ(usage.cpu_ns, 0);
    EXPECT_EQ(usage.resident_bytes, 0);
  }
}

TEST(TreeUsage, ManyThreadsAreNotAskedOneByOne) {
  Family family(1, [](int pipe) {
    for (int i = 0; i < 300; ++i) {
      std::thread([] {
        while (true) pause();
      }).detach();
    }
    Say(pipe);
  });
  std::vector<pid_t> tree;
  EXPECT_FALSE(TreeByLists(family.root(), -1, &tree));
  EXPECT_GT(ReadTreeUsage(family.root(), -1, TreeWalk::kLists).resident_bytes,
            0);
}

constexpr size_t kBytes = size_t{64} << 20;

void* Hold() {
  return mmap(nullptr, kBytes, PROT_READ | PROT_WRITE,
              MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
}

TEST(TreeUsage, SharedPagesCountOnce) {
  void* memory = Hold();
  ASSERT_NE(memory, MAP_FAILED);
  Family family(7, [](int pipe) { Fork(pipe, 3); });
  for (TreeWalk walk : kWalks) {
    const int64_t bytes = ReadTreeUsage(family.root(), -1, walk).resident_bytes;
    EXPECT_GT(bytes, int64_t{kBytes} / 2);
    EXPECT_LT(bytes, int64_t{kBytes} * 2);
  }
  munmap(memory, kBytes);
}

TEST(TreeUsage, MemoryOfAProcessWhoseFirstThreadHasEnded) {
  Family family(1, [](int pipe) {
    std::thread([pipe] {
      Hold();
      // The first thread is gone once it is a zombie.
      std::string line;
      do {
        std::ifstream file("/proc/" + std::to_string(getpid()) + "/stat");
        std::getline(file, line);
      } while (line.find(") Z") == std::string::npos);
      Say(pipe);
      while (true) pause();
    }).detach();
    syscall(SYS_exit, 0);
  });
  for (TreeWalk walk : kWalks) {
    EXPECT_GT(ReadTreeUsage(family.root(), -1, walk).resident_bytes,
              int64_t{kBytes} / 2);
  }
}

// A fifth of a second of CPU time.
void Burn() {
  const clock_t end = clock() + CLOCKS_PER_SEC / 5;
  while (clock() < end) {
  }
}

TEST(TreeUsage, CpuTimeOfTheReapedCountsAndNotTheReapersOwn) {
  Family family(1, [](int pipe) {
    const pid_t child = fork();
    if (child == 0) {
      Burn();
      _exit(0);
    }
    waitpid(child, nullptr, 0);
    Say(pipe);
  });
  const int64_t kFifthNs = 200000000;
  for (TreeWalk walk : kWalks) {
    const int64_t as_root = ReadTreeUsage(family.root(), -1, walk).cpu_ns;
    const int64_t as_reaper = ReadTreeUsage(-1, family.root(), walk).cpu_ns;
    EXPECT_GE(as_root, kFifthNs / 2);
    EXPECT_GE(as_reaper, kFifthNs / 2);
    EXPECT_LE(as_reaper, as_root);
  }
}

}  // namespace
}  // namespace assay::sandbox
