// What is kept of a decision where many pairs come at once.
//
//   PairFinding f = FindingOf(judge.Decide(question, cancelled, &explain));
//
// Threads: pure.
#ifndef VERIFIER_MATH_PAIR_FINDINGS_H_
#define VERIFIER_MATH_PAIR_FINDINGS_H_

#include <string_view>

#include "verifier/math/answer_judge.h"
#include "verifier/report.h"

namespace assay::math {

// Of the names that findings use; kUnspecified where there is none.
Rung RungOf(std::string_view name);

PairFinding FindingOf(const Decision& decision);
// NO_VERDICT with its cause.
PairFinding Refused(Cause cause);

}  // namespace assay::math

#endif  // VERIFIER_MATH_PAIR_FINDINGS_H_
