// Assert tests of languages without a warm examiner: two programs, made by
// the language's dialect, in two boxes: ISOLATED integrity.
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "verifier/code/lift/dialect.h"
#include "verifier/code/pair.h"
#include "verifier/code/trial.h"

namespace assay::code {
namespace {

using sandbox::Outcome;
using sandbox::RunResult;

// The last whole line that the examiner said.
std::string LastLine(const std::string& reply) {
  if (reply.empty() || reply.back() != '\n') return "";
  const std::string text = reply.substr(0, reply.size() - 1);
  return text.substr(text.rfind('\n') + 1);
}

// What follows the first word of a line, with its %XX undone.
std::string TextOf(std::string_view said) {
  std::string text;
  for (size_t i = said.find(' ') + 1; i < said.size(); ++i) {
    std::string byte;
    if (said[i] == '%' && i + 2 < said.size() &&
        absl::ascii_isxdigit(said[i + 1]) &&
        absl::ascii_isxdigit(said[i + 2])) {
      byte = absl::HexStringToBytes(absl::string_view(said.data() + i + 1, 2));
      i += 2;
    } else {
      byte = said[i];
    }
    text += byte;
  }
  return OneLine(text);
}

Finding OfRaise(std::string_view said) {
  return {Verdict::kRuntimeError, Cause::kUnspecified,
          absl::StrCat("raised ", TextOf(said))};
}

Finding OfEnd(const Pair& pair, const RunLimits& limits) {
  const std::string said = LastLine(pair.examiner.reply);
  const bool exited = pair.examiner.outcome == Outcome::kExited;
  if (exited && pair.examiner.exit_code == 0 && said == "pass") {
    return Passed(pair.candidate, limits);
  }
  if (exited && pair.examiner.exit_code == 0 && said == "uncalled") {
    return {Verdict::kNoVerdict, Cause::kInvalidTests,
            "code.asserts.code: the tests never call the candidate"};
  }
  if (said == "gone") return Gone(pair.candidate, limits);
  if (absl::StartsWith(said, "raise ")) return OfRaise(said);
  if (absl::StartsWith(said, "unbuilt ")) {
    return {Verdict::kCompileError, Cause::kUnspecified,
            absl::StrCat("does not compile: ", TextOf(said))};
  }
  if (absl::StartsWith(said, "invalid ")) {
    return {Verdict::kNoVerdict, Cause::kInvalidTests,
            absl::StrCat("code.asserts.code: ", TextOf(said))};
  }
  if (ReachedLimit(pair.examiner)) return Silent(pair.examiner, limits);
  if (exited && pair.examiner.exit_code == 0) {
    return {Verdict::kRuntimeError, Cause::kUnspecified,
            "the tests ended early"};
  }
  return {Verdict::kWrongAnswer, Cause::kUnspecified, "an assertion failed"};
}

Finding FindingOfPair(const Pair& pair, const RunLimits& limits) {
  for (const RunResult* result : {&pair.candidate, &pair.examiner}) {
    if (result->outcome == Outcome::kSetupFailed) {
      return FindingOf(*result, limits);
    }
  }
  if (pair.examiner.outcome == Outcome::kCancelled) {
    return FindingOf(pair.examiner, limits);
  }
  if (ReachedLimit(pair.candidate)) return FindingOf(pair.candidate, limits);
  return OfEnd(pair, limits);
}

// Both programs, built; a null binary: not to be had, `why` says it.
struct Built {
  sandbox::Blob candidate;
  sandbox::Blob examiner;
  std::string why;
  bool is_exhausted = false;  // The candidate exhausted its compiler.
};

Built Build(Trial* trial, const Lifted& lifted) {
  Built built;
  // The candidates of a problem mostly share it, and then it is known.
  Compiled examiner = Compile(&trial->runner, trial->language, lifted.examiner);
  if (!examiner.binary) {
    built.why = absl::StrCat("examiner: ", examiner.reason);
    trial->Explain(examiner.output);
    return built;
  }
  Compiled candidate =
      Compile(&trial->runner, trial->language, lifted.candidate);
  if (trial->language.compiled()) trial->evidence.compile = candidate.usage;
  if (!candidate.binary) {
    built.why = absl::StrCat("candidate: ", candidate.reason);
    built.is_exhausted = candidate.is_exhausted;
    trial->Explain(candidate.output);
    return built;
  }
  built.candidate = candidate.binary;
  built.examiner = examiner.binary;
  return built;
}

Pair RunBoth(Trial* trial, const Built& built) {
  const RunLimits& limits = trial->sample.limits;
  sandbox::Command candidate = RunCommand(trial->language, built.candidate);
  candidate.limits = SandboxLimits(limits);
  sandbox::Command examiner = RunCommand(trial->language, built.examiner);
  examiner.wants_reply = true;
  examiner.limits = ExaminerLimits(trial->runner.world(), limits);
  return PairUnderTimeRule(&trial->runner, limits, [&](absl::Duration cpu) {
    candidate.limits.cpu = cpu;
    return RunPair(&trial->runner, candidate, examiner);
  });
}

}  // namespace

void JudgeLifted(Trial* trial, const AssertTests& tests) {
  const Dialect* dialect = FindDialect(trial->language.dialect);
  if (!dialect) {
    return trial->report.Refuse(
        Cause::kInvalidSample,
        absl::StrCat("code.asserts: not offered for ", trial->language.name));
  }
  const absl::StatusOr<Lifted> lifted =
      dialect->lift({trial->program, tests.code, tests.entry_point});
  if (!lifted.ok()) {
    trial->Explain(absl::StrCat("not lifted: ", lifted.status().message()));
    return JudgeJoined(trial, tests);
  }
  const Built built = Build(trial, *lifted);
  if (!built.examiner && !built.is_exhausted) {
    // The join tells a program that does not compile from our own stubs.
    trial->Explain(absl::StrCat("not lifted: ", built.why));
    return JudgeJoined(trial, tests);
  }
  CodeEvidence& evidence = trial->evidence;
  evidence.way = CodeEvidence::Way::kExaminer;
  evidence.integrity = Integrity::kIsolated;
  evidence.comparison = absl::StrCat(std::string(dialect->name), "-asserts/1");
  if (built.is_exhausted) {
    // The join holds the same text, and would take as long again.
    return trial->Conclude(
        {Verdict::kCompileError, Cause::kUnspecified, built.why});
  }
  const Pair pair = RunBoth(trial, built);
  trial->Explain(absl::StrCat("examiner: ", LastLine(pair.examiner.reply), " ",
                              OneLine(pair.examiner.stderr_text, 1000)));
  trial->ConcludeAsOneTest(FindingOfPair(pair, trial->sample.limits),
                           pair.candidate);
}

}  // namespace assay::code
