// outcome: exited
// Device files, made or found.
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
int main(void) {
  if (mknod("/box/mem", S_IFCHR | 0666, makedev(1, 1)) == 0)
    puts("ESCAPED mknod");
  if (mknod("/box/disk", S_IFBLK | 0666, makedev(254, 0)) == 0)
    puts("ESCAPED mknod disk");
  const char* names[] = {"/dev/mem",  "/dev/kmsg", "/dev/vda", "/dev/tty",
                         "/dev/fuse", "/dev/kvm",  "/dev/shm", "/dev/pts"};
  for (int i = 0; i < 8; ++i)
    if (open(names[i], O_RDONLY) >= 0) puts("ESCAPED open");
  return 0;
}
