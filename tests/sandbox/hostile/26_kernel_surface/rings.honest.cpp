// honest: 42
// Code that a program writes for itself.
#include <sys/mman.h>

#include <cstdio>
#include <cstring>
int main() {
#if defined(__x86_64__)
  const unsigned char code[] = {0xb8, 42, 0, 0, 0, 0xc3};  // return 42
  void* page = mmap(nullptr, 4096, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  std::memcpy(page, code, sizeof code);
  if (mprotect(page, 4096, PROT_READ | PROT_EXEC) != 0) return 1;
  std::printf("%d\n", reinterpret_cast<int (*)()>(page)());
#else
  std::puts("42");
#endif
}
