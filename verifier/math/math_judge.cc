#include "verifier/math/math_judge.h"

#include <flint/flint.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "verifier/math/answer_judge.h"
#include "verifier/math/explain.h"
#include "verifier/math/pairs_judge.h"
#include "verifier/math/world.h"

namespace assay::math {
namespace {

// FLINT keeps freed integers for each thread; they go when the thread does.
struct FlintThread {
  FlintThread() = default;
  ~FlintThread() { flint_cleanup(); }
  FlintThread(const FlintThread&) = delete;
  FlintThread& operator=(const FlintThread&) = delete;
  void Touch() const {}
};

class MathJudge : public Judge {
 public:
  explicit MathJudge(std::shared_ptr<const MathWorld> world)
      : answers_(world), pairs_(std::move(world)) {}

  Report Verify(const Sample& sample,
                const std::atomic<bool>& cancelled) override;

 private:
  void VerifyOne(const MathSample& task, bool explain,
                 const std::atomic<bool>& cancelled, Report* report);
  void VerifyPairs(const MathPairs& batch, const std::atomic<bool>& cancelled,
                   Report* report);

  AnswerJudge answers_;
  PairsJudge pairs_;
};

MathEvidence EvidenceOf(Decision* decision) {
  MathEvidence evidence;
  evidence.answer_begin_bytes = decision->answer.begin_bytes;
  evidence.answer_end_bytes = decision->answer.end_bytes;
  evidence.answer_mark = std::move(decision->answer.mark);
  evidence.answer_text = Clipped(decision->answer.text);
  evidence.gold_text = std::move(decision->gold_text);
  evidence.operations_count = decision->operations_count;
  if (!decision->finding) return evidence;
  Finding& f = *decision->finding;
  evidence.proof = f.proof;
  evidence.rung = std::string(f.rung);
  evidence.error_bound_log2 = f.error_bound_log2;
  evidence.witness = std::move(f.witness);
  evidence.policies = std::move(f.notes);
  return evidence;
}

void MathJudge::VerifyOne(const MathSample& task, bool explain,
                          const std::atomic<bool>& cancelled, Report* report) {
  if (task.golds.empty() || task.golds.size() > kGoldsMax) {
    report->Refuse(Cause::kInvalidSample, "math.gold: 1 to 16 golds");
    return;
  }
  const std::vector<std::string_view> golds(task.golds.begin(),
                                            task.golds.end());
  Question question;
  question.candidate = task.candidate;
  question.is_response = task.is_response;
  question.golds = golds;
  question.options = task.options;
  question.choice = task.choice;
  question.text = task.question;
  question.policy = task.policy;
  Explanation explanation(explain);
  Decision decision = answers_.Decide(question, cancelled, &explanation);
  if (decision.verdict == Verdict::kNoVerdict) {
    report->Refuse(decision.cause, std::move(decision.reason));
    if (decision.cause == Cause::kCancelled) return;
  } else {
    report->Decide(decision.verdict, std::move(decision.reason));
  }
  report->evidence = EvidenceOf(&decision);
  report->explanation = explanation.Take();
}

void MathJudge::VerifyPairs(const MathPairs& batch,
                            const std::atomic<bool>& cancelled,
                            Report* report) {
  PairsEvidence evidence;
  if (!pairs_.Decide(batch, cancelled, &evidence.findings)) {
    report->Refuse(Cause::kCancelled, "cancelled");
    return;
  }
  report->Decide(Verdict::kAccepted, "");
  report->evidence = std::move(evidence);
}

Report MathJudge::Verify(const Sample& sample,
                         const std::atomic<bool>& cancelled) {
  thread_local const FlintThread flint;
  flint.Touch();
  Report report = Report::For(sample);
  if (const auto* pairs = std::get_if<MathPairs>(&sample.task)) {
    VerifyPairs(*pairs, cancelled, &report);
  } else if (const auto* one = std::get_if<MathSample>(&sample.task)) {
    VerifyOne(*one, sample.explain, cancelled, &report);
  } else {
    report.Refuse(Cause::kHost, "no mathematics came to its judge");
  }
  return report;
}

}  // namespace

std::unique_ptr<Judge> MakeMathJudge(std::shared_ptr<const MathWorld> world) {
  return std::make_unique<MathJudge>(std::move(world));
}

}  // namespace assay::math
