// The program reads stdin and writes stdout: one run a test.
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "verifier/code/checkers.h"
#include "verifier/code/frames.h"
#include "verifier/code/trial.h"

namespace assay::code {
namespace {

// The command of every test, but for its input. Absent: concluded.
std::optional<sandbox::Command> CommandOf(Trial* trial) {
  const Language& language = trial->language;
  if (language.warm()) {
    return PythonCommand({EncodeValue(Value::String("program")),
                          EncodeValue(Value::Bytes(trial->program))});
  }
  const sandbox::Blob binary =
      trial->CompileOrConclude({{language.source_file, trial->program}});
  if (!binary) return std::nullopt;
  return RunCommand(language, binary);
}

// Whether the runtime says that the program does not compile.
bool DoesNotCompile(const sandbox::RunResult& result, std::string* why) {
  if (result.reply.empty()) return false;
  FrameReader frames(result.reply);
  const std::optional<Value> frame = frames.Next();
  if (!frame || TextAt(*frame, 0) != "syntax") return false;
  *why = TextAt(*frame, 1);
  return true;
}

TestReport JudgeOne(Trial* trial, const StdioTest& test,
                    const sandbox::RunResult& result) {
  TestReport report;
  report.usage = UsageOf(result);
  trial->ReportOutput(result, &report);
  const Finding finding = FindingOf(result, trial->sample.limits);
  report.verdict = finding.verdict;
  report.reason = finding.reason;
  if (finding.verdict == Verdict::kAccepted) {
    const CheckResult check =
        CheckOutput(test.checker, result.stdout_text, test.expected_output);
    if (!check.equal) report.verdict = Verdict::kWrongAnswer;
    report.reason = check.reason;
  }
  return report;
}

}  // namespace

void JudgeStdio(Trial* trial, const StdioTests& tests) {
  CodeEvidence& evidence = trial->evidence;
  evidence.way = CodeEvidence::Way::kStdio;
  evidence.integrity = Integrity::kIsolated;
  evidence.comparison = ComparisonName(tests.tests[0].checker);
  std::optional<sandbox::Command> command = CommandOf(trial);
  if (!command) return;
  evidence.tests.resize(tests.tests.size());
  for (size_t i = 0; i < tests.tests.size() && !trial->cancelled(); ++i) {
    const StdioTest& test = tests.tests[i];
    command->input = std::make_shared<const std::string>(test.input);
    const sandbox::RunResult result =
        trial->runner.Run(*command, trial->sample.limits);
    std::string why;
    if (i == 0 && command->wants_reply && DoesNotCompile(result, &why)) {
      evidence.compile_output = why.substr(0, kHeadBytes);
      return trial->Conclude(
          {Verdict::kCompileError, Cause::kUnspecified, OneLine(why)});
    }
    evidence.tests[i] = JudgeOne(trial, test, result);
    const bool failed = evidence.tests[i].verdict != Verdict::kAccepted;
    if (failed && trial->sample.stop == StopPolicy::kFirstFailure) break;
  }
  trial->DecideByTests();
}

}  // namespace assay::code
