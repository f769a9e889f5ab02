#include "sandbox/fork_server/huge_pages.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

namespace assay::sandbox {
namespace {

constexpr uintptr_t kHuge = uintptr_t{2} << 20;
constexpr size_t kSmall = 4096;
constexpr int kCollapse = 25;  // MADV_COLLAPSE, which older headers lack.
// Arenas of a profile with many modules; more come from mmap.
constexpr size_t kPoolBytes = 16 * kHuge;
constexpr size_t kPoolSlots = 64;
// A chunk with fewer pages in use stays small pages: memory would be wasted.
constexpr size_t kLeastPages = kHuge / kSmall / 8;
// What is larger is reserved, not used: a sanitizer's shadow for one.
constexpr uintptr_t kLargestHeap = uintptr_t{1} << 32;

uintptr_t Up(uintptr_t address) { return (address + kHuge - 1) & ~(kHuge - 1); }

void Unmap(uintptr_t begin, uintptr_t end) {
  if (begin < end) munmap(reinterpret_cast<void*>(begin), end - begin);
}

// Fresh memory that begins at a huge page; 0: none.
uintptr_t MapHuge(size_t bytes) {
  void* space = mmap(nullptr, bytes + kHuge, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (space == MAP_FAILED) return 0;
  const auto from = reinterpret_cast<uintptr_t>(space);
  const uintptr_t begin = Up(from);
  Unmap(from, begin);
  Unmap(begin + bytes, from + bytes + kHuge);
  return begin;
}

// As CPython declares it.
struct ArenaAllocator {
  void* context;
  void* (*allocate)(void* context, size_t size);
  void (*release)(void* context, void* address, size_t size);
};

// Where CPython's arenas of small objects lie, side by side.
struct Pool {
  uintptr_t begin = 0;
  uintptr_t end = 0;
  size_t slot_bytes = 0;
  std::atomic<uint64_t> used = 0;  // Interpreters of 3.12 have a lock each.
};

Pool pool;

void* AllocateArena(void* /*context*/, size_t size) {
  if (pool.slot_bytes == 0) pool.slot_bytes = size;
  uint64_t used = pool.used.load();
  for (size_t i = 0; i < kPoolSlots && size == pool.slot_bytes; ++i) {
    const uintptr_t address = pool.begin + i * size;
    if (address + size > pool.end) break;
    const uint64_t bit = uint64_t{1} << i;
    if ((used & bit) != 0) continue;
    used = pool.used.fetch_or(bit);
    if ((used & bit) == 0) return reinterpret_cast<void*>(address);
  }
  void* fresh = mmap(nullptr, size, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return fresh == MAP_FAILED ? nullptr : fresh;
}

void ReleaseArena(void* /*context*/, void* arena, size_t size) {
  const auto address = reinterpret_cast<uintptr_t>(arena);
  if (address < pool.begin || address >= pool.end) {
    munmap(arena, size);
    return;
  }
  madvise(arena, size, MADV_DONTNEED);
  pool.used.fetch_and(~(uint64_t{1} << (address - pool.begin) / size));
}

// One line of /proc/self/maps.
struct Mapping {
  uintptr_t begin = 0;
  uintptr_t end = 0;
  char rights[5] = "";
  std::string name;

  bool readable() const { return rights[0] == 'r'; }
  bool writable() const { return rights[1] == 'w'; }
  bool executable() const { return rights[2] == 'x'; }
  bool anonymous() const { return name.empty() || name == "[heap]"; }
};

std::vector<Mapping> ReadMappings() {
  std::vector<Mapping> mappings;
  FILE* file = std::fopen("/proc/self/maps", "re");
  if (file == nullptr) return mappings;
  char line[4096 + 100];
  while (std::fgets(line, sizeof(line), file) != nullptr) {
    Mapping mapping;
    int name_at = 0;
    if (std::sscanf(line, "%lx-%lx %4s %*s %*s %*s %n", &mapping.begin,
                    &mapping.end, mapping.rights, &name_at) < 3) {
      continue;
    }
    mapping.name = line + name_at;
    while (!mapping.name.empty() && mapping.name.back() == '\n') {
      mapping.name.pop_back();
    }
    mappings.push_back(mapping);
  }
  std::fclose(file);
  return mappings;
}

// Pages of a huge page that are in use.
size_t PagesInUse(int pagemap, uintptr_t begin) {
  constexpr uint64_t kPresent = uint64_t{1} << 63;
  uint64_t entries[kHuge / kSmall];
  if (pread(pagemap, entries, sizeof(entries),
            static_cast<off_t>(begin / kSmall * sizeof(uint64_t))) !=
      static_cast<ssize_t>(sizeof(entries))) {
    return 0;
  }
  size_t count = 0;
  for (uint64_t entry : entries) count += (entry & kPresent) != 0 ? 1 : 0;
  return count;
}

bool Collapse(uintptr_t begin) {
  return madvise(reinterpret_cast<void*>(begin), kHuge, kCollapse) == 0;
}

// Lets malloc's memory reach the end of a huge page. What lies between is
// free for whoever asks next; the last block keeps it from being given back.
void FillHeap() {
  constexpr size_t kBlock = size_t{64} << 10;
  const uintptr_t end = Up(reinterpret_cast<uintptr_t>(sbrk(0)));
  std::vector<void*> blocks;
  blocks.reserve(kHuge / kBlock + 1);
  while (reinterpret_cast<uintptr_t>(sbrk(0)) < end &&
         blocks.size() < kHuge / kBlock) {
    blocks.push_back(std::malloc(kBlock));
  }
  if (!blocks.empty()) blocks.pop_back();
  for (void* block : blocks) std::free(block);
}

void CollapseHeaps(const std::vector<Mapping>& mappings) {
  const int pagemap = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
  for (const Mapping& mapping : mappings) {
    if (!mapping.writable() || !mapping.anonymous() ||
        mapping.end - mapping.begin > kLargestHeap) {
      continue;
    }
    for (uintptr_t at = Up(mapping.begin); at + kHuge <= mapping.end;
         at += kHuge) {
      if (PagesInUse(pagemap, at) >= kLeastPages) Collapse(at);
    }
  }
  close(pagemap);
}

// The same bytes at the same place, without a file behind them.
void MoveCode(uintptr_t begin) {
  const uintptr_t copy = MapHuge(kHuge);
  if (copy == 0) return;
  std::memcpy(reinterpret_cast<void*>(copy), reinterpret_cast<void*>(begin),
              kHuge);
  if (!Collapse(copy) ||
      mprotect(reinterpret_cast<void*>(copy), kHuge, PROT_READ | PROT_EXEC) !=
          0 ||
      mremap(reinterpret_cast<void*>(copy), kHuge, kHuge,
             MREMAP_MAYMOVE | MREMAP_FIXED,
             reinterpret_cast<void*>(begin)) == MAP_FAILED) {
    Unmap(copy, copy + kHuge);
  }
}

// Whether `high` goes on where `low` ends, both of one file that nobody
// writes to. Between code and data a library may have a hole that nobody may
// read either.
bool GoesOn(const Mapping& low, const Mapping& high) {
  return low.end == high.begin && low.name == high.name && low.readable() &&
         high.readable() && !low.writable() && !high.writable();
}

// The huge pages that hold the code around `address` and no byte that its
// file does not hold.
void MoveCodeAround(uintptr_t address, const std::vector<Mapping>& mappings) {
  size_t code = 0;
  while (code < mappings.size() && mappings[code].end <= address) ++code;
  if (code == mappings.size() || mappings[code].begin > address ||
      mappings[code].anonymous() || !mappings[code].readable() ||
      !mappings[code].executable()) {
    return;
  }
  size_t first = code;
  while (first > 0 && GoesOn(mappings[first - 1], mappings[first])) --first;
  size_t last = code;
  while (last + 1 < mappings.size() &&
         GoesOn(mappings[last], mappings[last + 1])) {
    ++last;
  }
  for (uintptr_t at = Up(mappings[first].begin);
       at + kHuge <= mappings[last].end; at += kHuge) {
    if (at < mappings[code].end && at + kHuge > mappings[code].begin) {
      MoveCode(at);
    }
  }
}

// What the pool has never used goes back; later arenas come from mmap.
void TrimPool() {
  uintptr_t end = pool.begin;
  for (size_t i = 0; i < kPoolSlots; ++i) {
    if ((pool.used.load() >> i & 1) != 0) {
      end = Up(pool.begin + (i + 1) * pool.slot_bytes);
    }
  }
  if (end >= pool.end) return;
  Unmap(end, pool.end);
  pool.end = end;
}

}  // namespace

void OpenHugeHeap() {
  const auto top = reinterpret_cast<uintptr_t>(sbrk(0));
  sbrk(static_cast<intptr_t>(Up(top) - top));
  using Setter = void (*)(ArenaAllocator*);
  auto set = reinterpret_cast<Setter>(
      dlsym(RTLD_DEFAULT, "PyObject_SetArenaAllocator"));
  if (set == nullptr) return;
  pool.begin = MapHuge(kPoolBytes);
  if (pool.begin == 0) return;
  pool.end = pool.begin + kPoolBytes;
  ArenaAllocator allocator = {nullptr, AllocateArena, ReleaseArena};
  set(&allocator);
}

void SettleHugePages() {
  TrimPool();
  FillHeap();
  const std::vector<Mapping> mappings = ReadMappings();
  CollapseHeaps(mappings);
  MoveCodeAround(
      reinterpret_cast<uintptr_t>(dlsym(RTLD_DEFAULT, "PyObject_Malloc")),
      mappings);
}

}  // namespace assay::sandbox
