#include "verifier/code/examiner.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "verifier/code/frames.h"
#include "verifier/code/pair.h"
#include "verifier/code/sessions.h"

namespace assay::code {
namespace {

using sandbox::Outcome;
using sandbox::RunResult;

// A policy of more first tests selects all of any text.
constexpr size_t kFirstTestsMax = size_t{1} << 20;

std::string AlibiKey(const Exam& exam) {
  return absl::StrCat(exam.stop, " ", absl::FormatDuration(exam.limits.cpu),
                      " ", exam.limits.memory_bytes, " ", exam.entry.size(),
                      ":", exam.entry, exam.tests);
}

Exam ExamOf(const Trial& trial, const std::string& tests,
            const std::string& entry) {
  Exam exam;
  exam.tests = tests;
  exam.entry = entry;
  const CodeSample& sample = trial.sample;
  if (sample.stop == StopPolicy::kFirstFailure) exam.stop = -1;
  if (sample.stop == StopPolicy::kFirstTests) {
    exam.stop =
        static_cast<int64_t>(std::min(sample.stop_tests_count, kFirstTestsMax));
  }
  exam.limits = ExaminerLimits(trial.runner.world(), sample.limits);
  exam.patience = 3 * sample.limits.time + absl::Seconds(2);
  return exam;
}

sandbox::Command CommandOf(const Exam& exam, const char* mode) {
  sandbox::Command command =
      PythonCommand({Value::String(mode), Value::Bytes(exam.tests),
                     Value::String(exam.entry), Value::Int(exam.stop)});
  command.limits = exam.limits;
  return command;
}

sandbox::Command CandidateCommand(const Trial& trial, const Exam& exam) {
  sandbox::Command command =
      PythonCommand({Value::String("serve"), Value::Bytes(trial.program)});
  command.wants_reply = false;
  command.limits = SandboxLimits(trial.sample.limits);
  // It may wait for the tests; how long they wait for it is exam.patience.
  command.limits.wall = exam.limits.wall + absl::Seconds(2);
  return command;
}

// What an examiner wrote: of test functions their names and verdicts, then
// the last frame. `last` is absent where the run ended before it.
struct Transcript {
  std::vector<std::string> names;
  std::vector<Value> tests;
  std::optional<Value> last;
};

Transcript ReadTranscript(const std::string& reply) {
  Transcript read;
  FrameReader frames(reply);
  while (std::optional<Value> frame = frames.Next()) {
    const std::string kind = TextAt(*frame, 0);
    if (kind == "collected" && frame->items.size() == 2) {
      for (const Value& name : frame->items[1].items) {
        read.names.push_back(OneLine(name.text));
      }
    } else if (kind == "test") {
      frame->items.erase(frame->items.begin());
      read.tests.push_back(*std::move(frame));
    } else {
      read.last = std::move(frame);
    }
  }
  return read;
}

// Why the tests go wrong without any candidate; empty: they do not.
std::string Alibi(Trial* trial, const Exam& exam) {
  Runner& runner = trial->runner;
  const std::string key = AlibiKey(exam);
  if (auto known = runner.world().alibis.Get(key)) return *known;
  RunResult result;
  {
    QuietGate::Shared shared(&runner.world().quiet);
    result = runner.RunOnce(CommandOf(exam, "alibi"));
  }
  if (result.outcome == Outcome::kSetupFailed ||
      result.outcome == Outcome::kCancelled) {
    return "";
  }
  RunLimits limits = trial->sample.limits;
  limits.time = exam.limits.cpu;
  limits.memory_bytes = exam.limits.memory_bytes;
  std::string why;
  if (ReachedLimit(result)) {
    why = FindingOf(result, limits).reason;
  } else {
    FrameReader frames(result.reply);
    const std::optional<Value> frame = frames.Next();
    if (frame && TextAt(*frame, 1) == "memory") why = "out of memory";
  }
  runner.world().alibis.Put(key, why, why.size());
  return why;
}

Finding SelfMade(const std::string& why) {
  return {
      Verdict::kNoVerdict, Cause::kInvalidTests,
      absl::StrCat("code.asserts.code: by itself, without a candidate: ", why)};
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
  if (kind == "stuck") return FindingOf(pair.candidate, limits);
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

// What ended the examination as a whole; ACCEPTED: the tests came to their
// end, and each function's verdict stands.
Finding FindingOfPair(const Pair& pair, const Transcript& transcript,
                      const RunLimits& limits) {
  for (const RunResult* result : {&pair.candidate, &pair.examiner}) {
    if (result->outcome == Outcome::kSetupFailed) {
      return FindingOf(*result, limits);
    }
  }
  if (pair.examiner.outcome == Outcome::kCancelled) {
    return FindingOf(pair.examiner, limits);
  }
  if (ReachedLimit(pair.candidate)) return FindingOf(pair.candidate, limits);
  if (!transcript.last || pair.examiner.outcome != Outcome::kExited ||
      pair.examiner.exit_code != 0) {
    return Silent(pair.examiner, limits);
  }
  return OfFrame(*transcript.last, pair, limits);
}

// Whether the finding may be the tests' own doing.
bool IsDoubtful(const Pair& pair, const Transcript& transcript) {
  if (ReachedLimit(pair.candidate)) return false;
  if (!transcript.last) return ReachedLimit(pair.examiner);
  const auto is_memory = [](const Value& frame) {
    return TextAt(frame, 0) == "memory";
  };
  return is_memory(*transcript.last) ||
         std::any_of(transcript.tests.begin(), transcript.tests.end(),
                     is_memory);
}

// One report for each test function; `whole` is what ended the examination.
// False: the sample is concluded.
bool ReportFunctions(Trial* trial, const Pair& pair,
                     const Transcript& transcript, const Finding& whole) {
  std::vector<TestReport>& tests = trial->evidence.tests;
  const RunLimits& limits = trial->sample.limits;
  bool told = whole.verdict == Verdict::kAccepted;
  for (size_t i = 0; i < transcript.names.size(); ++i) {
    TestReport test;
    test.name = transcript.names[i];
    Finding finding;
    if (i < transcript.tests.size()) {
      if (TextAt(transcript.tests[i], 0) == "skipped") continue;
      finding = OfFrame(transcript.tests[i], pair, limits);
    } else if (!told) {
      finding = whole;
      told = true;
    }
    if (finding.verdict == Verdict::kNoVerdict) {
      trial->Conclude(finding);
      return false;
    }
    test.verdict = finding.verdict;
    if (finding.verdict != Verdict::kAccepted) test.reason = finding.reason;
    tests.push_back(std::move(test));
  }
  if (tests.empty()) {
    trial->Conclude({Verdict::kNoVerdict, Cause::kInvalidTests,
                     "code.asserts.code: every test skips itself"});
    return false;
  }
  // All functions ended, and yet the run went wrong: the last one did.
  if (!told && tests.back().verdict == Verdict::kAccepted) {
    tests.back().verdict = whole.verdict;
    tests.back().reason = whole.reason;
  }
  return true;
}

// Examines under the rule of time.
Pair Examine(Trial* trial, const Exam& exam) {
  const RunLimits& limits = trial->sample.limits;
  sandbox::Command candidate = CandidateCommand(*trial, exam);
  return PairUnderTimeRule(&trial->runner, limits, [&](absl::Duration cpu) {
    candidate.limits.cpu = cpu;
    Sessions* sessions = trial->runner.sessions();
    std::optional<Pair> made;
    if (sessions) made = sessions->Examine(&trial->runner, exam, candidate);
    Pair pair = made ? *std::move(made)
                     : RunPair(&trial->runner, candidate,
                               CommandOf(exam, "examine"), exam.patience);
    const Transcript transcript = ReadTranscript(pair.examiner.reply);
    if (transcript.last && TextAt(*transcript.last, 0) == "stuck" &&
        !ReachedLimit(pair.candidate)) {
      pair.candidate.outcome = Outcome::kWallTime;
    }
    return pair;
  });
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
  const Exam exam = ExamOf(*trial, tests, entry);
  const auto known = trial->runner.world().alibis.Get(AlibiKey(exam));
  if (known && !known->empty()) return trial->Conclude(SelfMade(*known));
  const Pair pair = Examine(trial, exam);
  const Transcript transcript = ReadTranscript(pair.examiner.reply);
  const Finding finding = FindingOfPair(pair, transcript, limits);
  if (IsDoubtful(pair, transcript)) {
    const std::string why = Alibi(trial, exam);
    if (!why.empty()) return trial->Conclude(SelfMade(why));
  }
  if (finding.verdict == Verdict::kCompileError) {
    evidence.compile_output = finding.reason;
  }
  if (transcript.names.empty() || finding.verdict == Verdict::kNoVerdict) {
    return trial->ConcludeAsOneTest(finding, pair.candidate);
  }
  if (!ReportFunctions(trial, pair, transcript, finding)) {
    return evidence.tests.clear();
  }
  evidence.tests[0].usage = UsageOf(pair.candidate);
  trial->ReportOutput(pair.candidate, &evidence.tests[0]);
  trial->DecideByTests();
}

}  // namespace assay::code
