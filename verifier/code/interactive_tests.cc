// The program talks with an interactor of the caller's: one talk a test.
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "verifier/code/late_runs.h"
#include "verifier/code/pair.h"
#include "verifier/code/talk.h"
#include "verifier/code/test_program.h"
#include "verifier/code/trial.h"

namespace assay::code {
namespace {

using sandbox::Outcome;
using Kind = Judgement::Kind;

constexpr char kField[] = "code.stdio.interactor";

// What the end of a talk says of one test.
struct End {
  Finding finding;
  std::optional<double> points;
};

End Of(Finding finding) { return {std::move(finding), std::nullopt}; }

End InvalidTests(const std::string& why) {
  return Of({Verdict::kNoVerdict, Cause::kInvalidTests,
             absl::StrCat(kField, ": ", why)});
}

class Interaction {
 public:
  Interaction(Trial* trial, sandbox::Command program,
              sandbox::Command interactor)
      : trial_(trial),
        program_(std::move(program)),
        interactor_(std::move(interactor)) {}

  Talk Hold(const StdioTest& test) {
    const RunLimits& limits = trial_->sample.limits;
    sandbox::Command program = program_;
    program.limits = SandboxLimits(limits);
    Talk talk;
    const auto once = [&](absl::Duration cpu) {
      program.limits.cpu = cpu;
      talk = RunTalk(&trial_->runner, program, WithFiles(test), limits);
      return std::move(talk.program);
    };
    talk.program = trial_->runner.UnderTimeRule(limits, once);
    if (talk.program.outcome != Outcome::kSetupFailed &&
        talk.program.cpu > limits.time) {
      talk.program.outcome = Outcome::kCpuTime;
    }
    return talk;
  }

  End Judge(const StdioTest& test, const Talk& talk) {
    const RunLimits& limits = trial_->sample.limits;
    if (trial_->cancelled() || talk.program.outcome == Outcome::kSetupFailed) {
      return Of(FindingOf(talk.program, limits));
    }
    Judgement says = JudgementOf(trial_->runner, talk.interactor);
    // It said no, and what the program did afterwards was in vain.
    if (talk.interactor_ended_first && says.verdict == Verdict::kWrongAnswer) {
      return {{says.verdict, {}, says.reason}, says.points};
    }
    if (talk.program_over) {
      return Of(
          {Verdict::kOutputLimit,
           {},
           absl::StrCat("output limit of ", limits.output_bytes, " bytes")});
    }
    const bool cancelled = talk.interactor.outcome == Outcome::kCancelled;
    if (says.kind == Kind::kHost && !cancelled) return Of(says.fault);
    const bool idle = talk.program.outcome == Outcome::kWallTime;
    if (ReachedLimit(talk.program) && !idle) {
      return Of(FindingOf(talk.program, limits));
    }
    const Finding own = OwnEnd(talk);
    if (talk.program_ended_first && !idle &&
        own.verdict != Verdict::kAccepted) {
      return Of(own);
    }
    if (says.kind == Kind::kVerdict) {
      if (idle) return Of(own);
      if (own.verdict != Verdict::kAccepted &&
          says.verdict == Verdict::kAccepted) {
        return Of(own);
      }
      return {{says.verdict, {}, says.reason}, says.points};
    }
    return Fault(test, talk, says, own);
  }

 private:
  sandbox::Command WithFiles(const StdioTest& test) const {
    sandbox::Command command = interactor_;
    GiveFiles(test.input, nullptr, test.expected_output, &command);
    return command;
  }

  // The program's end, as far as it was its own.
  Finding OwnEnd(const Talk& talk) const {
    if (talk.program.outcome == Outcome::kCancelled) {
      return {Verdict::kAccepted, {}, ""};
    }
    return FindingOf(talk.program, trial_->sample.limits);
  }

  // The interactor has no verdict: whose fault is that?
  End Fault(const StdioTest& test, const Talk& talk, const Judgement& says,
            const Finding& own) {
    const bool idle = talk.program.outcome == Outcome::kWallTime;
    const bool hung = says.hung || talk.interactor_stuck || idle;
    // The last word was the interactor's: the program is waited for.
    if (idle && !talk.program_spoke_last && talk.heard_something) {
      return Of(own);
    }
    const Soliloquy alone = RunAlone(&trial_->runner, WithFiles(test));
    const Judgement sane = JudgementOf(trial_->runner, alone.interactor);
    if (sane.kind == Kind::kHost) return Of(sane.fault);
    const bool broken = sane.kind == Kind::kBroken &&
                        (hung || sane.hung || alone.ended_in_silence);
    if (broken) {
      return InvalidTests(absl::StrCat(hung ? "hangs" : says.reason,
                                       "; without a program: ", sane.reason));
    }
    if (idle) return Of(own);
    return Of({Verdict::kWrongAnswer,
               {},
               hung ? "the interactor hangs on what the program wrote"
                    : "the interactor breaks on what the program wrote"});
  }

  Trial* trial_;
  const sandbox::Command program_;
  const sandbox::Command interactor_;
};

void Report(Trial* trial, const Talk& talk, const End& end, TestReport* test) {
  test->usage = UsageOf(talk.program);
  trial->ReportOutput(talk.program, test);
  if (trial->sample.report_output) {
    test->stdout_head = talk.program_head;
    test->stdout_truncated = talk.program_head_cut;
  }
  test->verdict = end.finding.verdict;
  test->reason = end.finding.reason;
  test->points = end.points;
}

}  // namespace

void JudgeInteractive(Trial* trial, const StdioTests& tests) {
  CodeEvidence& evidence = trial->evidence;
  evidence.way = CodeEvidence::Way::kStdio;
  evidence.integrity = Integrity::kIsolated;
  evidence.comparison = "interactor/1";
  Finding fault;
  std::optional<sandbox::Command> interactor = PrepareTestProgram(
      &trial->runner, *tests.interactor, kField, /*talks=*/true, &fault);
  if (!interactor) return trial->Conclude(fault);
  std::optional<sandbox::Command> program = trial->CommandOrConclude(true);
  if (!program) return;
  Interaction interaction(trial, *std::move(program), *std::move(interactor));
  evidence.tests.resize(tests.tests.size());
  LateRuns late(trial->sample.limits);
  for (size_t i = 0; i < trial->selected() && !trial->cancelled(); ++i) {
    if (!late.MayStart()) break;
    const Talk talk = interaction.Hold(tests.tests[i]);
    if (i == 0 && trial->ConcludedBySyntax(talk.program)) return;
    const End end = interaction.Judge(tests.tests[i], talk);
    if (end.finding.verdict == Verdict::kNoVerdict) {
      evidence.tests.clear();
      return trial->Conclude(end.finding);
    }
    Report(trial, talk, end, &evidence.tests[i]);
    late.Count(end.finding.verdict, talk.program);
    const bool failed = end.finding.verdict != Verdict::kAccepted;
    if (failed && trial->sample.stop == StopPolicy::kFirstFailure) break;
  }
  trial->DecideByTests();
}

}  // namespace assay::code
