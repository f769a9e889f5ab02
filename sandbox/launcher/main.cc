// assay-launcher: starts untrusted programs in boxes on behalf of a service.
// Started by Sandbox::Start with the control socket as descriptor 3; it is of
// no use on a command line.

#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdio>

#include "sandbox/launcher/nursery.h"

namespace {

constexpr int kControlFd = 3;

}  // namespace

int main() {
  int type = 0;
  socklen_t size = sizeof(type);
  if (getsockopt(kControlFd, SOL_SOCKET, SO_TYPE, &type, &size) != 0 ||
      type != SOCK_SEQPACKET) {
    std::fprintf(stderr, "assay-launcher is started by assayd, not by hand\n");
    return 2;
  }
  syscall(SYS_close_range, kControlFd + 1, ~0U, 0);
  return assay::sandbox::RunNursery(kControlFd);
}
