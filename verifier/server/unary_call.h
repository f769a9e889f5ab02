// A unary call that verifies a batch: all of it in, all reports, one answer.
//
//   class VerifyCall final : public UnaryCall { ... };
//   return UnaryCall::Start<VerifyCall>(edge, context, request, response);
//
// Decode all, admit all or nothing, answer when the last report is there.
// Errors: INVALID_ARGUMENT (empty, malformed or too large a batch),
// RESOURCE_EXHAUSTED with the trailer `grpc-retry-pushback-ms`,
// DEADLINE_EXCEEDED, CANCELLED, UNAVAILABLE (stopping).
// Threads: reactions run on gRPC's threads, reports arrive on the farm's.
// Ownership: the call owns itself until OnDone.
#ifndef VERIFIER_SERVER_UNARY_CALL_H_
#define VERIFIER_SERVER_UNARY_CALL_H_

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "grpcpp/grpcpp.h"
#include "verifier/report.h"
#include "verifier/server/edge.h"

namespace assay::server {

inline constexpr char kPushbackTrailer[] = "grpc-retry-pushback-ms";
inline constexpr absl::Duration kPushbackMin = absl::Milliseconds(50);
inline constexpr absl::Duration kPushbackMax = absl::Seconds(30);

class UnaryCall : public grpc::ServerUnaryReactor,
                  public std::enable_shared_from_this<UnaryCall> {
 public:
  template <typename Call>
  static grpc::ServerUnaryReactor* Start(Edge& edge,
                                         grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* request,
                                         grpc::ByteBuffer* response) {
    return Begin(std::make_shared<Call>(edge, context, response), *request);
  }

  UnaryCall(Edge& edge, grpc::CallbackServerContext* context,
            grpc::ByteBuffer* response)
      : edge_(edge), context_(context), response_(response) {}

  void OnCancel() final;
  void OnDone() final;

 protected:
  Edge& edge() { return edge_; }

  // Wire to samples; the bytes are gone when it returns. What it refuses by
  // itself is answered without the farm.
  virtual absl::Status Decode(std::string_view bytes,
                              std::vector<Sample>* samples) = 0;
  // One at a time, under a lock.
  virtual void Take(Report report) = 0;
  // After the last Take. False: the answer is too large for a message.
  virtual bool Encode(std::string* bytes) = 0;

 private:
  static grpc::ServerUnaryReactor* Begin(std::shared_ptr<UnaryCall> call,
                                         const grpc::ByteBuffer& request);
  absl::Status Run(const grpc::ByteBuffer& request);
  absl::Status Admit(std::vector<Sample> samples);
  void OnReport(Report report);
  void Respond();

  Edge& edge_;
  grpc::CallbackServerContext* const context_;
  grpc::ByteBuffer* const response_;
  std::shared_ptr<UnaryCall> self_;
  uint64_t farm_call_ = 0;  // Written before the farm may answer.

  std::mutex mutex_;
  std::size_t missing_ = 0;
};

}  // namespace assay::server

#endif  // VERIFIER_SERVER_UNARY_CALL_H_
