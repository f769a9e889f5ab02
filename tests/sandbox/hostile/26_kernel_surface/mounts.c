// outcome: exited
// Mounts, unmounts and new roots.
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <unistd.h>
int main(void) {
  if (mount("t", "/tmp", "tmpfs", 0, 0) == 0) puts("ESCAPED tmpfs");
  if (mount("/", "/box", 0, MS_BIND, 0) == 0) puts("ESCAPED bind");
  if (mount(0, "/", 0, MS_REMOUNT | MS_BIND, 0) == 0) puts("ESCAPED remount");
  if (umount2("/proc", MNT_DETACH) == 0) puts("ESCAPED umount");
  if (umount2("/box", MNT_DETACH) == 0) puts("ESCAPED umount box");
  if (chroot("/box") == 0) puts("ESCAPED chroot");
  if (syscall(SYS_pivot_root, "/box", "/box") == 0) puts("ESCAPED pivot");
  if (syscall(428, -100, "/", 1) >= 0) puts("ESCAPED open_tree");
  if (syscall(430, "tmpfs", 0) >= 0) puts("ESCAPED fsopen");
  if (syscall(442, -100, "/", 0, 0, 0) == 0) puts("ESCAPED mount_setattr");
  return 0;
}
