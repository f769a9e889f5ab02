// Verifies plain mathematics by VerifyPairs, thousands of pairs a call.
//
//   PackedPairs packed(&server, retry_options, push);
//   absl::Status status = packed.Add(std::move(pair), position);
//   status = packed.Flush();    // Input pauses: do not wait for a full batch.
//   status = packed.Finish();   // Every pair has been pushed.
//
// `push` gets one finding for each pair, from any thread. When a call breaks,
// its pairs are sent again once the server answers, in smaller batches, so that
// one that breaks the server flies alone in the end; after kDeparturesMax times
// it is NO_VERDICT, cause HOST. Pairs that a stopping server gave back are sent
// again too; a batch that the server does not take is halved.
//
// Errors, of every member from then on: UNAVAILABLE, no answer for the
// patience; CANCELLED, interrupted; FAILED_PRECONDITION, the server takes no
// packed pairs; what push said; or what the server said of the call.
// Bounds: kCallers calls under way, as many batches waiting and one of each of
// four kinds being filled, with kBatchPairsMax pairs and the bytes of
// kBatchBytesMax each; Add waits where there are more.
// Threads: one; the server's and its own callers beside it.
#ifndef CLIENTS_CLI_PACKED_PAIRS_H_
#define CLIENTS_CLI_PACKED_PAIRS_H_

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "clients/cli/pair_line.h"
#include "clients/cli/retry.h"
#include "clients/cli/server.h"

namespace assay::cli {

class PackedPairs {
 public:
  static constexpr size_t kBatchPairsMax = 8192;
  static constexpr size_t kBatchBytesMax = size_t{2} << 20;
  static constexpr int kCallers = 3;
  static constexpr int kDeparturesMax = 6;

  using PushFunction = std::function<absl::Status(
      const PairLine& pair, uint64_t position, const PairVerdict& found)>;

  PackedPairs(Server* server, const RetryOptions& options, PushFunction push);
  // What is under way is given up.
  ~PackedPairs();
  PackedPairs(const PackedPairs&) = delete;
  PackedPairs& operator=(const PackedPairs&) = delete;

  absl::Status Add(PairLine pair, uint64_t position);
  absl::Status Flush();
  absl::Status Finish();

 private:
  struct Entry {
    PairLine pair;
    uint64_t position = 0;
  };
  // Pairs that one call may hold together.
  struct Batch {
    std::vector<Entry> entries;
    size_t bytes = 0;
    int departures_count = 0;
  };
  // Bare answers or responses, texts or choices.
  static constexpr int kKinds = 4;

  absl::Status Hand(Batch* batch);
  absl::Status status();
  void Serve();
  absl::Status Send(Batch batch, v1::Verifier::Stub* stub, Retry* retry);
  absl::Status SendParts(Batch batch, size_t pairs_max,
                         v1::Verifier::Stub* stub, Retry* retry);
  // Waits until the server answers, and learns what it takes.
  absl::Status Probe(v1::Verifier::Stub* stub, Retry* retry);
  bool IsKnown();  // Whether it has answered.
  grpc::Status Call(const Batch& batch, v1::Verifier::Stub* stub,
                    v1::VerifyPairsResponse* response,
                    absl::Duration* pushback) const;
  // Leaves in the batch what the server gave back.
  absl::Status Take(const v1::VerifyPairsResponse& response, Batch* batch);
  absl::Status GiveUp(const Batch& batch);
  void Fail(const absl::Status& status);

  Server* const server_;
  std::atomic<bool> given_up_{false};
  RetryOptions options_;
  const PushFunction push_;
  const std::shared_ptr<grpc::Channel> channel_;
  Batch open_[kKinds];

  std::mutex mutex_;  // Guards all that follows but the threads.
  std::condition_variable changed_;
  std::deque<Batch> waiting_;
  int busy_ = 0;
  bool ending_ = false;
  size_t pairs_max_ = 0;  // Of a call; 0: not asked yet.
  absl::Status status_;
  std::vector<std::thread> callers_;
};

}  // namespace assay::cli

#endif  // CLIENTS_CLI_PACKED_PAIRS_H_
