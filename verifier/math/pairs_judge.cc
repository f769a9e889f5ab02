#include "verifier/math/pairs_judge.h"

#include <exception>
#include <utility>

#include "verifier/math/explain.h"
#include "verifier/math/pair_findings.h"

namespace assay::math {

PairsJudge::PairsJudge(std::shared_ptr<const MathWorld> world)
    : world_(std::move(world)), judges_(1) {
  if (world_->keep_findings) kept_.emplace(kKeptFindingsCount);
}

PairFinding PairsJudge::DecideOne(const MathPairs& batch,
                                  const MathPairs::Pair& pair, size_t judge,
                                  const std::atomic<bool>& cancelled) {
  if (pair.malformed) return Refused(Cause::kInvalidSample);
  Question question;
  question.is_response = batch.is_responses;
  question.choice = batch.choice;
  question.policy = batch.policy;
  question.candidate = pair.answer;
  question.golds = absl::MakeConstSpan(&pair.gold, 1);
  std::unique_ptr<AnswerJudge>& own = judges_[judge];
  try {
    if (own == nullptr) {
      own = std::make_unique<AnswerJudge>(world_);
      if (kept_) own->KeepFindings(&*kept_);
      if (batched_ != nullptr) own->EvaluateBy(batched_.get());
    }
    Explanation none(false);
    return FindingOf(own->Decide(question, cancelled, &none));
  } catch (const std::exception&) {
    // Such a pair costs itself alone; the judge's state is unknown.
    own.reset();
    return Refused(Cause::kHost);
  }
}

bool PairsJudge::Decide(const MathPairs& batch,
                        const std::atomic<bool>& cancelled,
                        std::vector<PairFinding>* findings) {
  const size_t count = batch.pairs.size();
  findings->assign(count, PairFinding());
  if (world_->queue == nullptr) {
    for (size_t i = 0; i < count; ++i) {
      (*findings)[i] = DecideOne(batch, batch.pairs[i], 0, cancelled);
      if ((*findings)[i].cause == Cause::kCancelled) return false;
    }
    return true;
  }
  if (batched_ == nullptr) {
    batched_ = std::make_unique<BatchedEvaluator>(
        world_->evaluator.get(), world_->queue.get(), world_->batched_cost_min);
    judges_.resize(kBatchedPairs);
  }
  batched_->Run(count, [&](size_t i) {
    (*findings)[i] =
        DecideOne(batch, batch.pairs[i], batched_->current(), cancelled);
  });
  for (const PairFinding& finding : *findings) {
    if (finding.cause == Cause::kCancelled) return false;
  }
  return true;
}

}  // namespace assay::math
