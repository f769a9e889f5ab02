#include "verifier/code/special_judge.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace assay::code {

using Kind = Judgement::Kind;

std::optional<SpecialJudge> SpecialJudge::Prepare(Trial* trial,
                                                  const TestProgram& program) {
  Finding fault;
  std::optional<sandbox::Command> command =
      PrepareTestProgram(&trial->runner, program, "code.stdio.judge",
                         /*talks=*/false, &fault);
  if (command) return SpecialJudge(trial, *std::move(command));
  trial->Conclude(fault);
  return std::nullopt;
}

Judgement SpecialJudge::Ask(const StdioTest& test, const std::string& output) {
  sandbox::Command command = command_;
  GiveFiles(test.input, &output, test.expected_output, &command);
  QuietGate::Shared shared(&trial_->runner.world().quiet);
  return JudgementOf(trial_->runner, trial_->runner.RunOnce(command));
}

bool SpecialJudge::Check(const StdioTest& test, const std::string& output,
                         TestReport* report) {
  Judgement says = Ask(test, output);
  if (says.kind == Kind::kBroken) {
    ++broken_count_;
    trial_->Explain(absl::StrCat("judge: ", says.reason));
    Judgement sane = Ask(test, test.expected_output);
    if (sane.kind == Kind::kBroken) {
      trial_->Conclude(
          {Verdict::kNoVerdict, Cause::kInvalidTests,
           absl::StrCat("code.stdio.judge: on the expected output: ",
                        sane.reason)});
      return false;
    }
    if (sane.kind == Kind::kVerdict) {
      sane.verdict = Verdict::kWrongAnswer;
      sane.points.reset();
      sane.reason = says.hung ? "the judge hangs on this output alone"
                              : "the judge breaks on this output alone";
    }
    says = std::move(sane);
  }
  if (says.kind == Kind::kHost) {
    trial_->Conclude(says.fault);
    return false;
  }
  report->verdict = says.verdict;
  report->points = says.points;
  report->reason = says.reason;
  return true;
}

}  // namespace assay::code
