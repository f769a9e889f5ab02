// The memory of a warm interpreter is moved, and stays what it was. The test
// program stands in for CPython: it has the two functions that are looked up.
#include "sandbox/fork_server/huge_pages.h"

#include <gtest/gtest.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "tests/sandbox/huge_page_probe.h"

struct ArenaAllocator {
  void* context;
  void* (*allocate)(void* context, size_t size);
  void (*release)(void* context, void* address, size_t size);
};

static ArenaAllocator arenas;

extern "C" {

void PyObject_SetArenaAllocator(ArenaAllocator* allocator) {
  arenas = *allocator;
}

// Amid so much code that at least one huge page holds nothing else.
int PyObject_Malloc();
#if defined(__x86_64__)
asm(".text\n.skip 4 << 20\n.globl PyObject_Malloc\n"
    ".type PyObject_Malloc, @function\n"
    "PyObject_Malloc: mov $42, %eax\nret\n.skip 4 << 20\n");
#elif defined(__aarch64__)
asm(".text\n.skip 4 << 20\n.globl PyObject_Malloc\n"
    ".type PyObject_Malloc, @function\n"
    "PyObject_Malloc: mov w0, #42\nret\n.skip 4 << 20\n");
#endif
}

namespace assay::sandbox {
namespace {

constexpr size_t kArena = size_t{1} << 20;
constexpr uintptr_t kHuge = uintptr_t{2} << 20;

// All of it is about a process of its own. True: the child said so.
bool InChild(const std::function<bool()>& say) {
  const pid_t pid = fork();
  if (pid == 0) _exit(say() ? 0 : 1);
  int status = 0;
  return waitpid(pid, &status, 0) == pid && WIFEXITED(status) &&
         WEXITSTATUS(status) == 0;
}

char* Arena(size_t size = kArena) {
  return static_cast<char*>(arenas.allocate(nullptr, size));
}

int NamelessCodeMappings() {
  std::ifstream maps("/proc/self/maps");
  std::string line;
  int count = 0;
  while (std::getline(maps, line)) {
    if (line.find("r-xp 00000000 00:00 0") != std::string::npos &&
        line.find('[') == std::string::npos) {
      ++count;
    }
  }
  return count;
}

// Three megabytes of malloc's, in use; whether they lie at the break.
bool FillsTheBreak() {
  bool lie_there = false;
  for (int i = 0; i < 30; ++i) {
    auto* block = static_cast<char*>(std::malloc(100000));
    std::memset(block, 1, 100000);
    const char* top = static_cast<const char*>(sbrk(0));
    lie_there = block < top && top - block < (ptrdiff_t{64} << 20);
  }
  return lie_there;
}

// Fills arenas and malloc's memory, settles, and looks again.
bool AllIsKept() {
  OpenHugeHeap();
  std::vector<char*> blocks;
  for (int i = 0; i < 5; ++i) blocks.push_back(Arena());
  for (int i = 0; i < 30; ++i) {
    blocks.push_back(static_cast<char*>(std::malloc(100000)));
  }
  auto size = [](size_t i) { return i < 5 ? kArena : 100000; };
  for (size_t i = 0; i < blocks.size(); ++i) {
    std::memset(blocks[i], static_cast<int>(i + 1), size(i));
  }
  SettleHugePages();
  for (size_t i = 0; i < blocks.size(); ++i) {
    for (size_t k = 0; k < size(i); ++k) {
      if (blocks[i][k] != static_cast<char>(i + 1)) return false;
    }
  }
  char* more = Arena();
  std::memset(more, 1, kArena);
  arenas.release(nullptr, more, kArena);
  for (size_t i = 0; i < 5; ++i) arenas.release(nullptr, blocks[i], kArena);
  for (size_t i = 5; i < blocks.size(); ++i) std::free(blocks[i]);
  return PyObject_Malloc() == 42;
}

TEST(HugePages, ArenasLieSideBySide) {
  EXPECT_TRUE(InChild([] {
    OpenHugeHeap();
    char* first = Arena();
    char* second = Arena();
    char* third = Arena();
    return reinterpret_cast<uintptr_t>(first) % kHuge == 0 &&
           second == first + kArena && third == second + kArena;
  }));
}

TEST(HugePages, AnArenaThatWasGivenBackIsGivenOutAgain) {
  EXPECT_TRUE(InChild([] {
    OpenHugeHeap();
    char* first = Arena();
    char* second = Arena();
    std::memset(first, 7, kArena);
    std::memset(second, 8, kArena);
    arenas.release(nullptr, first, kArena);
    char* again = Arena();
    return again == first && again[0] == 0 && second[kArena - 1] == 8;
  }));
}

TEST(HugePages, ThereAreMoreArenasThanThePoolHolds) {
  EXPECT_TRUE(InChild([] {
    OpenHugeHeap();
    std::set<char*> all;
    for (int i = 0; i < 70; ++i) {
      char* arena = Arena();
      std::memset(arena, i, kArena);
      all.insert(arena);
    }
    char* odd = Arena(kArena / 4);  // Of another size than the first.
    std::memset(odd, 1, kArena / 4);
    arenas.release(nullptr, odd, kArena / 4);
    for (char* arena : all) arenas.release(nullptr, arena, kArena);
    return all.size() == 70;
  }));
}

TEST(HugePages, SettlingKeepsAll) {
  EXPECT_TRUE(InChild(AllIsKept));
  EXPECT_TRUE(InChild([] {  // With nothing opened, and nothing to settle.
    SettleHugePages();
    return PyObject_Malloc() == 42;
  }));
}

TEST(HugePages, CodeAndHeapAreMoved) {
  if (!HostHasHugePages()) GTEST_SKIP() << "no MADV_COLLAPSE on this host";
  EXPECT_TRUE(InChild([] {
    OpenHugeHeap();
    for (int i = 0; i < 4; ++i) std::memset(Arena(), 1, kArena);
    const bool has_break = FillsTheBreak();
    const int before = NamelessCodeMappings();
    SettleHugePages();
    // Arenas, code, and malloc's memory where it is not a sanitizer's.
    return HugeKilobytes("/proc/self/smaps_rollup") >=
               4096 + 2048 + (has_break ? 2048 : 0) &&
           NamelessCodeMappings() > before && PyObject_Malloc() == 42;
  }));
}

// As ld.so leaves it between the segments of some libraries.
TEST(HugePages, AHoleInTheCodeIsLeftAlone) {
  EXPECT_TRUE(InChild([] {
    const auto code = reinterpret_cast<uintptr_t>(&PyObject_Malloc);
    for (const uintptr_t away : {-kHuge, kHuge}) {
      void* hole = reinterpret_cast<void*>((code + away) & ~uintptr_t{65535});
      if (mprotect(hole, 4096, PROT_NONE) != 0) return false;
    }
    SettleHugePages();
    return PyObject_Malloc() == 42;
  }));
}

// As on a kernel before 6.1, or where code without a file may not be.
TEST(HugePages, AHostMayRefuse) {
  for (const long refused : {SYS_madvise, SYS_mprotect, SYS_mremap}) {
    EXPECT_TRUE(InChild([refused] {
      sock_filter filter[] = {
          BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
          BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<uint32_t>(refused), 0,
                   1),
          BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EACCES),
          BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
      };
      sock_fprog program = {4, filter};
      if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
          syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) != 0) {
        return false;
      }
      return AllIsKept();
    })) << "system call "
        << refused;
  }
}

}  // namespace
}  // namespace assay::sandbox
