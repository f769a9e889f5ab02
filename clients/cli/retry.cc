#include "clients/cli/retry.h"

#include <algorithm>
#include <utility>

#include "absl/strings/numbers.h"

namespace assay::cli {
namespace {

constexpr absl::Duration kPushbackMax = absl::Minutes(5);
constexpr absl::Duration kTick = absl::Milliseconds(50);

}  // namespace

bool IsTransient(grpc::StatusCode code) {
  switch (code) {
    case grpc::StatusCode::OK:  // Ended before every sample had its report.
    case grpc::StatusCode::CANCELLED:
    case grpc::StatusCode::UNKNOWN:
    case grpc::StatusCode::RESOURCE_EXHAUSTED:
    case grpc::StatusCode::ABORTED:
    case grpc::StatusCode::INTERNAL:
    case grpc::StatusCode::UNAVAILABLE:
    case grpc::StatusCode::DEADLINE_EXCEEDED:
      return true;
    default:
      return false;
  }
}

absl::Status FromGrpc(const grpc::Status& status) {
  return absl::Status(static_cast<absl::StatusCode>(status.error_code()),
                      status.error_message());
}

absl::Duration Pushback(const grpc::ClientContext& context) {
  const auto& trailers = context.GetServerTrailingMetadata();
  const auto found = trailers.find("grpc-retry-pushback-ms");
  if (found == trailers.end()) return absl::ZeroDuration();
  const std::string text(found->second.data(), found->second.size());
  int64_t ms = 0;
  if (!absl::SimpleAtoi(text, &ms) || ms < 0) return absl::ZeroDuration();
  return std::min(absl::Milliseconds(ms), kPushbackMax);
}

std::string WhyGivenUp(int departures_count) {
  return "the connection broke " + std::to_string(departures_count) +
         " times while this sample was under way";
}

absl::Status Retry::Wait(const grpc::Status& status, absl::Duration pushback) {
  if (pushback > absl::ZeroDuration()) Heard();
  if (absl::Now() - last_answer_ > options_.patience) {
    return absl::UnavailableError("no answer from " + server_->address() +
                                  " for " +
                                  absl::FormatDuration(options_.patience) +
                                  ": " + status.error_message());
  }
  absl::Duration wait = pushback;
  if (wait == absl::ZeroDuration()) {
    wait = std::min(kBackoffMin * (1 << std::min(breaks_, 8)), kBackoffMax);
  }
  ++breaks_;
  if (options_.notice) {
    options_.notice(server_->address() + ": " +
                    (status.error_message().empty() ? "the stream ended early"
                                                    : status.error_message()) +
                    "; trying again in " + absl::FormatDuration(wait));
  }
  const absl::Time until = absl::Now() + wait;
  while (absl::Now() < until && !interrupted()) absl::SleepFor(kTick);
  return interrupted() ? absl::OkStatus() : server_->Revive();
}

CancelOnInterrupt::CancelOnInterrupt(grpc::ClientContext* context,
                                     const std::function<bool()>& interrupted,
                                     std::function<void()> stop)
    : thread_([this, context, interrupted, stop = std::move(stop)] {
        std::unique_lock<std::mutex> lock(mutex_);
        while (!done_) {
          if (interrupted && interrupted()) {
            if (stop) stop();
            context->TryCancel();
            return;
          }
          ended_.wait_for(lock, absl::ToChronoMilliseconds(kTick));
        }
      }) {}

CancelOnInterrupt::~CancelOnInterrupt() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    done_ = true;
  }
  ended_.notify_all();
  thread_.join();
}

}  // namespace assay::cli
