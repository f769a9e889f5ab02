// outcome: exited
// Debugs, reads and writes pid 1.
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <unistd.h>
int main(void) {
  char b[8];
  struct iovec l = {b, 8}, r = {(void*)0x400000, 8};
  if (ptrace(PTRACE_ATTACH, 1, 0, 0) == 0) puts("ESCAPED ptrace");
  if (ptrace(PTRACE_TRACEME, 0, 0, 0) == 0) puts("ESCAPED traceme");
  if (process_vm_readv(1, &l, 1, &r, 1, 0) > 0) puts("ESCAPED readv");
  if (open("/proc/1/mem", O_RDWR) >= 0) puts("ESCAPED mem");
  if (open("/proc/1/maps", O_RDONLY) >= 0 && read(3, b, 1) > 0)
    puts("ESCAPED maps");
  if (readlink("/proc/1/root", b, 8) > 0) puts("ESCAPED root");
  if (readlink("/proc/1/fd/0", b, 8) > 0) puts("ESCAPED fd");
  return 0;
}
