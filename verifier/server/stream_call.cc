#include "verifier/server/stream_call.h"

#include <string>
#include <utility>

#include "absl/time/clock.h"
#include "proto/assay/v1/verifier.pb.h"
#include "verifier/server/encode.h"
#include "verifier/server/log.h"
#include "verifier/server/wire.h"

namespace assay::server {

class StreamCall::Lock {
 public:
  explicit Lock(StreamCall* call) : call_(*call), lock_(call->mutex_) {}
  ~Lock() {
    const int64_t bytes = std::exchange(call_.returned_bytes_, 0);
    lock_.unlock();
    if (bytes > 0) call_.edge_.messages().GiveBack(bytes);
  }
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;

 private:
  StreamCall& call_;
  std::unique_lock<std::mutex> lock_;
};

grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* StreamCall::Start(
    Edge& edge, grpc::CallbackServerContext* context) {
  auto call = std::make_shared<StreamCall>(edge, context);
  call->self_ = call;
  call->farm_call_ = edge.farm().Open(
      DeadlineOf(*context),
      [call](Report report) { call->OnReport(std::move(report)); });
  {
    const Lock lock(call.get());
    call->Advance();
  }
  edge.Enter(call);
  return call.get();
}

void StreamCall::OnReadDone(bool ok) {
  const auto self = shared_from_this();
  const Lock lock(this);
  reading_ = false;
  if (!ok) {
    half_closed_ = true;
  } else {
    asked_bytes_ = static_cast<int64_t>(read_buffer_.Length());
    asking_ =
        !edge_.messages().Take(asked_bytes_, [self] { self->OnGranted(); });
    if (!asking_) OpenMessage();
  }
  Advance();
}

void StreamCall::OnGranted() {
  const auto self = shared_from_this();
  const Lock lock(this);
  asking_ = false;
  OpenMessage();
  Advance();
}

void StreamCall::OpenMessage() {
  granted_bytes_ = asked_bytes_;
  next_ = 0;
  if (cancelled_) {
    ReleaseMessage();
  } else if (!read_buffer_.DumpToSingleSlice(&message_).ok()) {
    failure_ = absl::InvalidArgumentError("the request cannot be read");
  } else {
    auto split = SplitRequest(
        std::string_view(reinterpret_cast<const char*>(message_.begin()),
                         message_.size()),
        static_cast<std::size_t>(edge_.bounds().batch_samples_max));
    if (split.ok()) {
      unread_ = *std::move(split);
    } else {
      failure_ = split.status();
    }
  }
  read_buffer_.Clear();
}

void StreamCall::ReleaseMessage() {
  unread_.clear();
  next_ = 0;
  message_ = grpc::Slice();
  returned_bytes_ += std::exchange(granted_bytes_, 0);
}

void StreamCall::OnWriteDone(bool ok) {
  const auto self = shared_from_this();
  {
    const Lock lock(this);
    writing_ = false;
    window_used_ -= in_write_;
    in_write_ = 0;
    write_buffer_.Clear();
    if (ok) {
      Advance();
      return;
    }
  }
  CancelSamples("the client cannot be written to");
}

void StreamCall::OnCancel() {
  CancelSamples(DeadlineOf(*context_) <= absl::Now()
                    ? "the deadline passed"
                    : "the client cancelled or went away");
}

void StreamCall::CancelSamples(std::string_view why) {
  const auto self = shared_from_this();
  {
    std::lock_guard<std::mutex> lock(mutex_);
    cancelled_ = true;
  }
  edge_.farm().Cancel(farm_call_, why);
  const Lock lock(this);
  Advance();
}

void StreamCall::Stop() {
  const auto self = shared_from_this();
  const Lock lock(this);
  stopping_ = true;
  Advance();
}

void StreamCall::OnReport(Report report) {
  const auto self = shared_from_this();
  const Lock lock(this);
  --in_farm_;
  done_.push_back(std::move(report));
  Advance();
}

void StreamCall::OnRoom() {
  const auto self = shared_from_this();
  const Lock lock(this);
  awaiting_ = false;
  Advance(/*woken=*/true);
}

void StreamCall::OnDone() {
  edge_.Leave(this);
  std::shared_ptr<StreamCall> self;
  std::lock_guard<std::mutex> lock(mutex_);
  self.swap(self_);
}

void StreamCall::Advance(bool woken) {
  if (finished_) return;
  AdmitMore(woken);
  if (cancelled_) {
    window_used_ -= static_cast<int64_t>(done_.size());
    done_.clear();
    parked_.reset();
    unread_.clear();
    next_ = 0;
    if (asking_) read_buffer_.Clear();
  } else if (stopping_) {
    RefuseUnread();
  }
  if (!HasUnread()) ReleaseMessage();
  ReadMore();
  WriteMore();
  FinishIfOver();
}

void StreamCall::DecodeNext() {
  Decoded decoded = edge_.decoder().Decode(unread_[next_++], next_ordinal_++);
  ++window_used_;
  if (decoded.sample.has_value()) {
    parked_ = *std::move(decoded.sample);
    const int64_t cost = farm::CostBytes(*parked_);
    costs_[parked_->ordinal] = cost;
    window_bytes_ += cost;
  } else {
    done_.push_back(std::move(decoded.refusal));
  }
}

bool StreamCall::WindowIsFull() const {
  return window_used_ >= edge_.bounds().stream_window_samples ||
         window_bytes_ >= kWindowBytesMax;
}

void StreamCall::AdmitMore(bool woken) {
  farm::Farm& farm = edge_.farm();
  while (!cancelled_ && !stopping_ && !awaiting_ && HasUnread()) {
    if (!parked_.has_value()) {
      if (WindowIsFull()) return;
      DecodeNext();
      continue;
    }
    const int64_t cost = farm::CostBytes(*parked_);
    std::vector<Sample> one;
    one.push_back(*std::move(parked_));
    const absl::Status status = farm.Admit(farm_call_, one, woken);
    woken = false;
    if (status.ok()) {
      parked_.reset();
      ++in_farm_;
      continue;
    }
    parked_ = std::move(one.front());
    if (status.code() == absl::StatusCode::kUnavailable) {
      stopping_ = true;
    } else if (status.code() != absl::StatusCode::kResourceExhausted) {
      return;  // Cancelled: OnCancel is on its way.
    } else {
      awaiting_ = farm.AwaitRoom(
          farm_call_, cost, [self = shared_from_this()] { self->OnRoom(); });
    }
  }
}

void StreamCall::RefuseUnread() {
  while (HasUnread()) {
    if (!parked_.has_value()) DecodeNext();
    if (!parked_.has_value()) continue;
    Report report = Report::For(*parked_);
    report.Refuse(Cause::kCancelled, "the server is stopping");
    done_.push_back(std::move(report));
    parked_.reset();
  }
}

void StreamCall::ReadMore() {
  if (reading_ || asking_ || half_closed_ || Ending() || HasUnread()) return;
  if (WindowIsFull()) return;
  reading_ = true;
  StartRead(&read_buffer_);
}

void StreamCall::WriteMore() {
  if (writing_ || cancelled_ || done_.empty()) return;
  v1::VerifyResponse wire;
  std::size_t bytes = 0;
  while (!done_.empty() && wire.reports_size() < kResponseReportsMax &&
         bytes < kResponseBytesMax) {
    EncodeReport(done_.front(), kTextBudgetBytes, wire.add_reports());
    bytes += wire.reports(wire.reports_size() - 1).ByteSizeLong();
    const auto cost = costs_.find(done_.front().ordinal);
    if (cost != costs_.end()) {
      window_bytes_ -= cost->second;
      costs_.erase(cost);
    }
    done_.pop_front();
  }
  in_write_ = wire.reports_size();
  std::string text;
  wire.SerializeToString(&text);
  grpc::Slice slice(text);
  write_buffer_ = grpc::ByteBuffer(&slice, 1);
  writing_ = true;
  StartWrite(&write_buffer_);
}

void StreamCall::FinishIfOver() {
  if (finished_ || writing_ || in_farm_ > 0 || !done_.empty()) return;
  if (!cancelled_ && (asking_ || HasUnread())) return;
  if (!half_closed_ && !Ending()) return;
  finished_ = true;
  edge_.farm().Close(farm_call_);
  if (cancelled_) {
    Finish(DeadlineOf(*context_) <= absl::Now()
               ? grpc::Status(grpc::StatusCode::DEADLINE_EXCEEDED,
                              "the deadline passed")
               : grpc::Status(grpc::StatusCode::CANCELLED, "cancelled"));
  } else if (!failure_.ok()) {
    Finish(ToGrpc(failure_));
  } else if (!half_closed_) {
    Finish(
        grpc::Status(grpc::StatusCode::UNAVAILABLE, "the server is stopping"));
  } else {
    Finish(grpc::Status::OK);
  }
}

}  // namespace assay::server
