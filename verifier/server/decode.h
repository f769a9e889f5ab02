// Wire to plain: is this a sample that a judge may see?
//
//   Decoder decoder(abilities);
//   Decoded decoded = decoder.Decode(bytes, /*ordinal=*/7);
//   if (decoded.sample) Admit(*std::move(decoded.sample));
//   else Send(decoded.refusal);  // NO_VERDICT, INVALID_SAMPLE
//
// A refusal names the field: "code.limits.time_limit_ms: 0, at least 1"; it
// carries the sample's id, problem, source and labels where they are valid.
// What is checked here is all that judges may rely on: UTF-8, bounds, counts,
// enums, limits, JSON. NUL bytes stay in texts, never in names and labels.
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

#include "verifier/report.h"
#include "verifier/sample.h"
#include "verifier/server/bounds.h"
#include "verifier/server/wire.h"

namespace assay::server {

// Either a sample, or a report that refuses it.
struct Decoded {
  std::optional<Sample> sample;
  Report refusal;
};

class Decoder {
 public:
  explicit Decoder(const Abilities& abilities);
  Decoded Decode(std::string_view bytes, uint64_t ordinal) const;

 private:
  const Bounds bounds_;
  std::set<std::string> languages_;
  WireBounds wire_bounds_;
};

}  // namespace assay::server

#endif  // VERIFIER_SERVER_DECODE_H_
