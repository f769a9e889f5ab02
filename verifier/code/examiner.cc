#include "verifier/code/examiner.h"

#include <memory>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "verifier/code/frames.h"
#include "verifier/code/pair.h"

namespace assay::code {
namespace {

using sandbox::Outcome;
using sandbox::RunResult;

// The examiner's command from the tests, the candidate's from the program.
sandbox::Command ExaminerCommand(const Trial& trial, const std::string& tests,
                                 const std::string& entry) {
  sandbox::Command command = PythonCommand(
      {EncodeValue(Value::String("examine")), EncodeValue(Value::Bytes(tests)),
       EncodeValue(Value::String(entry))});
  const RunLimits& limits = trial.sample.limits;
  command.limits = SandboxLimits(limits);
  command.limits.cpu = limits.time * kBand + kExaminerTime;
  command.limits.wall += 3 * kExaminerTime;
  command.limits.memory_bytes =
      std::max(limits.memory_bytes, kExaminerMemoryBytes);
  return command;
}

Finding OfFrame(const Value& frame, const Pair& pair, const RunLimits& limits) {
  const std::string kind = TextAt(frame, 0);
  std::string reason = OneLine(TextAt(frame, 1));
  if (kind == "pass") return Passed(pair.candidate, limits);
  if (kind == "gone") return Gone(pair.candidate, limits);
  if (kind == "unloaded") {
    Value load = frame;
    load.items.erase(load.items.begin());
    return FindingOfLoad(load);
  }
  if (kind == "uncalled") {
    return {Verdict::kNoVerdict, Cause::kInvalidTests,
            "code.asserts.code: the tests never call the candidate"};
  }
  if (kind == "module") {
    return {Verdict::kNoVerdict, Cause::kInvalidTests,
            absl::StrCat("code.asserts.code: ", reason)};
  }
  if (kind == "memory") return {Verdict::kMemoryLimit, {}, reason};
  const int64_t line = frame.items.size() > 2 ? frame.items[2].AsInt64(0) : 0;
  if (line > 0) absl::StrAppend(&reason, " (line ", line, " of the tests)");
  if (kind == "wrong") return {Verdict::kWrongAnswer, {}, reason};
  const bool memory = absl::StartsWith(reason, "MemoryError");
  return {memory ? Verdict::kMemoryLimit : Verdict::kRuntimeError, {}, reason};
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
  FrameReader frames(pair.examiner.reply);
  const std::optional<Value> frame = frames.Next();
  if (!frame || pair.examiner.outcome != Outcome::kExited ||
      pair.examiner.exit_code != 0) {
    return Silent(pair.examiner, limits);
  }
  return OfFrame(*frame, pair, limits);
}

}  // namespace

Finding FindingOfRaise(const Value& frame) {
  const std::string name = OneLine(TextAt(frame, 1), 80);
  const std::string text = OneLine(TextAt(frame, 2));
  if (frame.items.size() > 3) {
    for (const Value& base : frame.items[3].items) {
      if (base.text == "MemoryError") {
        return {Verdict::kMemoryLimit, Cause::kUnspecified, "MemoryError"};
      }
    }
  }
  return {Verdict::kRuntimeError, Cause::kUnspecified,
          text.empty() ? name : absl::StrCat(name, ": ", text)};
}

Finding FindingOfLoad(const Value& frame) {
  if (TextAt(frame, 0) == "syntax") {
    return {Verdict::kCompileError, Cause::kUnspecified,
            OneLine(TextAt(frame, 1))};
  }
  return FindingOfRaise(frame);
}

void JudgeByExaminer(Trial* trial, const std::string& tests,
                     const std::string& entry) {
  CodeEvidence& evidence = trial->evidence;
  evidence.way = CodeEvidence::Way::kExaminer;
  evidence.integrity = Integrity::kIsolated;
  evidence.comparison = "python-asserts/1";
  const RunLimits& limits = trial->sample.limits;
  sandbox::Command candidate =
      PythonCommand({EncodeValue(Value::String("serve")),
                     EncodeValue(Value::Bytes(trial->program))});
  candidate.wants_reply = false;
  candidate.limits = SandboxLimits(limits);
  Pair pair;
  trial->runner.UnderTimeRule(limits, [&](absl::Duration cpu) {
    candidate.limits.cpu = cpu;
    pair = RunPair(&trial->runner, candidate,
                   ExaminerCommand(*trial, tests, entry));
    return pair.candidate;
  });
  if (pair.candidate.cpu > limits.time &&
      pair.candidate.outcome != Outcome::kSetupFailed) {
    pair.candidate.outcome = Outcome::kCpuTime;
  }
  TestReport test;
  test.usage = UsageOf(pair.candidate);
  trial->ReportOutput(pair.candidate, &test);
  const Finding finding = FindingOfPair(pair, limits);
  if (finding.verdict != Verdict::kNoVerdict) {
    test.verdict = finding.verdict;
    test.reason = finding.reason;
  }
  evidence.tests = {std::move(test)};
  if (finding.verdict == Verdict::kCompileError) {
    evidence.compile_output = finding.reason;
  }
  trial->Conclude(finding);
}

}  // namespace assay::code
