// A warm interpreter of one lane, from which runs are cloned.
//
// It is started in a user and mount namespace of its own, imports and
// exercises what its profile says, and then answers each fork request with
// the pids of the clone, which is the launcher's own child. It holds no
// candidate's code or input: those go to the clone alone. Its death disturbs
// no run in flight; it is started again, and again after kMaxForks, and runs
// that it has not started wait for the next. One that cannot be had on this
// host is not tried again.
//
// Threads: none. After AwaitReady nothing here blocks.
#ifndef SANDBOX_LAUNCHER_FORK_SERVER_H_
#define SANDBOX_LAUNCHER_FORK_SERVER_H_

#include <sys/types.h>

#include <cstdint>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "sandbox/launcher/box_run.h"

namespace assay::sandbox {

class ForkServer {
 public:
  ForkServer(const RunHost* host, const ProfileConfig* profile, uint64_t tag)
      : host_(host), profile_(profile), tag_(tag) {}
  ~ForkServer();

  // Starts the process; AwaitReady waits until it serves or has failed.
  void Launch();
  void AwaitReady();

  const std::string& name() const { return profile_->name; }
  bool ready() const { return ready_; }
  // Whether a fork can be asked for, now or when it has warmed up.
  bool usable() const {
    return ready_ || (served_ && restart_count_ <= kMaxFailures);
  }
  const std::string& error() const { return error_; }

  // Clones `run`, which tells itself how that went.
  void Fork(BoxRun* run);
  void OnReadable();
  void OnTime(int64_t now_ns);
  // Ends runs that were killed while they waited.
  void DropKilled();
  // Whether a death may have left clones that no run knows; asked once.
  bool TakeOrphansSuspicion() { return std::exchange(left_orphans_, false); }
  // Its own processes, for whoever looks for such clones.
  std::vector<pid_t> Pids() const { return {pid_, holder_pid_}; }
  int64_t next_time_ns() const { return next_time_ns_; }

 private:
  // Starts in a row that may fail while runs wait for the next.
  static constexpr int kMaxFailures = 2;

  bool MakeHolder();
  bool StartProcess(int control_fd);
  void Stop();
  void GiveUpWaiting();
  void Fail(const std::string& text);
  void SendWaiting();

  const RunHost* host_;
  const ProfileConfig* profile_;
  uint64_t tag_;
  UniqueFd holder_;  // A pidfd.
  UniqueFd socket_;
  pid_t pid_ = -1;
  pid_t holder_pid_ = -1;
  bool left_orphans_ = false;
  bool ready_ = false;
  int64_t fork_count_ = 0;
  int restart_count_ = 0;
  bool served_ = false;          // It came up once.
  bool absent_ = false;          // It said that it never will.
  UniqueFd error_file_;          // Its stderr.
  std::deque<BoxRun*> waiting_;  // Not yet sent.
  std::deque<BoxRun*> asked_;    // Sent; answers come in this order.
  int64_t next_time_ns_ = INT64_MAX;
  std::string error_ = "not started";
};

}  // namespace assay::sandbox

#endif  // SANDBOX_LAUNCHER_FORK_SERVER_H_
