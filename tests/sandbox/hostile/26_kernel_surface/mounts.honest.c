// honest: box tmp
// Folders as they are mounted, and free room in them.
#include <stdio.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>
int main(void) {
  struct statvfs room;
  char folder[64];
  if (statvfs("/tmp", &room) != 0 || room.f_bavail == 0) return 1;
  if (!getcwd(folder, sizeof folder) || chdir("/tmp") != 0) return 1;
  printf("%s ", folder + 1);
  puts(getcwd(folder, sizeof folder) + 1);
  return 0;
}
