// One Verify call: a batch in, its reports out in the same order.
//
//   return UnaryCall::Start(edge, context, request, response);
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
#include <vector>

#include "grpcpp/grpcpp.h"
#include "verifier/report.h"
#include "verifier/server/edge.h"

namespace assay::server {

inline constexpr char kPushbackTrailer[] = "grpc-retry-pushback-ms";
inline constexpr absl::Duration kPushbackMin = absl::Milliseconds(50);
inline constexpr absl::Duration kPushbackMax = absl::Seconds(30);
// Texts of one response altogether; see encode.h for those of one report.
inline constexpr std::size_t kResponseTextBytesMax = std::size_t{32} << 20;

class UnaryCall final : public grpc::ServerUnaryReactor,
                        public std::enable_shared_from_this<UnaryCall> {
 public:
  static grpc::ServerUnaryReactor* Start(Edge& edge,
                                         grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* request,
                                         grpc::ByteBuffer* response);

  UnaryCall(Edge& edge, grpc::CallbackServerContext* context,
            grpc::ByteBuffer* response)
      : edge_(edge), context_(context), response_(response) {}

  void OnCancel() override;
  void OnDone() override;

 private:
  absl::Status Run(const grpc::ByteBuffer& request);
  // Fills reports_ with refusals and `samples` with the rest.
  absl::Status Decode(const grpc::ByteBuffer& request,
                      std::vector<Sample>* samples);
  absl::Status Admit(std::vector<Sample> samples);
  void OnReport(Report report);
  void Respond();

  Edge& edge_;
  grpc::CallbackServerContext* const context_;
  grpc::ByteBuffer* const response_;
  std::shared_ptr<UnaryCall> self_;
  uint64_t farm_call_ = 0;  // Written before the farm may answer.

  std::mutex mutex_;
  std::vector<Report> reports_;  // By ordinal.
  std::size_t missing_ = 0;
};

}  // namespace assay::server

#endif  // VERIFIER_SERVER_UNARY_CALL_H_
