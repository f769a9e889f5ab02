// outcome: exited
// says: refused
// Rings, faults by hand, programs in the kernel, jumps in old segments.
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <initializer_list>
int main() {
  char space[256] = {};
  const long calls[] = {425,
                        426,
                        427,
                        SYS_userfaultfd,
                        SYS_bpf,
                        SYS_perf_event_open,
                        435,
                        SYS_seccomp,
                        SYS_vmsplice,
                        SYS_remap_file_pages,
                        447,
                        SYS_io_setup,
                        SYS_get_kernel_syms,
                        SYS_lookup_dcookie};
  for (long call : calls) {
    if (call == SYS_lookup_dcookie || call == SYS_get_kernel_syms) continue;
    if (syscall(call, 1, space, 0, 0, 0, 0) >= 0) {
      std::printf("ESCAPED %ld\n", call);
    }
  }
  for (int option : {22, 25, 35, 47, 53, 59, 62, 0x41555856}) {
    if (prctl(option, 1, 1, 0, 0) >= 0)
      std::printf("ESCAPED prctl %d\n", option);
  }
  // The first page, where a kernel's own null pointers would land.
  if (mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
           MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) != MAP_FAILED) {
    std::puts("ESCAPED page zero");
  }
  std::puts("refused");
}
