// What does the end of a run say of the candidate?
//
//   Finding f = FindingOf(result, limits);
//   if (f.verdict == Verdict::kAccepted) ...  // It ran to its end, exit 0.
//
// kNoVerdict is our fault or the host's, or a cancelled run; f.cause says
// which. Threads: pure functions.
#ifndef VERIFIER_CODE_OUTCOME_H_
#define VERIFIER_CODE_OUTCOME_H_

#include <string>

#include "sandbox/result.h"
#include "verifier/report.h"
#include "verifier/sample.h"

namespace assay::code {

struct Finding {
  Verdict verdict = Verdict::kUnspecified;
  Cause cause = Cause::kUnspecified;
  std::string reason;
};

Finding FindingOf(const sandbox::RunResult& result, const RunLimits& limits);

RunUsage UsageOf(const sandbox::RunResult& result);

// The first kHeadBytes of a text.
inline constexpr size_t kHeadBytes = 4096;
std::string Head(const std::string& text);

// One line of well-formed UTF-8 without control characters, of at most `bytes`
// bytes of `text`, for a reason.
std::string OneLine(std::string_view text, size_t bytes = 200);

}  // namespace assay::code

#endif  // VERIFIER_CODE_OUTCOME_H_
