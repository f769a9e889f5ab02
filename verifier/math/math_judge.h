// Judges mathematics samples: extract, parse, climb the ladder, decide.
//
//   auto world = MakeMathWorld(MathOptions());
//   std::unique_ptr<Judge> judge = MakeMathJudge(*world);
//   Report report = judge->Verify(sample, cancelled);
//
// Errors: none escape Verify; see verifier/judge.h.
// Threads: a MathWorld is immutable and shared; a judge belongs to one lane.
#ifndef VERIFIER_MATH_MATH_JUDGE_H_
#define VERIFIER_MATH_MATH_JUDGE_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "kernels/evaluator.h"
#include "verifier/judge.h"

namespace assay::math {

struct MathOptions {
  // A secret of at least 16 bytes from which points and primes are drawn;
  // drawn from the system where empty. Tests fix it.
  std::string secret;
  // Asks further rungs also where one has decided, so that they may
  // contradict it; else so for one pair in 64. For tests.
  bool cross_check = false;
  // Of many pairs at once, those whose texts were compared lately are not
  // compared again (kept_findings.h).
  bool keep_findings = true;
  // Makes what evaluates tapes; the host does where it is empty. Of many pairs
  // at once, large evaluations go to it in batches where it wants them.
  std::function<std::unique_ptr<kernels::Evaluator>()> make_evaluator;
  // All of it goes in batches, however small, to whatever evaluates. For
  // tests.
  bool batch_all = false;
};

class MathWorld;  // Secret primes, points and the evaluator.

absl::StatusOr<std::shared_ptr<const MathWorld>> MakeMathWorld(
    const MathOptions& options);

// "host" or "cuda:NAME".
std::vector<std::string> Evaluators(const MathWorld& world);

std::unique_ptr<Judge> MakeMathJudge(std::shared_ptr<const MathWorld> world);

}  // namespace assay::math

#endif  // VERIFIER_MATH_MATH_JUDGE_H_
