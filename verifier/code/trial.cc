#include "verifier/code/trial.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "verifier/code/frames.h"
#include "verifier/code/talk.h"

namespace assay::code {

namespace {

// node's own reader complained, before anything ran. A program that says so
// itself only names its failure otherwise.
bool IsUnread(const Language& language, const sandbox::RunResult& result) {
  if (language.dialect != "javascript" || result.exit_code == 0) return false;
  const std::string& text = result.stderr_text;
  return absl::StrContains(text, "\nSyntaxError: ") &&
         (absl::StrContains(text, "\n    at wrapSafe (node:") ||
          absl::StrContains(text, "\n    at compileSourceTextModule (node:"));
}

}  // namespace

void Trial::Conclude(const Finding& finding) {
  if (finding.verdict == Verdict::kNoVerdict) {
    report.Refuse(finding.cause, finding.reason);
  } else {
    report.Decide(finding.verdict, finding.reason);
  }
}

void Trial::ConcludeAsOneTest(const Finding& finding,
                              const sandbox::RunResult& result) {
  TestReport test;
  test.usage = UsageOf(result);
  ReportOutput(result, &test);
  if (finding.verdict != Verdict::kNoVerdict) {
    test.verdict = finding.verdict;
    test.reason = finding.reason;
  }
  evidence.tests = {std::move(test)};
  Conclude(finding);
}

double Trial::PassedShare() const {
  double passed = 0, total = 0;
  for (size_t i = 0; i < selected(); ++i) {
    const TestReport& test = evidence.tests[i];
    const double weight = weights.empty() ? 1 : weights[i];
    total += weight;
    passed +=
        weight *
        (test.verdict == Verdict::kAccepted ? 1 : test.points.value_or(0));
  }
  return total > 0 ? passed / total : 0;
}

void Trial::DecideByTests() {
  const std::vector<TestReport>& tests = evidence.tests;
  size_t passed = 0, first = tests.size(), unrun = tests.size();
  for (size_t i = selected(); i-- > 0;) {
    if (tests[i].verdict == Verdict::kAccepted) {
      ++passed;
    } else if (tests[i].verdict == Verdict::kUnspecified) {
      unrun = i;
    } else {
      first = i;
    }
  }
  if (cancelled()) return report.Refuse(Cause::kCancelled, "cancelled");
  if (first == tests.size()) {
    if (tests.empty() || unrun != tests.size()) {
      return report.Refuse(Cause::kHost, "a test has no result");
    }
    return report.Decide(Verdict::kAccepted,
                         absl::StrCat(passed, " tests passed"));
  }
  const TestReport& test = tests[first];
  const std::string reason =
      absl::StrCat("test ", first + 1, " of ", tests.size(), ": ", test.reason);
  if (test.verdict == Verdict::kNoVerdict) {
    return report.Refuse(Cause::kHost, reason);
  }
  report.Decide(test.verdict, reason);
  if (sample.partial_credit) report.score = PassedShare();
}

sandbox::Blob Trial::CompileOrConclude(const Sources& sources) {
  Compiled compiled = Compile(&runner, language, sources);
  if (language.compiled()) evidence.compile = compiled.usage;
  if (compiled.binary) return compiled.binary;
  evidence.compile_output = compiled.output;
  Conclude({compiled.verdict, compiled.cause, compiled.reason});
  return nullptr;
}

std::optional<sandbox::Command> Trial::CommandOrConclude(bool talks) {
  if (language.warm()) {
    sandbox::Command command = PythonCommand(
        {Value::String(talks ? "talk" : "program"), Value::Bytes(program)});
    if (!sample.profile.empty()) command.profile = sample.profile;
    return command;
  }
  const sandbox::Blob binary =
      CompileOrConclude({{language.source_file, program}});
  if (!binary) return std::nullopt;
  sandbox::Command command = RunCommand(language, binary);
  return talks ? Talking(std::move(command)) : command;
}

bool Trial::ConcludedBySyntax(const sandbox::RunResult& result) {
  if (IsUnread(language, result)) {
    evidence.compile_output = Head(result.stderr_text);
    Conclude({Verdict::kCompileError, Cause::kUnspecified, "does not compile"});
    return true;
  }
  if (!language.warm() || result.reply.empty()) return false;
  FrameReader frames(result.reply);
  const std::optional<Value> frame = frames.Next();
  if (!frame || TextAt(*frame, 0) != "syntax") return false;
  const std::string why = TextAt(*frame, 1);
  evidence.compile_output = Head(why);
  Conclude({Verdict::kCompileError, Cause::kUnspecified, OneLine(why)});
  return true;
}

void Trial::ReportOutput(const sandbox::RunResult& result,
                         TestReport* test) const {
  if (!sample.report_output) return;
  test->stdout_head = Head(result.stdout_text);
  test->stdout_truncated = result.stdout_text.size() > kHeadBytes ||
                           result.outcome == sandbox::Outcome::kOutput;
  test->stderr_head = Head(result.stderr_text);
  test->stderr_truncated =
      result.stderr_text.size() > kHeadBytes || result.stderr_truncated;
}

}  // namespace assay::code
