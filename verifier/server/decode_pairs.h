// Packed pairs, wire to plain and back: proto/assay/v1/pairs.proto.
//
//   absl::StatusOr<MathPairs> batch = DecodePairs(bytes, bounds);
//   v1::VerifyPairsResponse response = EncodePairs(findings);
//
// Errors: INVALID_ARGUMENT names the field; the caller mends the call. A pair
// whose text is not UTF-8, or that is larger than a sample may be, is marked
// as malformed and costs itself alone.
// Threads: pure. Trust: the bytes are hostile. Time is linear in them.
#ifndef VERIFIER_SERVER_DECODE_PAIRS_H_
#define VERIFIER_SERVER_DECODE_PAIRS_H_

#include <string_view>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "proto/assay/v1/pairs.pb.h"
#include "verifier/report.h"
#include "verifier/sample.h"
#include "verifier/server/bounds.h"

namespace assay::server {

// At least one pair; the texts live as long as MathPairs::texts.
absl::StatusOr<MathPairs> DecodePairs(std::string_view bytes,
                                      const Bounds& bounds);

v1::VerifyPairsResponse EncodePairs(absl::Span<const PairFinding> findings);

}  // namespace assay::server

#endif  // VERIFIER_SERVER_DECODE_PAIRS_H_
