// Is this candidate equal to one of these golds?
//
//   AnswerJudge judge(world);
//   Decision d = judge.Decide(question, cancelled, &explain);
//   d.verdict;  // kAccepted
//
// Extraction of both, the readings of each, the ladder; the first gold that
// is equal decides, else the one that came nearest.
//
// Threads: of one lane. Bounds: kGoldsMax golds; the ladder's budget a gold.
#ifndef VERIFIER_MATH_ANSWER_JUDGE_H_
#define VERIFIER_MATH_ANSWER_JUDGE_H_

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/types/span.h"
#include "verifier/math/candidates.h"
#include "verifier/math/exact.h"
#include "verifier/math/explain.h"
#include "verifier/math/extract.h"
#include "verifier/math/finding.h"
#include "verifier/math/kept_findings.h"
#include "verifier/math/world.h"
#include "verifier/sample.h"

namespace assay::math {

inline constexpr size_t kGoldsMax = 16;

struct Question {
  std::string_view candidate;
  bool is_response = false;
  absl::Span<const std::string_view> golds;  // At least one.
  absl::Span<const std::string> options;
  bool choice = false;
  std::string_view text;  // The problem's; for the explanation only.
  MathPolicy policy;
};

struct Decision {
  Verdict verdict = Verdict::kUnspecified;
  Cause cause = Cause::kUnspecified;  // Of kNoVerdict alone.
  std::string reason;
  std::optional<Finding> finding;
  Extraction answer;
  std::string gold_text;  // Clipped.
  uint64_t operations_count = 0;
};

class AnswerJudge {
 public:
  explicit AnswerJudge(std::shared_ptr<const MathWorld> world)
      : world_(std::move(world)), evaluator_(world_->evaluator.get()) {}

  // From here on texts that are in `kept`, of this judge or another one of
  // this thread, are not compared again, and findings have neither reason nor
  // notes nor witness. Not for explanations. It outlives the judge.
  void KeepFindings(KeptFindings* kept) { kept_ = kept; }
  // Evaluates by another evaluator than the world's, which outlives the judge.
  void EvaluateBy(const kernels::Evaluator* evaluator) {
    evaluator_ = evaluator;
  }

  // `explain` may be one that is not wanted, never null; wanted ones take the
  // long way. Cancelled: kNoVerdict, kCancelled.
  Decision Decide(const Question& question, const std::atomic<bool>& cancelled,
                  Explanation* explain);

 private:
  // The short cuts, then what was kept, then the texts themselves.
  Finding Compare(const Question& question, std::string_view gold,
                  std::string_view answer, Budget* budget, Explanation* explain,
                  Fault* fault);
  Finding CompareTexts(const Question& question, std::string_view gold,
                       std::string_view answer, Budget* budget,
                       Explanation* explain, Fault* fault);
  // Part by part, in order; nothing where neither text has numbered parts.
  std::optional<Finding> CompareParts(const Question& question,
                                      std::string_view gold,
                                      std::string_view answer, Budget* budget,
                                      Explanation* explain, Fault* fault);

  std::shared_ptr<const MathWorld> world_;
  Arena arena_;
  const kernels::Evaluator* evaluator_;
  KeptFindings* kept_ = nullptr;
};

}  // namespace assay::math

#endif  // VERIFIER_MATH_ANSWER_JUDGE_H_
