// honest: 127.0.0.1 258
// Addresses are numbers; nobody is called.
#include <arpa/inet.h>
#include <stdio.h>
int main(void) {
  struct in_addr address;
  char text[INET_ADDRSTRLEN];
  inet_pton(AF_INET, "127.0.0.1", &address);
  inet_ntop(AF_INET, &address, text, sizeof text);
  printf("%s %d\n", text, ntohs(htons(258)));
  return 0;
}
