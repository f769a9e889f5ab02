// A launcher of another build: it greets, and answers every request with what
// this build cannot read.
#include <thread>

#include "sandbox/wire/fd.h"
#include "sandbox/wire/messages.h"

namespace assay::sandbox {
namespace {

void ServeLane(UniqueFd lane) {
  std::string bytes;
  std::vector<UniqueFd> fds;
  LauncherHello hello;
  hello.seccomp = true;
  SendMessage(lane.get(), Encode(hello), {});
  while (ReceiveMessage(lane.get(), &bytes, &fds)) {
    BoxReport report;
    SendMessage(lane.get(), Encode(report) + "and more", {});
  }
}

int Main(int control) {
  std::string bytes;
  std::vector<UniqueFd> fds;
  while (ReceiveMessage(control, &bytes, &fds)) {
    int lane = 0;
    if (!DecodeSpawn(bytes, &lane) || fds.size() != 1) continue;
    std::thread(ServeLane, std::move(fds[0])).detach();
    fds.clear();
  }
  return 0;
}

}  // namespace
}  // namespace assay::sandbox

int main() { return assay::sandbox::Main(/*control=*/3); }
