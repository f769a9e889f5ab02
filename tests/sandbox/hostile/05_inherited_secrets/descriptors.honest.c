// honest: 42
// Its own files, by number and by name.
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>
int main(void) {
  char text[8] = {0}, name[32];
  int fd = open("note", O_CREAT | O_RDWR, 0600);
  if (write(fd, "42", 2) != 2) return 1;
  sprintf(name, "/dev/fd/%d", dup(fd));
  if (read(open(name, O_RDONLY), text, 2) != 2) return 1;
  puts(text);
  return 0;
}
