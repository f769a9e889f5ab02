// The service's end of one launcher: sends requests, and one reader thread
// hands each report to the run that waits for it.
//
// Threads: thread-safe. The reader thread starts with the first run.
#ifndef SANDBOX_LANE_CLIENT_H_
#define SANDBOX_LANE_CLIENT_H_

#include <atomic>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "absl/status/statusor.h"
#include "sandbox/blob_files.h"
#include "sandbox/nursery_client.h"
#include "sandbox/sandbox.h"
#include "sandbox/wire/messages.h"

namespace assay::sandbox {

class LaneClient;

// The outcome of one run, shared by the run and the reader thread.
struct RunState {
  uint64_t id = 0;
  std::mutex mutex;  // Guards the result.
  std::condition_variable ended;
  std::optional<absl::StatusOr<RunResult>> result;
};

class RunClient : public Run {
 public:
  RunClient(LaneClient* lane, std::shared_ptr<RunState> state)
      : lane_(lane), state_(std::move(state)) {}
  ~RunClient() override;
  absl::StatusOr<RunResult> Wait() override;
  bool WaitFor(absl::Duration patience) override;
  void Cancel() override;

 private:
  LaneClient* lane_;
  std::shared_ptr<RunState> state_;
};

class LaneClient : public Lane {
 public:
  LaneClient(int index, NurseryClient* nursery, BlobFiles* blobs)
      : index_(index), nursery_(nursery), blobs_(blobs) {}
  ~LaneClient() override;

  // Starts the launcher; Greet waits for its hello.
  absl::Status Spawn();
  absl::StatusOr<LauncherHello> Greet();

  absl::StatusOr<std::unique_ptr<Run>> Start(const Command& command) override;
  int64_t deaths() const override { return deaths_; }
  void Cancel(uint64_t id);

 private:
  void ReadReports();
  bool Understand(const std::string& bytes);
  void Deliver(BoxReport report);
  absl::Status Send(const std::vector<int>& fds,
                    const std::shared_ptr<RunState>& state,
                    BoxRequest* request);
  bool AwaitDeath(int64_t deaths) const;
  // The launcher died: all its runs with it. False: it cannot be replaced.
  bool Replace();
  void FailAll(const absl::Status& status);

  const int index_;
  NurseryClient* const nursery_;
  BlobFiles* const blobs_;
  std::mutex send_mutex_;  // Taken before mutex_, where both are.
  std::mutex mutex_;       // Guards what follows, but greeted_.
  // Replaced under both mutexes; the reader thread, which alone replaces it,
  // reads without.
  UniqueFd socket_;
  bool stopping_ = false;
  bool broken_ = false;
  bool greeted_ = false;  // The reader thread's own.
  std::atomic<int64_t> deaths_{0};
  uint64_t next_id_ = 1;
  std::map<uint64_t, std::shared_ptr<RunState>> runs_;
  std::thread reader_;
};

}  // namespace assay::sandbox

#endif  // SANDBOX_LANE_CLIENT_H_
