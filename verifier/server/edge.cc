#include "verifier/server/edge.h"

namespace assay::server {

void Edge::Enter(std::shared_ptr<Stoppable> stream) {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    streams_[stream.get()] = stream;
  }
  if (stopping_) stream->Stop();
}

void Edge::Leave(Stoppable* stream) {
  std::lock_guard<std::mutex> lock(mutex_);
  streams_.erase(stream);
}

void Edge::StopStreams() {
  stopping_ = true;
  std::vector<std::shared_ptr<Stoppable>> open;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    for (auto& [address, stream] : streams_) {
      if (auto alive = stream.lock()) open.push_back(std::move(alive));
    }
  }
  for (const auto& stream : open) stream->Stop();
}

grpc::Status ToGrpc(const absl::Status& status) {
  return grpc::Status(static_cast<grpc::StatusCode>(status.code()),
                      std::string(status.message()));
}

absl::Time DeadlineOf(const grpc::CallbackServerContext& context) {
  const auto deadline = context.deadline();
  if (deadline == std::chrono::system_clock::time_point::max()) {
    return absl::InfiniteFuture();
  }
  return absl::FromChrono(deadline);
}

}  // namespace assay::server
