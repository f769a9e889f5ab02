// One sample on its way to a report, as the kinds of tests see it.
//
// Threads: the lane's own.
#ifndef VERIFIER_CODE_TRIAL_H_
#define VERIFIER_CODE_TRIAL_H_

#include <optional>
#include <string>
#include <vector>

#include "verifier/code/compile.h"
#include "verifier/code/languages.h"
#include "verifier/code/outcome.h"
#include "verifier/code/runner.h"
#include "verifier/report.h"
#include "verifier/sample.h"

namespace assay::code {

struct Trial {
  const CodeSample& sample;
  const Language& language;
  const std::string& program;
  Runner& runner;
  Report& report;
  CodeEvidence& evidence;
  bool explain = false;
  std::vector<double> weights;  // Of the tests; empty: 1 each.

  void Explain(std::string line) {
    if (explain) report.explanation.push_back(std::move(line));
  }
  bool cancelled() const { return runner.cancelled()->load(); }
  // How many of the evidence's tests the stop policy lets run.
  size_t selected() const {
    return SelectedCount(sample, evidence.tests.size());
  }
  // Decides by the lowest-index test that was not accepted; tests that were
  // not run decide nothing, but without one accepted test nothing passes.
  void DecideByTests();
  // The weighted passed share of the selected tests.
  double PassedShare() const;
  // Decides for the whole sample, by a finding.
  void Conclude(const Finding& finding);
  // Likewise, where the tests are one: reports it with the run's usage and
  // output.
  void ConcludeAsOneTest(const Finding& finding,
                         const sandbox::RunResult& result);
  // Compiles the program alone, or with more sources; null: concluded.
  sandbox::Blob CompileOrConclude(const Sources& sources);
  // The command of one run of the program, but for its input; `talks`: with
  // its stdin and stdout as verifier/code/talk.h says. Absent: concluded.
  std::optional<sandbox::Command> CommandOrConclude(bool talks);
  // Concludes where the runtime says that the program does not compile.
  bool ConcludedBySyntax(const sandbox::RunResult& result);
  // Puts heads of stdout and stderr into `test` where they were asked for.
  void ReportOutput(const sandbox::RunResult& result, TestReport* test) const;
};

// Each judges one kind of tests and decides `trial.report`.
void JudgeStdio(Trial* trial, const StdioTests& tests);
void JudgeInteractive(Trial* trial, const StdioTests& tests);
void JudgeCalls(Trial* trial, const CallTests& tests);
void JudgePythonAsserts(Trial* trial, const AssertTests& tests);
// Of the other languages: lifted where they can be, joined otherwise.
void JudgeLifted(Trial* trial, const AssertTests& tests);
void JudgeJoined(Trial* trial, const AssertTests& tests);

}  // namespace assay::code

#endif  // VERIFIER_CODE_TRIAL_H_
