// One program of solution and tests: SHARED integrity.
#include <cstring>
#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "verifier/code/lift/dialect.h"
#include "verifier/code/trial.h"

namespace assay::code {
namespace {

// What a joined program says where the tests' own text gave up, and not the
// program's; see Dialect::join.
constexpr char kTestsFailed[] = "failed\n";

sandbox::Command CommandOf(const Trial& trial, const sandbox::Blob& binary,
                           const std::string& secret) {
  sandbox::Command command = RunCommand(trial.language, binary);
  command.request = std::make_shared<const std::string>(secret);
  command.wants_reply = true;
  return command;
}

// What a run says; accepted only with exit code 0 and the secret.
Finding Judge(const sandbox::RunResult& result, const std::string& secret,
              const RunLimits& limits) {
  Finding finding = FindingOf(result, limits);
  if (finding.verdict == Verdict::kAccepted && result.reply != secret) {
    return {Verdict::kRuntimeError, Cause::kUnspecified,
            "exited before the tests ended"};
  }
  const bool asserted =
      result.outcome == sandbox::Outcome::kSignaled &&
      result.stderr_text.find("Assertion") != std::string::npos;
  if (finding.verdict == Verdict::kRuntimeError &&
      (asserted || result.reply == kTestsFailed)) {
    return {Verdict::kWrongAnswer, Cause::kUnspecified, "an assertion failed"};
  }
  // main returned, and said that a test failed.
  if (finding.verdict == Verdict::kRuntimeError && result.reply == secret &&
      result.outcome == sandbox::Outcome::kExited) {
    finding.verdict = Verdict::kWrongAnswer;
  }
  return finding;
}

// The finding for an otherwise accepted program, once it has been run with
// one expectation altered.
Finding Confirm(Trial* trial, const AssertTests& tests) {
  const std::string secret = trial->runner.world().DrawSecret();
  uint64_t random = 0;
  std::memcpy(&random, secret.data(), sizeof(random));
  const RunLimits& limits = trial->sample.limits;
  const Dialect& dialect = *FindDialect(trial->language.dialect);
  for (const std::string& altered : dialect.alter(tests.code, random)) {
    const absl::StatusOr<Sources> joined =
        dialect.join(trial->program, altered);
    if (!joined.ok()) continue;
    const Compiled compiled = Compile(&trial->runner, trial->language, *joined);
    if (compiled.verdict == Verdict::kNoVerdict) {
      return {compiled.verdict, compiled.cause, compiled.reason};
    }
    if (!compiled.binary) continue;
    const sandbox::RunResult result =
        trial->runner.Run(CommandOf(*trial, compiled.binary, secret), limits);
    const Finding finding = Judge(result, secret, limits);
    if (finding.verdict == Verdict::kNoVerdict) return finding;
    if (finding.verdict == Verdict::kAccepted) {
      return {Verdict::kWrongAnswer, Cause::kUnspecified,
              "passes as well with an altered expectation"};
    }
    return {Verdict::kAccepted, Cause::kUnspecified,
            "the tests ended; failed with one expectation altered"};
  }
  return {Verdict::kAccepted, Cause::kUnspecified,
          "the tests ended; no expectation could be altered"};
}

}  // namespace

void JudgeJoined(Trial* trial, const AssertTests& tests) {
  CodeEvidence& evidence = trial->evidence;
  evidence.way = CodeEvidence::Way::kJoined;
  evidence.integrity = Integrity::kIsolated;  // Until something is run.
  evidence.comparison = "joined/1";
  const absl::StatusOr<Sources> joined =
      FindDialect(trial->language.dialect)->join(trial->program, tests.code);
  if (!joined.ok()) {
    return trial->report.Refuse(
        Cause::kInvalidTests,
        absl::StrCat("code.asserts.code: ", joined.status().message()));
  }
  const sandbox::Blob binary = trial->CompileOrConclude(*joined);
  if (!binary) return;
  evidence.integrity = Integrity::kShared;
  if (trial->sample.min_integrity == Integrity::kIsolated) {
    return trial->report.Refuse(
        Cause::kIntegrity,
        absl::StrCat(trial->language.name,
                     " assert tests are joined with the solution here"));
  }
  const std::string secret = trial->runner.world().DrawSecret();
  const sandbox::RunResult result = trial->runner.Run(
      CommandOf(*trial, binary, secret), trial->sample.limits);
  Finding finding = Judge(result, secret, trial->sample.limits);
  if (finding.verdict == Verdict::kAccepted) finding = Confirm(trial, tests);
  trial->ConcludeAsOneTest(finding, result);
}

}  // namespace assay::code
