// When and how often a call is tried again.
//
//   Retry retry(&server, {.patience = absl::Seconds(60)});
//   while (!(status = Call()).ok()) {
//     if (!IsTransient(status.error_code())) return FromGrpc(status);
//     absl::Status waited = retry.Wait(status, Pushback(context));
//     if (!waited.ok()) return waited;
//     if (retry.interrupted()) return absl::CancelledError("interrupted");
//   }
//   retry.Heard();
//
// Waits grow from kBackoffMin to kBackoffMax, or are what the server asked
// for, which is an answer too. A child that died is started again. Errors:
// UNAVAILABLE, no answer for `patience`, or the child cannot be started.
// Threads: one a Retry.
#ifndef CLIENTS_CLI_RETRY_H_
#define CLIENTS_CLI_RETRY_H_

#include <grpcpp/grpcpp.h>

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "absl/status/status.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "clients/cli/server.h"

namespace assay::cli {

struct RetryOptions {
  // How long to keep trying without any answer from the server.
  absl::Duration patience = absl::Seconds(60);
  // Whether to give up now; asked by any thread, several times a second.
  std::function<bool()> interrupted;
  // Told why a call broke and how long the wait is.
  std::function<void(const std::string&)> notice;
};

// Whether another try may go better.
bool IsTransient(grpc::StatusCode code);
absl::Status FromGrpc(const grpc::Status& status);
// What the server asks to wait, or zero.
absl::Duration Pushback(const grpc::ClientContext& context);

// Of a sample whose calls broke so often that it is given up.
std::string WhyGivenUp(int departures_count);

class Retry {
 public:
  static constexpr absl::Duration kBackoffMin = absl::Milliseconds(200);
  static constexpr absl::Duration kBackoffMax = absl::Seconds(5);

  Retry(Server* server, const RetryOptions& options)
      : server_(server), options_(options) {}

  // The server said something.
  void Heard() { last_answer_ = absl::Now(); }
  // It did what was asked: the next wait is a short one.
  void Succeeded() { breaks_ = 0; }
  // OK: try again, or look whether there was an interrupt, which ends a wait.
  absl::Status Wait(const grpc::Status& status, absl::Duration pushback);
  bool interrupted() const {
    return options_.interrupted && options_.interrupted();
  }

 private:
  Server* const server_;
  const RetryOptions options_;
  int breaks_ = 0;  // In a row.
  absl::Time last_answer_ = absl::Now();
};

// Cancels a call within kTick of an interrupt, after `stop` was called.
class CancelOnInterrupt {
 public:
  CancelOnInterrupt(grpc::ClientContext* context,
                    const std::function<bool()>& interrupted,
                    std::function<void()> stop = {});
  ~CancelOnInterrupt();

 private:
  std::mutex mutex_;
  std::condition_variable ended_;
  bool done_ = false;  // Under mutex_.
  std::thread thread_;
};

}  // namespace assay::cli

#endif  // CLIENTS_CLI_RETRY_H_
