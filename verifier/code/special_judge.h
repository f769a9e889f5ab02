// Decides an output by a program of the caller's, in a box of its own, after
// the candidate's death, on data only.
//
//   std::optional<SpecialJudge> judge = SpecialJudge::Prepare(&trial, ...);
//   TestReport report;
//   if (!judge->Check(test, output, &report)) return;  // Concluded.
//
// Whose fault is a judge without a verdict? It is run on the expected output
// too: where it works there, the output's (WRONG_ANSWER); where not, the
// caller's (INVALID_TESTS). Threads: the lane's own.
#ifndef VERIFIER_CODE_SPECIAL_JUDGE_H_
#define VERIFIER_CODE_SPECIAL_JUDGE_H_

#include <optional>
#include <string>
#include <utility>

#include "sandbox/command.h"
#include "verifier/code/test_program.h"
#include "verifier/code/trial.h"

namespace assay::code {

inline constexpr char kSpecialJudgeName[] = "judge/1";
// After so many outputs of one sample on which it had no verdict, each of
// which may have cost its whole limit twice, the later tests are not run.
inline constexpr int kBrokenJudgesMax = 3;

class SpecialJudge {
 public:
  // Absent: the trial is concluded.
  static std::optional<SpecialJudge> Prepare(Trial* trial,
                                             const TestProgram& program);

  // Sets verdict, points and reason; false: the trial is concluded.
  bool Check(const StdioTest& test, const std::string& output,
             TestReport* report);

  // How often it had no verdict on an output.
  int broken_count() const { return broken_count_; }

 private:
  SpecialJudge(Trial* trial, sandbox::Command command)
      : trial_(trial), command_(std::move(command)) {}
  Judgement Ask(const StdioTest& test, const std::string& output);

  Trial* trial_;
  sandbox::Command command_;
  int broken_count_ = 0;
};

}  // namespace assay::code

#endif  // VERIFIER_CODE_SPECIAL_JUDGE_H_
