// Plain to wire: reports and capabilities.
//
//   v1::Report wire;
//   EncodeReport(report, kTextBudgetBytes, &wire);
//
// Judges hand on what candidates wrote; here every text becomes UTF-8 and is
// cut to its bound, so that no client fails to parse a report and none is
// larger than it can read. The score is present where the verdict has one.
//
// Threads: pure functions.
#ifndef VERIFIER_SERVER_ENCODE_H_
#define VERIFIER_SERVER_ENCODE_H_

#include <cstddef>

#include "proto/assay/v1/report.pb.h"
#include "proto/assay/v1/verifier.pb.h"
#include "verifier/report.h"
#include "verifier/server/bounds.h"

namespace assay::server {

// One text of a report: a reason, an answer, a head of output.
inline constexpr std::size_t kTextBytesMax = 4096;
// The per-test texts and the explanation of one report altogether; what is
// beyond it is left out (heads of output are then marked truncated).
inline constexpr std::size_t kTextBudgetBytes = std::size_t{1} << 20;
inline constexpr int kExplanationLinesMax = 1000;

void EncodeReport(const Report& report, std::size_t text_budget_bytes,
                  v1::Report* wire);
void EncodeCapabilities(const Abilities& abilities, v1::Capabilities* wire);

}  // namespace assay::server

#endif  // VERIFIER_SERVER_ENCODE_H_
