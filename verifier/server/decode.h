// Wire to plain: is this a sample that a judge may see?
//
//   Decoder decoder(abilities, &test_sets);
//   Decoded decoded = decoder.Decode(bytes, /*ordinal=*/7);
//   if (decoded.sample) Admit(*std::move(decoded.sample));
//   else Send(decoded.refusal);  // NO_VERDICT, INVALID_SAMPLE
//
// A refusal names the field: "code.limits.time_limit_ms: 0, at least 1"; it
// carries the sample's id, problem, source and labels where they are valid.
// What is checked here is all that judges may rely on: UTF-8, bounds, counts,
// enums, limits, JSON. NUL bytes stay in texts, never in names and labels.
// Code samples get an identity, a digest of all their bytes but those that are
// echoed, unless they ask to run afresh.
//
// Threads: Decode is const and may be called by any thread.
// Trust: the bytes are hostile. Time is linear in them.
#ifndef VERIFIER_SERVER_DECODE_H_
#define VERIFIER_SERVER_DECODE_H_

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "proto/assay/v1/sample.pb.h"
#include "verifier/report.h"
#include "verifier/sample.h"
#include "verifier/server/bounds.h"
#include "verifier/server/test_sets.h"
#include "verifier/server/wire.h"

namespace assay::server {

// Either a sample, or a report that refuses it.
struct Decoded {
  std::optional<Sample> sample;
  Report refusal;
};

class Decoder {
 public:
  // `test_sets` outlives the decoder; null: every test set is unknown.
  explicit Decoder(const Abilities& abilities,
                   TestSetStore* test_sets = nullptr);
  Decoded Decode(std::string_view bytes, uint64_t ordinal) const;
  // A TestSet in wire form. INVALID_ARGUMENT names the field.
  absl::StatusOr<TestSet> DecodeTestSet(std::string_view bytes) const;

 private:
  absl::Status Convert(v1::Sample& wire, Sample* sample) const;
  // Of a code sample that names a test set.
  absl::Status DecodeNaming(v1::CodeSample& wire, CodeSample* code) const;

  const Bounds bounds_;
  TestSetStore* const test_sets_;
  std::set<std::string> languages_;
  WireBounds wire_bounds_;
};

}  // namespace assay::server

#endif  // VERIFIER_SERVER_DECODE_H_
