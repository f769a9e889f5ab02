// Two threads work on a stream: the caller's writes samples, as many as the
// flight has room for; a second one reads reports. A third watches for an
// interrupt, which cancels the call and so wakes both.
#include "clients/cli/stream.h"

#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <string>
#include <thread>
#include <utility>

#include "absl/strings/match.h"
#include "clients/cli/sample_line.h"

namespace assay::cli {
namespace {

constexpr size_t kDefaultWindow = 256;
// Of a message that holds one sample, beside the sample; generous.
constexpr uint64_t kMessageOverheadBytes = 1024;

}  // namespace

grpc::Status Stream::Connect(v1::Verifier::Stub* stub,
                             const std::shared_ptr<grpc::Channel>& channel) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() +
                       std::chrono::seconds(10));
  v1::Capabilities capabilities;
  const grpc::Status status =
      stub->GetCapabilities(&context, {}, &capabilities);
  if (!status.ok()) return status;
  retry_.Heard();
  limits_ = capabilities.limits();
  window_ = options_.window;
  if (window_ == 0) window_ = limits_.stream_window_samples();
  if (window_ == 0) window_ = kDefaultWindow;
  test_sets_.Connect(channel, limits_.test_set_bytes_max());
  return grpc::Status::OK;
}

void Stream::Push(const v1::Report& report) {
  if (!push_status_.ok()) return;
  push_status_ = (*push_)(report);
  if (push_status_.ok()) return;
  push_failed_.store(true);
  flight_.Stop();
}

uint64_t Stream::SampleBytesMax() const {
  const uint64_t bytes_max = limits_.sample_bytes_max();
  if (limits_.message_bytes_max() <= kMessageOverheadBytes) return bytes_max;
  const uint64_t fits = limits_.message_bytes_max() - kMessageOverheadBytes;
  return bytes_max == 0 ? fits : std::min(bytes_max, fits);
}

bool Stream::RefuseHere(const Flight::Entry& entry, size_t bytes) {
  const uint64_t bytes_max = SampleBytesMax();
  v1::Report report;
  if (bytes_max > 0 && bytes > bytes_max) {
    report = InvalidSample(entry.sample.id(),
                           "sample: " + std::to_string(bytes) +
                               " bytes; the server takes at most " +
                               std::to_string(bytes_max));
  } else if (entry.departures_count >= kDeparturesMax) {
    report =
        InvalidSample(entry.sample.id(), WhyGivenUp(entry.departures_count));
    report.set_cause(v1::CAUSE_HOST);
  } else {
    return false;
  }
  report.set_ordinal(entry.position);
  Echo(entry.sample, &report);
  const std::lock_guard<std::mutex> lock(push_mutex_);
  Push(report);
  return true;
}

bool Stream::NextEntry(const PullFunction& pull, bool may_wait,
                       Flight::Entry* entry) {
  for (;;) {
    if (!again_.empty()) {
      *entry = std::move(again_.front());
      again_.pop_front();
    } else {
      if (exhausted_) return false;
      Item item;
      const Pull outcome = pull(&item, may_wait);
      if (outcome == Pull::kEnd) exhausted_ = true;
      if (outcome != Pull::kSample) return false;
      *entry = Flight::Entry();
      entry->sample = std::move(item.sample);
      entry->position = item.position;
      entry->tests = test_sets_.Take(&entry->sample);
    }
    return true;
  }
}

// A quarter as many at once for each time that the next sample was under way
// when the connection broke.
size_t Stream::SamplesMaxNow() const {
  if (again_.empty()) return window_;
  const int shift = std::min(2 * again_.front().departures_count, 62);
  return std::max<size_t>(1, window_ >> shift);
}

bool Stream::FillMessage(const PullFunction& pull, v1::VerifyRequest* request) {
  size_t bytes = 0;
  while (request->samples_size() < kMessageSamplesMax &&
         bytes < kMessageBytesMax) {
    const bool first = request->samples_size() == 0;
    flight_.SetSamplesMax(SamplesMaxNow());
    if (first ? !flight_.WaitForRoom() : !flight_.HasRoom()) break;
    Flight::Entry entry;
    if (!NextEntry(pull, /*may_wait=*/first, &entry)) break;
    v1::Sample wire = test_sets_.Give(entry.sample, entry.tests, entry.whole,
                                      SampleBytesMax());
    entry.bytes = wire.ByteSizeLong();
    if (RefuseHere(entry, entry.bytes)) continue;
    if (!first && bytes + entry.bytes > kMessageBytesMax) {
      again_.push_front(std::move(entry));  // Begins the next message.
      break;
    }
    bytes += entry.bytes;
    test_sets_.CountSent(wire, entry.tests);
    *request->add_samples() = std::move(wire);
    flight_.Depart(std::move(entry));
  }
  return request->samples_size() > 0;
}

void Stream::Write(Rpc* rpc, const PullFunction& pull) {
  for (;;) {
    v1::VerifyRequest request;
    if (!FillMessage(pull, &request)) break;
    if (!rpc->Write(request)) return;
    if (again_.empty() && exhausted_) break;
  }
  if (exhausted_ && again_.empty()) rpc->WritesDone();
}

void Stream::TakeReport(v1::Report* report) {
  std::optional<Flight::Entry> entry = flight_.Arrive(report->ordinal());
  if (!entry) return;  // Answered already: a second report is no report.
  report_came_ = true;
  const std::lock_guard<std::mutex> lock(push_mutex_);
  if (report->cause() == v1::CAUSE_CANCELLED &&
      entry->departures_count < kDeparturesMax) {
    cancelled_.push_back(*std::move(entry));  // The server is stopping.
    return;
  }
  if (report->cause() == v1::CAUSE_INVALID_SAMPLE && entry->tests != nullptr &&
      !entry->whole && absl::StartsWith(report->reason(), kUnknownTestSet)) {
    entry->whole = true;  // The server made room for others.
    test_sets_.Lost();
    cancelled_.push_back(*std::move(entry));
    return;
  }
  report->set_id(ReportId(entry->sample.id()));
  report->set_ordinal(entry->position);
  Push(*report);
}

void Stream::ReadAll(Rpc* rpc) {
  v1::VerifyResponse response;
  while (rpc->Read(&response)) {
    retry_.Heard();
    for (v1::Report& report : *response.mutable_reports()) {
      TakeReport(&report);
    }
  }
  flight_.Stop();
}

grpc::Status Stream::RunOnce(v1::Verifier::Stub* stub, const PullFunction& pull,
                             grpc::ClientContext* context) {
  flight_.Reset();
  report_came_ = false;
  auto rpc = stub->VerifyStream(context);
  const CancelOnInterrupt watch(context, options_.retry.interrupted,
                                [this] { flight_.Stop(); });
  std::thread reader([&] { ReadAll(rpc.get()); });
  Write(rpc.get(), pull);
  if (!exhausted_ || !again_.empty() || push_failed_.load()) {
    context->TryCancel();
  }
  reader.join();
  return rpc->Finish();
}

// `counts`: whether the samples under way may have broken the connection.
void Stream::SendAgainWhatIsLeft(bool counts) {
  std::vector<Flight::Entry> left = flight_.TakeAll();
  for (Flight::Entry& entry : left) {
    if (!counts) --entry.departures_count;
  }
  for (Flight::Entry& entry : cancelled_) left.push_back(std::move(entry));
  cancelled_.clear();
  for (Flight::Entry& entry : again_) left.push_back(std::move(entry));
  again_.assign(std::make_move_iterator(left.begin()),
                std::make_move_iterator(left.end()));
}

absl::Status Stream::Run(const PullFunction& pull, const PushFunction& push) {
  push_ = &push;
  retry_.Heard();
  const std::shared_ptr<grpc::Channel> channel = server_->NewChannel();
  const auto stub = v1::Verifier::NewStub(channel);
  for (;;) {
    if (retry_.interrupted()) return absl::CancelledError("interrupted");
    grpc::ClientContext context;
    absl::Duration pushback;
    grpc::Status status = Connect(stub.get(), channel);
    report_came_ = false;
    if (status.ok()) {
      status = RunOnce(stub.get(), pull, &context);
      pushback = Pushback(context);
      SendAgainWhatIsLeft(/*counts=*/pushback == absl::ZeroDuration());
      if (!push_status_.ok()) return push_status_;
      if (retry_.interrupted()) return absl::CancelledError("interrupted");
      if (exhausted_ && again_.empty()) return absl::OkStatus();
    }
    if (!IsTransient(status.error_code())) return FromGrpc(status);
    if (report_came_) retry_.Succeeded();
    const absl::Status waited = retry_.Wait(status, pushback);
    if (!waited.ok()) return waited;
  }
}

}  // namespace assay::cli
