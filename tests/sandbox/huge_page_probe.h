// Whether this host makes huge pages when it is asked to, and how much of a
// process lies in them.
#ifndef TESTS_SANDBOX_HUGE_PAGE_PROBE_H_
#define TESTS_SANDBOX_HUGE_PAGE_PROBE_H_

#include <sys/mman.h>

#include <cstdint>
#include <fstream>
#include <string>

namespace assay::sandbox {

// More of them than a test needs, so that a host with few is not tested.
inline bool HostHasHugePages() {
  constexpr uintptr_t kHuge = uintptr_t{2} << 20;
  constexpr uintptr_t kWanted = 16;
  constexpr int kCollapse = 25;  // MADV_COLLAPSE
  void* space = mmap(nullptr, (kWanted + 1) * kHuge, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (space == MAP_FAILED) return false;
  uintptr_t page =
      (reinterpret_cast<uintptr_t>(space) + kHuge - 1) & ~(kHuge - 1);
  bool made = true;
  for (uintptr_t i = 0; made && i < kWanted; ++i, page += kHuge) {
    *reinterpret_cast<char*>(page) = 1;
    made = madvise(reinterpret_cast<void*>(page), kHuge, kCollapse) == 0;
  }
  munmap(space, (kWanted + 1) * kHuge);
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
