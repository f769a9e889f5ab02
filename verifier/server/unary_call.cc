#include "verifier/server/unary_call.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "verifier/server/log.h"

namespace assay::server {

grpc::ServerUnaryReactor* UnaryCall::Begin(std::shared_ptr<UnaryCall> call,
                                           const grpc::ByteBuffer& request) {
  call->self_ = call;
  const absl::Status status = call->Run(request);
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
  {
    grpc::Slice bytes;
    if (!request.DumpToSingleSlice(&bytes).ok()) {
      return absl::InvalidArgumentError("the request cannot be read");
    }
    const absl::Status status = Decode(
        {reinterpret_cast<const char*>(bytes.begin()), bytes.size()}, &samples);
    if (!status.ok()) return status;
  }
  // gRPC would keep its bytes until the call ends.
  const_cast<grpc::ByteBuffer&>(request).Clear();
  if (samples.empty()) {
    Respond();
    return absl::OkStatus();
  }
  return Admit(std::move(samples));
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
    Take(std::move(report));
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
  std::string bytes;
  if (!Encode(&bytes)) {
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
