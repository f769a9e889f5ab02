// honest: 5
// A file by a folder's descriptor.
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>
int main(void) {
  struct stat info;
  int folder = open("/tmp", O_PATH | O_DIRECTORY);
  int file = openat(folder, "file", O_CREAT | O_RDWR, 0600);
  if (write(file, "hello", 5) != 5 || fstatat(folder, "file", &info, 0) != 0)
    return 1;
  printf("%ld\n", (long)info.st_size);
  return 0;
}
