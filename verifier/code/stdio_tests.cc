// The program reads stdin and writes stdout: one run a test.
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "verifier/code/checkers.h"
#include "verifier/code/late_runs.h"
#include "verifier/code/runs_ahead.h"
#include "verifier/code/special_judge.h"
#include "verifier/code/trial.h"

namespace assay::code {
namespace {

// What the checkers cannot bound; empty: nothing.
std::string FaultOf(const StdioTests& tests) {
  for (size_t i = 0; i < tests.tests.size(); ++i) {
    const StdioTest& test = tests.tests[i];
    if (test.checker.mode == Checker::Mode::kUnordered &&
        UnorderedLineCount(test.expected_output) > kUnorderedLinesMax) {
      return absl::StrCat("code.stdio.tests[", i, "].expected_output: over ",
                          kUnorderedLinesMax, " lines to compare unordered");
    }
  }
  return "";
}

// False: the trial is concluded.
bool JudgeOne(Trial* trial, const StdioTest& test, SpecialJudge* judge,
              const sandbox::RunResult& result, TestReport* report) {
  report->usage = UsageOf(result);
  trial->ReportOutput(result, report);
  const Finding finding = FindingOf(result, trial->sample.limits);
  report->verdict = finding.verdict;
  report->reason = finding.reason;
  if (finding.verdict != Verdict::kAccepted) return true;
  if (judge) return judge->Check(test, result.stdout_text, report);
  const CheckResult check = CheckOutputs(test, result.stdout_text);
  if (!check.equal) report->verdict = Verdict::kWrongAnswer;
  report->reason = check.reason;
  return true;
}

// In which order the tests run: their own, or the likeliest to fail first
// where only pass or fail is asked.
class TestOrder {
 public:
  TestOrder(Trial* trial, const StdioTests& tests)
      : odds_(trial->runner.world().odds), count_(tests.tests.size()) {
    if (trial->sample.stop != StopPolicy::kFirstFailure ||
        trial->sample.partial_credit || count_ < 2) {
      return;
    }
    set_ = TestOdds::KeyOf(tests);
    order_ = odds_.Order(*set_, count_);
  }
  size_t at(size_t place) const { return set_ ? order_[place] : place; }
  void Count(size_t test, bool failed) const {
    if (set_) odds_.Count(*set_, count_, test, failed);
  }

 private:
  TestOdds& odds_;
  const size_t count_;
  std::optional<uint64_t> set_;
  std::vector<size_t> order_;
};

}  // namespace

void JudgeStdio(Trial* trial, const StdioTests& tests) {
  for (const StdioTest& test : tests.tests) {
    trial->weights.push_back(test.weight);
  }
  if (tests.interactor) return JudgeInteractive(trial, tests);
  CodeEvidence& evidence = trial->evidence;
  evidence.way = CodeEvidence::Way::kStdio;
  evidence.integrity = Integrity::kIsolated;
  evidence.comparison =
      tests.judge ? kSpecialJudgeName : ComparisonNames(tests.tests);
  if (std::string fault = FaultOf(tests); !fault.empty()) {
    return trial->report.Refuse(Cause::kInvalidSample, std::move(fault));
  }
  std::optional<SpecialJudge> judge;
  if (tests.judge) {
    judge = SpecialJudge::Prepare(trial, *tests.judge);
    if (!judge) return;
  }
  std::optional<sandbox::Command> command = trial->CommandOrConclude(false);
  if (!command) return;
  evidence.tests.resize(tests.tests.size());
  LateRuns late(trial->sample.limits);
  const TestOrder order(trial, tests);
  RunsAhead runs(&trial->runner, trial->sample.limits, trial->selected(),
                 [&](size_t place) {
                   sandbox::Command one = *command;
                   one.input = std::make_shared<const std::string>(
                       tests.tests[order.at(place)].input);
                   return one;
                 });
  for (size_t place = 0; place < trial->selected() && !trial->cancelled();
       ++place) {
    if (!late.MayStart()) break;
    if (judge && judge->broken_count() >= kBrokenJudgesMax) break;
    const size_t i = order.at(place);
    const StdioTest& test = tests.tests[i];
    const sandbox::RunResult result = runs.Next();
    if (place == 0 && trial->ConcludedBySyntax(result)) return;
    TestReport& report = evidence.tests[i];
    if (!JudgeOne(trial, test, judge ? &*judge : nullptr, result, &report)) {
      return;
    }
    late.Count(report.verdict, result);
    const bool failed = report.verdict != Verdict::kAccepted;
    order.Count(i, failed);
    if (failed && trial->sample.stop == StopPolicy::kFirstFailure) break;
  }
  if (runs.broke_lane()) trial->report.broke_lane = true;
  trial->DecideByTests();
}

}  // namespace assay::code
