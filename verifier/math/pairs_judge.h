// Decides packed pairs, each by itself.
//
//   PairsJudge judge(world);
//   std::vector<PairFinding> findings;
//   if (!judge.Decide(pairs, cancelled, &findings)) ...   // cancelled
//
// Where the world has a queue for a device, the evaluation of many pairs goes
// to it together; the findings are the same.
//
// Errors: a pair that cannot be decided has a cause in its finding.
// Threads: one.
#ifndef VERIFIER_MATH_PAIRS_JUDGE_H_
#define VERIFIER_MATH_PAIRS_JUDGE_H_

#include <atomic>
#include <memory>
#include <optional>
#include <vector>

#include "verifier/math/answer_judge.h"
#include "verifier/math/batched_evaluator.h"
#include "verifier/math/kept_findings.h"
#include "verifier/math/world.h"
#include "verifier/report.h"
#include "verifier/sample.h"

namespace assay::math {

class PairsJudge {
 public:
  explicit PairsJudge(std::shared_ptr<const MathWorld> world);

  // False: cancelled, and `findings` are of no use.
  bool Decide(const MathPairs& batch, const std::atomic<bool>& cancelled,
              std::vector<PairFinding>* findings);

 private:
  // By the judge of this number, which is made anew where it threw.
  PairFinding DecideOne(const MathPairs& batch, const MathPairs::Pair& pair,
                        size_t judge, const std::atomic<bool>& cancelled);

  std::shared_ptr<const MathWorld> world_;
  std::optional<KeptFindings> kept_;
  std::unique_ptr<BatchedEvaluator> batched_;  // Null where nothing is batched.
  std::vector<std::unique_ptr<AnswerJudge>> judges_;
};

}  // namespace assay::math

#endif  // VERIFIER_MATH_PAIRS_JUDGE_H_
