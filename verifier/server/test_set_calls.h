// The two calls about test sets: FindMissing and Put.
//
//   FindMissing(edge, request, response);
//   return PutCall::Start(edge, response);
//
// A Put holds what it was sent, reserved in the store, until the last chunk;
// then the bytes are checked against the digest, decoded, one test set at a
// time in the whole service, and kept.
// Errors: see proto/assay/v1/test_set.proto.
// Threads: reactions run on gRPC's threads, one at a time for a call.
// Ownership: the call owns itself until OnDone.
#ifndef VERIFIER_SERVER_TEST_SET_CALLS_H_
#define VERIFIER_SERVER_TEST_SET_CALLS_H_

#include <string>

#include "grpcpp/grpcpp.h"
#include "proto/assay/v1/test_set.pb.h"
#include "verifier/server/digest.h"
#include "verifier/server/edge.h"

namespace assay::server {

inline constexpr int kFindMissingMax = 1000;

grpc::Status FindMissing(Edge& edge, const v1::FindMissingRequest& request,
                         v1::FindMissingResponse* response);

class PutCall final : public grpc::ServerReadReactor<v1::PutRequest> {
 public:
  static grpc::ServerReadReactor<v1::PutRequest>* Start(
      Edge& edge, grpc::CallbackServerContext* context,
      v1::PutResponse* response);

  void OnReadDone(bool ok) override;
  void OnDone() override;

 private:
  PutCall(Edge& edge, grpc::CallbackServerContext* context,
          v1::PutResponse* response)
      : edge_(edge), context_(context), response_(response) {}

  absl::Status Take();
  absl::Status Keep();
  void End(const absl::Status& status);

  Edge& edge_;
  grpc::CallbackServerContext* const context_;
  v1::PutResponse* const response_;
  v1::PutRequest chunk_;
  std::string digest_;
  std::string bytes_;
  int64_t reserved_bytes_ = 0;
};

}  // namespace assay::server

#endif  // VERIFIER_SERVER_TEST_SET_CALLS_H_
