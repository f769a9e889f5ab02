// Whether this host makes huge pages when it is asked to, and how much of a
// process lies in them.
#ifndef TESTS_SANDBOX_HUGE_PAGE_PROBE_H_
#define TESTS_SANDBOX_HUGE_PAGE_PROBE_H_

#include <sys/mman.h>

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <string>

namespace assay::sandbox {

inline bool HostHasHugePages() {
  constexpr uintptr_t kHuge = uintptr_t{2} << 20;
  constexpr int kCollapse = 25;  // MADV_COLLAPSE
  void* space = mmap(nullptr, 2 * kHuge, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (space == MAP_FAILED) return false;
  const uintptr_t first =
      (reinterpret_cast<uintptr_t>(space) + kHuge - 1) & ~(kHuge - 1);
  *reinterpret_cast<char*>(first) = 1;
  const bool made =
      madvise(reinterpret_cast<void*>(first), kHuge, kCollapse) == 0;
  munmap(space, 2 * kHuge);
  return made;
}

// The sum of AnonHugePages in a file such as /proc/self/smaps_rollup.
inline int64_t HugeKilobytes(const std::string& path) {
  std::ifstream file(path);
  std::string word;
  int64_t sum = 0;
  while (file >> word) {
    int64_t kilobytes = 0;
    if (word == "AnonHugePages:" && file >> kilobytes) sum += kilobytes;
  }
  return sum;
}

}  // namespace assay::sandbox

#endif  // TESTS_SANDBOX_HUGE_PAGE_PROBE_H_
