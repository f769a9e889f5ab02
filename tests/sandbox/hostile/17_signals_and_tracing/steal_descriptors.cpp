// outcome: exited
// says: tried
// Descriptors and memory of others, by every call that lends them.
#include <fcntl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cstdio>
int main() {
  char bytes[8] = {};
  iovec local = {bytes, sizeof bytes};
  iovec remote = {bytes, sizeof bytes};
  for (int pid = 1; pid < 64; ++pid) {
    if (pid == getpid()) continue;
    const int fd = static_cast<int>(syscall(434, pid, 0));  // pidfd_open
    for (int number = 0; fd >= 0 && number < 16; ++number) {
      if (syscall(438, fd, number, 0) >= 0) std::puts("ESCAPED pidfd_getfd");
    }
    if (fd >= 0 && syscall(440, fd, &local, 1, 4, 0) >= 0) {
      std::puts("ESCAPED process_madvise");
    }
    if (process_vm_readv(pid, &local, 1, &remote, 1, 0) >= 0) {
      std::puts("ESCAPED readv");
    }
    if (process_vm_writev(pid, &local, 1, &remote, 1, 0) >= 0) {
      std::puts("ESCAPED writev");
    }
    if (ptrace(PTRACE_SEIZE, pid, 0, 0) >= 0) std::puts("ESCAPED seize");
    if (syscall(SYS_kcmp, getpid(), pid, 0, 0, 0) >= 0)
      std::puts("ESCAPED cmp");
    if (syscall(SYS_prlimit64, pid, 7, 0, bytes) == 0) {
      std::puts("ESCAPED prlimit");
    }
    if (syscall(SYS_migrate_pages, pid, 0, 0, 0) >= 0) {
      std::puts("ESCAPED migrate");
    }
  }
  std::puts("tried");
}
