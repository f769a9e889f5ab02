// One VerifyPairs call: packed pairs in, a byte of each kind a pair out.
//
//   return UnaryCall::Start<PairsCall>(edge, context, request, response);
//
// The pairs go to the farm in samples of kPairsOfSample, so that lanes share
// the batch and others' samples get their turn; the invariant of the farm is
// theirs. Errors, threads and ownership: unary_call.h.
#ifndef VERIFIER_SERVER_PAIRS_CALL_H_
#define VERIFIER_SERVER_PAIRS_CALL_H_

#include <string>
#include <string_view>
#include <vector>

#include "verifier/server/unary_call.h"

namespace assay::server {

// Some milliseconds of a lane's time.
inline constexpr std::size_t kPairsOfSample = 256;

class PairsCall final : public UnaryCall {
 public:
  using UnaryCall::UnaryCall;

 private:
  absl::Status Decode(std::string_view bytes,
                      std::vector<Sample>* samples) override;
  void Take(Report report) override;
  bool Encode(std::string* bytes) override;

  std::vector<PairFinding> findings_;  // By pair.
};

}  // namespace assay::server

#endif  // VERIFIER_SERVER_PAIRS_CALL_H_
