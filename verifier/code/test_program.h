// A program of the caller's that judges: a special judge or an interactor.
//
//   std::optional<sandbox::Command> command =
//       PrepareTestProgram(&runner, program, "code.stdio.judge",
//                          /*talks=*/false, &fault);
//   GiveFiles(input, &output, answer, &*command);
//   Judgement says = JudgementOf(runner, runner.RunOnce(*command));
//
// It is run as `PROGRAM input.txt output.txt answer.txt` and decides by its
// exit code, as programs that use testlib do. What it writes reaches no
// report but for a fault of its own, which its owner has to see.
//
// Errors: a program that does not compile is the caller's fault, one whose
// toolchain is missing ours: `fault`. Threads: the lane's own.
#ifndef VERIFIER_CODE_TEST_PROGRAM_H_
#define VERIFIER_CODE_TEST_PROGRAM_H_

#include <optional>
#include <string>

#include "sandbox/command.h"
#include "verifier/code/outcome.h"
#include "verifier/code/runner.h"
#include "verifier/sample.h"

namespace assay::code {

// Bounds of one run of such a program, whatever the candidate's are.
// CPU time is CodeOptions::judge_time, wall time follows from it.
inline constexpr int64_t kTestProgramMemoryBytes = int64_t{512} << 20;
// Of its stdout.
inline constexpr int64_t kTestProgramOutputBytes = int64_t{1} << 20;

// What one run of it says of the candidate's output.
struct Judgement {
  enum class Kind : uint8_t {
    kVerdict,  // ACCEPTED, or WRONG_ANSWER with a reason.
    kBroken,   // No verdict: a crash, a limit, an unknown exit code.
    kHost,     // Our fault, or cancelled: see `fault`.
  };
  Kind kind = Kind::kHost;
  Verdict verdict = Verdict::kUnspecified;
  std::optional<double> points;
  std::string reason;
  bool hung = false;  // kBroken by a limit of time.
  Finding fault;
};

std::optional<sandbox::Command> PrepareTestProgram(Runner* runner,
                                                   const TestProgram& program,
                                                   const std::string& field,
                                                   bool talks, Finding* fault);

// Puts the files into the box; `output` null: there is none yet.
void GiveFiles(const std::string& input, const std::string* output,
               const std::string& answer, sandbox::Command* command);

Judgement JudgementOf(const Runner& runner, sandbox::RunResult result);

// The bounds of one run.
RunLimits TestProgramLimits(const Runner& runner);

// `text` with each #include of testlib.h replaced by `header`.
std::string InlineTestlib(const std::string& text, const std::string& header);
bool IncludesTestlib(const std::string& text);

}  // namespace assay::code

#endif  // VERIFIER_CODE_TEST_PROGRAM_H_
