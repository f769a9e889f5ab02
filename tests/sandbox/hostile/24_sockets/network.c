// outcome: exited
// Sockets of every family, and the metadata address of clouds.
#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
int main(void) {
  for (int family = 0; family < 46; ++family)
    for (int type = 1; type < 6; ++type)
      if (socket(family, type, 0) >= 0) puts("ESCAPED socket");
  struct sockaddr_in a = {AF_INET, htons(80)};
  inet_pton(AF_INET, "169.254.169.254", &a.sin_addr);
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, (struct sockaddr*)&a, sizeof a) == 0) puts("ESCAPED");
  return 0;
}
