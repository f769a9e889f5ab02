#include "verifier/server/unary_call.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "proto/assay/v1/verifier.pb.h"
#include "verifier/server/encode.h"
#include "verifier/server/log.h"
#include "verifier/server/wire.h"

namespace assay::server {

grpc::ServerUnaryReactor* UnaryCall::Start(Edge& edge,
                                           grpc::CallbackServerContext* context,
                                           const grpc::ByteBuffer* request,
                                           grpc::ByteBuffer* response) {
  auto call = std::make_shared<UnaryCall>(edge, context, response);
  call->self_ = call;
  const absl::Status status = call->Run(*request);
  if (!status.ok()) {
    Log(LogLevel::kInfo, "call_refused",
        {{"code", absl::StatusCodeToString(status.code())},
         {"reason", std::string(status.message())}});
    call->Finish(ToGrpc(status));
  }
  return call.get();
}

absl::Status UnaryCall::Run(const grpc::ByteBuffer& request) {
  if (edge_.stopping()) return absl::UnavailableError("the server is stopping");
  if (DeadlineOf(*context_) <= absl::Now()) {
    return absl::DeadlineExceededError("the deadline is in the past");
  }
  std::vector<Sample> samples;
  absl::Status status = Decode(request, &samples);
  if (!status.ok()) return status;
  // gRPC would keep its bytes until the call ends.
  const_cast<grpc::ByteBuffer&>(request).Clear();
  if (samples.empty()) {
    Respond();
    return absl::OkStatus();
  }
  return Admit(std::move(samples));
}

absl::Status UnaryCall::Decode(const grpc::ByteBuffer& request,
                               std::vector<Sample>* samples) {
  grpc::Slice bytes;
  if (!request.DumpToSingleSlice(&bytes).ok()) {
    return absl::InvalidArgumentError("the request cannot be read");
  }
  const auto split = SplitRequest(
      std::string_view(reinterpret_cast<const char*>(bytes.begin()),
                       bytes.size()),
      static_cast<std::size_t>(edge_.bounds().batch_samples_max));
  if (!split.ok()) return split.status();
  if (split->empty()) {
    return absl::InvalidArgumentError("an empty batch: give samples");
  }
  reports_.resize(split->size());
  for (std::size_t i = 0; i < split->size(); ++i) {
    Decoded decoded = edge_.decoder().Decode((*split)[i], i);
    if (decoded.sample.has_value()) {
      samples->push_back(*std::move(decoded.sample));
    } else {
      reports_[i] = std::move(decoded.refusal);
    }
  }
  return absl::OkStatus();
}

absl::Status UnaryCall::Admit(std::vector<Sample> samples) {
  farm::Farm& farm = edge_.farm();
  if (!farm.CouldFit(samples)) {
    return absl::InvalidArgumentError(
        "the batch is larger than the queue: split it, or use VerifyStream");
  }
  missing_ = samples.size();
  farm_call_ = farm.Open(
      DeadlineOf(*context_),
      [self = shared_from_this()](Report r) { self->OnReport(std::move(r)); });
  const absl::Status status = farm.Admit(farm_call_, samples);
  farm.Close(farm_call_);
  if (status.code() == absl::StatusCode::kResourceExhausted) {
    const absl::Duration wait =
        std::clamp(farm.BacklogTime(), kPushbackMin, kPushbackMax);
    context_->AddTrailingMetadata(
        kPushbackTrailer, absl::StrCat(absl::ToInt64Milliseconds(wait)));
  }
  return status;
}

void UnaryCall::OnReport(Report report) {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    const std::size_t place = report.ordinal;
    reports_[place] = std::move(report);
    if (--missing_ > 0) return;
  }
  Respond();
}

void UnaryCall::Respond() {
  if (DeadlineOf(*context_) <= absl::Now()) {
    Finish(grpc::Status(grpc::StatusCode::DEADLINE_EXCEEDED,
                        "the deadline passed"));
    return;
  }
  if (context_->IsCancelled()) {
    Finish(grpc::Status(grpc::StatusCode::CANCELLED, "the caller cancelled"));
    return;
  }
  const std::size_t budget =
      std::min(kTextBudgetBytes, kResponseTextBytesMax / reports_.size());
  v1::VerifyResponse wire;
  for (const Report& report : reports_) {
    EncodeReport(report, budget, wire.add_reports());
  }
  std::string bytes;
  if (!wire.SerializeToString(&bytes)) {
    Finish(grpc::Status(grpc::StatusCode::RESOURCE_EXHAUSTED,
                        "the response is too large: send fewer samples"));
    return;
  }
  grpc::Slice slice(bytes);
  *response_ = grpc::ByteBuffer(&slice, 1);
  Finish(grpc::Status::OK);
}

void UnaryCall::OnCancel() {
  if (farm_call_ != 0) edge_.farm().Cancel(farm_call_, "the caller cancelled");
}

void UnaryCall::OnDone() { self_.reset(); }

}  // namespace assay::server
