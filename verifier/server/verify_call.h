// One Verify call: samples in, their reports out in the same order.
//
//   return UnaryCall::Start<VerifyCall>(edge, context, request, response);
//
// Errors, threads and ownership: unary_call.h.
#ifndef VERIFIER_SERVER_VERIFY_CALL_H_
#define VERIFIER_SERVER_VERIFY_CALL_H_

#include <string>
#include <string_view>
#include <vector>

#include "verifier/server/unary_call.h"

namespace assay::server {

// Texts of one response altogether; see encode.h for those of one report.
inline constexpr std::size_t kResponseTextBytesMax = std::size_t{32} << 20;

class VerifyCall final : public UnaryCall {
 public:
  using UnaryCall::UnaryCall;

 private:
  // A sample that is malformed costs itself alone.
  absl::Status Decode(std::string_view bytes,
                      std::vector<Sample>* samples) override;
  void Take(Report report) override;
  bool Encode(std::string* bytes) override;

  std::vector<Report> reports_;  // By ordinal.
};

}  // namespace assay::server

#endif  // VERIFIER_SERVER_VERIFY_CALL_H_
