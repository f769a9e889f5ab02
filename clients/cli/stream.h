// Verifies samples through one server: streams them with bounded memory,
// reconnects when the connection breaks, and gives every sample one report.
//
//   Stream stream(&server, options);
//   absl::Status status = stream.Run(
//       [&](Stream::Item* item) { ... return Stream::Pull::kSample; },
//       [&](const v1::Report& report) { return output->Append(report); });
//
// `pull` gives the next sample, on the thread of Run. `push` gets every
// report, with `ordinal` set to the sample's position in the input, from any
// thread, one at a time.
//
// When the connection breaks, the samples under way are sent again, fewer at
// once each time, so that one that breaks the server flies alone in the end;
// after kDeparturesMax times its report is NO_VERDICT, cause HOST. Tests that
// many samples share are sent once (test_sets.h).
// Errors: UNAVAILABLE, the server could not be reached for `patience`;
// CANCELLED, interrupted; what push said; or what the server said of the call.
#ifndef CLIENTS_CLI_STREAM_H_
#define CLIENTS_CLI_STREAM_H_

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>

#include "absl/status/status.h"
#include "clients/cli/flight.h"
#include "clients/cli/retry.h"
#include "clients/cli/server.h"
#include "proto/assay/v1/verifier.grpc.pb.h"

namespace assay::cli {

class Stream {
 public:
  static constexpr size_t kFlightBytesMax = size_t{64} << 20;
  static constexpr int kMessageSamplesMax = 32;
  static constexpr size_t kMessageBytesMax = size_t{1} << 20;
  static constexpr int kDeparturesMax = 6;

  struct Options {
    // Samples under way at once; 0: the server's stream window.
    size_t window = 0;
    RetryOptions retry;
  };

  struct Item {
    v1::Sample sample;
    uint64_t position = 0;
  };
  // kSample: `item` is set. kNotYet: nothing is there now, ask again (only
  // where `may_wait` is false). kEnd: no more. kInterrupted.
  enum class Pull { kSample, kNotYet, kEnd, kInterrupted };
  using PullFunction = std::function<Pull(Item* item, bool may_wait)>;
  using PushFunction = std::function<absl::Status(const v1::Report&)>;

  Stream(Server* server, Options options)
      : server_(server),
        options_(std::move(options)),
        flight_(kFlightBytesMax),
        retry_(server, options_.retry) {}

  absl::Status Run(const PullFunction& pull, const PushFunction& push);
  const TestSets& test_sets() const { return test_sets_; }

 private:
  using Rpc = grpc::ClientReaderWriter<v1::VerifyRequest, v1::VerifyResponse>;

  grpc::Status Connect(v1::Verifier::Stub* stub,
                       const std::shared_ptr<grpc::Channel>& channel);
  grpc::Status RunOnce(v1::Verifier::Stub* stub, const PullFunction& pull,
                       grpc::ClientContext* context);
  void Write(Rpc* rpc, const PullFunction& pull);
  // Fills a message; false: nothing will come any more.
  bool FillMessage(const PullFunction& pull, v1::VerifyRequest* request);
  bool NextEntry(const PullFunction& pull, bool may_wait, Flight::Entry* entry);
  // Answers by itself a sample that the server would not take, being of so
  // many bytes. False: it may be sent.
  bool RefuseHere(const Flight::Entry& entry, size_t bytes);
  // Of one sample on the wire; 0: the server does not say.
  uint64_t SampleBytesMax() const;
  void ReadAll(Rpc* rpc);
  void TakeReport(v1::Report* report);
  void Push(const v1::Report& report);
  void SendAgainWhatIsLeft(bool counts);
  size_t SamplesMaxNow() const;

  Server* const server_;
  const Options options_;
  Flight flight_;
  TestSets test_sets_;
  std::deque<Flight::Entry> again_;  // To be sent before new ones.
  bool exhausted_ = false;           // `pull` said kEnd.
  v1::ServerLimits limits_;
  size_t window_ = 1;
  bool report_came_ = false;  // In this connection.
  Retry retry_;

  std::mutex push_mutex_;
  const PushFunction* push_ = nullptr;
  absl::Status push_status_;  // Under push_mutex_.
  std::atomic<bool> push_failed_{false};
  std::vector<Flight::Entry> cancelled_;  // Under push_mutex_.
};

}  // namespace assay::cli

#endif  // CLIENTS_CLI_STREAM_H_
