// The service's end of the launchers' parent.
//
// Threads: SpawnLane is thread-safe. Ownership: the destructor ends the
// nursery, and with it every launcher, and waits until all is removed.
#ifndef SANDBOX_NURSERY_CLIENT_H_
#define SANDBOX_NURSERY_CLIENT_H_

#include <sys/types.h>

#include <memory>
#include <mutex>
#include <string>

#include "absl/status/statusor.h"
#include "sandbox/wire/fd.h"
#include "sandbox/wire/messages.h"

namespace assay::sandbox {

class NurseryClient {
 public:
  // Before any thread exists. NOT_FOUND: no launcher at `path`.
  static absl::StatusOr<std::unique_ptr<NurseryClient>> Start(
      const std::string& launcher_path, const LauncherConfig& config);
  ~NurseryClient();

  // Starts the launcher of a lane and gives our end of its socket.
  absl::StatusOr<UniqueFd> SpawnLane(int lane);

 private:
  NurseryClient(pid_t pid, UniqueFd control)
      : pid_(pid), control_(std::move(control)) {}

  pid_t pid_;
  std::mutex mutex_;  // Guards what follows.
  UniqueFd control_;
};

// `assay-launcher` beside our own executable, or in the build's bin folder.
std::string FindLauncher();

}  // namespace assay::sandbox

#endif  // SANDBOX_NURSERY_CLIENT_H_
