// outcome: exited
// says: tried
// The kernel's own families, and both ends of a pair put to new use.
#include <linux/netlink.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <initializer_list>
int main() {
  for (int protocol = 0; protocol < 24; ++protocol) {
    if (socket(AF_NETLINK, SOCK_RAW, protocol) >= 0)
      std::puts("ESCAPED netlink");
  }
  for (int family : {17, 29, 38, 40, 41, 44, 45}) {  // packet, can, alg, vsock
    for (int type = 1; type < 11; ++type) {
      if (socket(family, type, 0) >= 0) std::puts("ESCAPED family");
    }
  }
  int pair[2] = {-1, -1};
  if (socketpair(AF_UNIX, SOCK_DGRAM, 0, pair) == 0) {
    sockaddr_un name = {};
    name.sun_family = AF_UNIX;
    std::memcpy(name.sun_path, "\0meet", 5);
    if (sendto(pair[0], "x", 1, 0, reinterpret_cast<sockaddr*>(&name), 7) >=
        0) {
      std::puts("ESCAPED sendto");
    }
    if (connect(pair[0], reinterpret_cast<sockaddr*>(&name), 7) == 0) {
      std::puts("ESCAPED connect");
    }
  }
  std::puts("tried");
}
