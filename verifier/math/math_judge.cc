#include "verifier/math/math_judge.h"

#include <flint/flint.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "verifier/math/candidates.h"
#include "verifier/math/explain.h"
#include "verifier/math/extract.h"
#include "verifier/math/parse.h"
#include "verifier/math/quick_numbers.h"
#include "verifier/math/structure.h"
#include "verifier/math/words.h"
#include "verifier/math/world.h"

namespace assay::math {
namespace {

constexpr size_t kGoldsMax = 16;
constexpr uint64_t kQuickOperations = 4;

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
      : world_(std::move(world)) {}

  Report Verify(const Sample& sample,
                const std::atomic<bool>& cancelled) override;

 private:
  Finding Choice(const MathSample& task, std::string_view gold,
                 std::string_view answer, Explanation* explain);
  Finding CompareTexts(const MathSample& task, std::string_view gold,
                       std::string_view answer, Budget* budget,
                       Explanation* explain, Fault* fault);

  std::shared_ptr<const MathWorld> world_;
  Arena arena_;
};

Extraction ExtractFrom(std::string_view text, bool bare, bool choice,
                       bool quick) {
  if (quick && bare && !choice && IsPlainAnswer(text)) {
    Extraction whole;
    whole.found = true;
    whole.mark = "whole text";
    whole.end_bytes = text.size();
    whole.text = std::string(text);
    return whole;
  }
  ExtractOptions options;
  options.bare = bare;
  options.choice = choice;
  return Extract(text, options);
}

// The letter or the option's text.
Finding MathJudge::Choice(const MathSample& task, std::string_view gold,
                          std::string_view answer, Explanation* explain) {
  auto index = [&task](std::string_view text) {
    const int option = OptionOf(text, task.options);
    return option >= 0 ? option : ChoiceLetter(text);
  };
  const int g = index(gold), a = index(answer);
  if (g < 0 || a < 0) {
    if (NormalizedWords(gold) == NormalizedWords(answer)) {
      return Finding::Equal(Proof::kIdentical, "text");
    }
    return Finding::Different("not the gold's choice");
  }
  explain->Line("choice: " + std::string(1, static_cast<char>('A' + g)) +
                " and " + std::string(1, static_cast<char>('A' + a)));
  if (g == a) return Finding::Equal(Proof::kIdentical, "text");
  return Finding::Different("another choice");
}

Finding MathJudge::CompareTexts(const MathSample& task, std::string_view gold,
                                std::string_view answer, Budget* budget,
                                Explanation* explain, Fault* fault) {
  *fault = Fault::kNone;
  if (explain->trace() == nullptr) {
    if (gold == answer && !gold.empty()) {
      return Finding::Equal(Proof::kIdentical, "text");
    }
    if (std::optional<Finding> f = DifferentNumbers(gold, answer)) {
      budget->Spend(kQuickOperations);
      return *std::move(f);
    }
  }
  if (NormalizedFormula(gold) == NormalizedFormula(answer) && !gold.empty()) {
    explain->Line("text: the same after normalisation");
    return Finding::Equal(Proof::kIdentical, "text");
  }
  arena_.Reset();
  const std::vector<Reading> readings = Readings(gold, answer, &arena_, fault);
  std::optional<Finding> best;
  for (const Reading& reading : readings) {
    explain->Reading(reading);
    Ladder ladder(*world_, task.policy, &arena_, budget, explain->trace());
    Structure structure(&ladder, gold, answer);
    Finding f = structure.Compare(*reading.gold, *reading.answer);
    if (!reading.note.empty()) f.notes.push_back(reading.note);
    if (f.equal() && reading.doubtful) {
      return Finding::Undecided("structure", "a comma may be a decimal sign");
    }
    // Of what is neither mathematics nor prose a quotation mark or two may be
    // dropped; a row of signs is no decoration.
    constexpr size_t kDroppedMax = 2;
    if (f.equal() && *fault != Fault::kNone &&
        CountDroppedSigns(gold) + CountDroppedSigns(answer) > kDroppedMax) {
      return Finding::Different("the texts differ");
    }
    if (f.equal()) return f;
    // The first reading is the usual one; others may only find equality.
    if (!best) best = std::move(f);
  }
  if (SameOptions(gold, answer)) {
    *fault = Fault::kNone;
    return Finding::Equal(Proof::kIdentical, "text")
        .Note("options of a question");
  }
  if (best) return *std::move(best);
  // Words on either side.
  const std::string x = NormalizedWords(gold), y = NormalizedWords(answer);
  if (!x.empty() && x == y && BracketsOf(gold) == BracketsOf(answer)) {
    *fault = Fault::kNone;
    return Finding::Equal(Proof::kIdentical, "text");
  }
  return Finding::Different("the texts differ");
}

void Fill(const Finding& f, MathEvidence* evidence) {
  evidence->proof = f.proof;
  evidence->rung = std::string(f.rung);
  evidence->error_bound_log2 = f.error_bound_log2;
  evidence->witness = f.witness;
  evidence->policies = f.notes;
}

Report MathJudge::Verify(const Sample& sample,
                         const std::atomic<bool>& cancelled) {
  thread_local const FlintThread flint;
  flint.Touch();
  Report report = Report::For(sample);
  const MathSample* task = std::get_if<MathSample>(&sample.task);
  if (task == nullptr || task->golds.empty() ||
      task->golds.size() > kGoldsMax) {
    report.Refuse(Cause::kInvalidSample, "math.gold: 1 to 16 golds");
    return report;
  }
  MathEvidence evidence;
  Explanation explain(sample.explain);
  const bool choice = task->choice || !task->options.empty();
  // Explanations take the long way.
  const bool quick = !sample.explain;
  const Extraction answer =
      ExtractFrom(task->candidate, !task->is_response, choice, quick);
  evidence.answer_begin_bytes = answer.begin_bytes;
  evidence.answer_end_bytes = answer.end_bytes;
  evidence.answer_mark = answer.mark;
  evidence.answer_text = Clipped(answer.text);
  explain.Question(task->question);
  explain.Answer(answer);
  Budget budget;
  std::optional<Finding> best;
  std::string invalid_gold;
  bool answer_unreadable = false;
  for (const std::string& text : task->golds) {
    if (cancelled.load(std::memory_order_relaxed)) {
      report.Refuse(Cause::kCancelled, "cancelled");
      return report;
    }
    const Extraction gold = ExtractFrom(text, true, choice, quick);
    explain.Gold(gold);
    if (!gold.found || gold.text.empty()) {
      invalid_gold = "math.gold: no answer in it";
      continue;
    }
    if (!answer.found || answer.text.empty()) continue;
    Fault fault = Fault::kNone;
    budget.limit = budget.spent + Budget::kOperationsMax;
    Finding f = choice ? Choice(*task, gold.text, answer.text, &explain)
                       : CompareTexts(*task, gold.text, answer.text, &budget,
                                      &explain, &fault);
    explain.Found(f);
    if (fault == Fault::kGold && !f.equal()) {
      invalid_gold = "math.gold: cannot be read";
      continue;
    }
    answer_unreadable |= fault == Fault::kAnswer && !f.equal();
    const bool better =
        !best || f.equal() || (f.undecided() && best->different());
    if (better) {
      evidence.gold_text = Clipped(gold.text);
      best = std::move(f);
    }
    if (best->equal()) break;
  }
  evidence.operations_count = budget.spent;
  if (best) Fill(*best, &evidence);
  if (!best && !invalid_gold.empty()) {
    report.Refuse(Cause::kInvalidGold, invalid_gold);
  } else if (!best) {
    report.Decide(Verdict::kNoAnswer, "no answer found in the response");
  } else if (best->equal()) {
    report.Decide(Verdict::kAccepted, "equal");
  } else if (answer_unreadable) {
    report.Decide(Verdict::kNoAnswer, "the answer cannot be parsed");
  } else if (best->different()) {
    report.Decide(Verdict::kWrongAnswer, best->reason);
  } else {
    report.Decide(Verdict::kUndecided, best->reason);
  }
  report.evidence = std::move(evidence);
  report.explanation = explain.Take();
  return report;
}

}  // namespace

std::unique_ptr<Judge> MakeMathJudge(std::shared_ptr<const MathWorld> world) {
  return std::make_unique<MathJudge>(std::move(world));
}

}  // namespace assay::math
