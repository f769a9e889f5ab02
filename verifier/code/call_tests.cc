// Call plans: the candidate's process gets arguments and returns values; the
// service compares.
#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "verifier/code/examiner.h"
#include "verifier/code/frames.h"
#include "verifier/code/json_values.h"
#include "verifier/code/lift/dialect.h"
#include "verifier/code/marshal.h"
#include "verifier/code/planner.h"
#include "verifier/code/trial.h"

namespace assay::code {
namespace {

using Kind = Value::Kind;

bool HoldsBy(Equality equality, const Value& value,
             const Expectation& expected) {
  const std::vector<Value>& operands = expected.operands.items;
  if (equality == Equality::kPython || operands.empty()) {
    return Holds(expected.comparison, value, expected.operands);
  }
  return equality == Equality::kJavaScript
             ? EqualInJavaScript(value, operands[0])
             : Equal(value, operands[0], equality);
}

// What a frame of one call says.
TestReport JudgeFrame(const Value& frame, const Expectation& expected,
                      Equality equality) {
  TestReport report;
  const std::string kind = TextAt(frame, 0);
  if (kind == "value" && frame.items.size() == 2) {
    const Value& value = frame.items[1];
    const bool holds = HoldsBy(equality, value, expected);
    report.verdict = holds ? Verdict::kAccepted : Verdict::kWrongAnswer;
    if (!holds) {
      report.reason = value.is(Kind::kOpaque)
                          ? "returned an object of its own class, no value"
                          : "returned another value";
    }
  } else if (kind == "refused") {
    report.verdict = Verdict::kWrongAnswer;
    report.reason = absl::StrCat("returned ", OneLine(TextAt(frame, 1)));
  } else {
    const Finding finding = FindingOfRaise(frame);
    report.verdict = finding.verdict;
    report.reason = finding.reason;
  }
  if (!report.reason.empty() && expected.line > 0) {
    absl::StrAppend(&report.reason, " (line ", expected.line, " of the tests)");
  }
  return report;
}

// Why there is no frame for a call.
Finding MissingFrame(const sandbox::RunResult& result,
                     const RunLimits& limits) {
  Finding finding = FindingOf(result, limits);
  if (finding.verdict == Verdict::kAccepted) {
    finding.verdict = Verdict::kRuntimeError;
    finding.reason = "exited before the tests ended";
  }
  return finding;
}

// Judges the frames of a run; false: the sample is concluded already.
bool JudgeFrames(Trial* trial, const Plan& plan,
                 const sandbox::RunResult& result) {
  std::vector<TestReport>& tests = trial->evidence.tests;
  FrameReader frames(result.reply);
  const std::optional<Value> first = frames.Next();
  if (!first || TextAt(*first, 0) != "loaded") {
    Finding finding = first ? FindingOfLoad(*first)
                            : MissingFrame(result, trial->sample.limits);
    if (finding.verdict == Verdict::kCompileError) {
      trial->evidence.compile_output = finding.reason;
    }
    trial->Conclude(finding);
    return false;
  }
  size_t done = 0;
  for (; done < tests.size(); ++done) {
    const std::optional<Value> frame = frames.Next();
    if (!frame) break;
    const TestReport judged =
        JudgeFrame(*frame, plan.expectations[done], plan.equality);
    tests[done].verdict = judged.verdict;
    tests[done].reason = judged.reason;
    if (judged.verdict != Verdict::kAccepted &&
        trial->sample.stop == StopPolicy::kFirstFailure) {
      return true;
    }
  }
  const Finding end = FindingOf(result, trial->sample.limits);
  if (done == tests.size() && end.verdict == Verdict::kAccepted) return true;
  // All calls returned, and yet the run went wrong: its last test did.
  TestReport& last = tests[std::min(done, tests.size() - 1)];
  if (done < tests.size() || last.verdict == Verdict::kAccepted) {
    const Finding why = MissingFrame(result, trial->sample.limits);
    last.verdict = why.verdict;
    last.reason = why.reason;
  }
  return true;
}

// The run that answers the plan's calls; absent: concluded.
std::optional<sandbox::Command> AnsweringCommand(Trial* trial,
                                                 const Plan& plan) {
  if (trial->language.warm()) {
    std::vector<Value> parts = {Value::String("calls"),
                                Value::Bytes(trial->program)};
    if (plan.marshalled.empty()) parts.push_back(Value::Bytes(plan.calls));
    return PythonCommand(parts, plan.marshalled);
  }
  const Dialect& dialect = *FindDialect(trial->language.dialect);
  const sandbox::Blob artifact =
      trial->CompileOrConclude(dialect.answer(trial->program));
  if (!artifact) return std::nullopt;
  sandbox::Command command = RunCommand(trial->language, artifact);
  command.request = std::make_shared<const std::string>(plan.calls);
  command.wants_reply = true;
  return command;
}

void JudgePlan(Trial* trial, const Plan& plan) {
  CodeEvidence& evidence = trial->evidence;
  evidence.way = CodeEvidence::Way::kCallPlan;
  evidence.integrity = Integrity::kIsolated;
  evidence.comparison = plan.equality == Equality::kJavaScript
                            ? kJavaScriptValues
                            : kPythonValues;
  const std::optional<sandbox::Command> command = AnsweringCommand(trial, plan);
  if (!command) return;
  evidence.tests.resize(plan.expectations.size());
  const sandbox::RunResult result =
      trial->runner.Run(*command, trial->sample.limits);
  evidence.tests[0].usage = UsageOf(result);
  trial->ReportOutput(result, &evidence.tests[0]);
  if (result.outcome == sandbox::Outcome::kSetupFailed ||
      result.outcome == sandbox::Outcome::kCancelled) {
    return trial->Conclude(FindingOf(result, trial->sample.limits));
  }
  if (JudgeFrames(trial, plan, result)) trial->DecideByTests();
}

std::string Field(size_t index, const char* name) {
  return absl::StrCat("code.call.tests[", index, "].", name);
}

// The plan of a call sample; a Status names the malformed field.
absl::StatusOr<Plan> PlanOfCalls(const CallTests& tests) {
  Plan plan;
  plan.kind = Plan::Kind::kCalls;
  plan.equality = Equality::kJson;
  Value calls = Value::List({});
  const auto invalid = [](const std::string& field, absl::string_view why) {
    return absl::InvalidArgumentError(absl::StrCat(field, ": ", why));
  };
  for (size_t i = 0; i < tests.tests.size(); ++i) {
    const CallTest& test = tests.tests[i];
    absl::StatusOr<Value> args = ParseJson(test.arguments_json);
    if (!args.ok() || !args->is(Kind::kList)) {
      return invalid(Field(i, "arguments_json"),
                     args.ok() ? absl::string_view("not an array")
                               : args.status().message());
    }
    Value named;
    named.kind = Kind::kDict;
    if (!test.keyword_arguments_json.empty()) {
      absl::StatusOr<Value> parsed = ParseJson(test.keyword_arguments_json);
      if (!parsed.ok() || !parsed->is(Kind::kDict)) {
        return invalid(Field(i, "keyword_arguments_json"),
                       parsed.ok() ? absl::string_view("not an object")
                                   : parsed.status().message());
      }
      named = *std::move(parsed);
    }
    absl::StatusOr<Value> expected = ParseJson(test.expected_json);
    if (!expected.ok()) {
      return invalid(Field(i, "expected_json"), expected.status().message());
    }
    calls.items.push_back(Value::Tuple({Value::String(tests.entry_point),
                                        *std::move(args), std::move(named)}));
    plan.expectations.push_back(
        {"equal", Value::Tuple({*std::move(expected)}), 0});
  }
  plan.calls = EncodeValue(calls);
  plan.marshalled = Marshalled(calls).value_or("");
  if (plan.calls.size() > kMaxValueBytes) {
    return invalid("code.call.tests", "too large");
  }
  return plan;
}

}  // namespace

void JudgeCalls(Trial* trial, const CallTests& tests) {
  const Dialect* dialect = FindDialect(trial->language.dialect);
  const bool script = dialect && dialect->answer;
  if (!trial->language.warm() && !script) {
    return trial->report.Refuse(
        Cause::kInvalidSample, absl::StrCat("code.call: ", trial->language.name,
                                            " has no call tests here"));
  }
  absl::StatusOr<Plan> plan = PlanOfCalls(tests);
  if (!plan.ok()) {
    return trial->report.Refuse(Cause::kInvalidSample,
                                std::string(plan.status().message()));
  }
  if (script) {
    plan->equality = Equality::kJavaScript;
    for (size_t i = 0; i < tests.tests.size(); ++i) {
      const std::string& named = tests.tests[i].keyword_arguments_json;
      if (named.empty() || named == "{}") continue;
      return trial->report.Refuse(
          Cause::kInvalidSample,
          absl::StrCat(Field(i, "keyword_arguments_json"), ": ",
                       trial->language.name, " has none"));
    }
  }
  JudgePlan(trial, *plan);
}

void JudgePythonAsserts(Trial* trial, const AssertTests& tests) {
  const auto plan = PlanOf(&trial->runner, tests.code, tests.entry_point);
  if (!plan.ok()) {
    return trial->report.Refuse(
        absl::IsCancelled(plan.status()) ? Cause::kCancelled : Cause::kHost,
        absl::StrCat("planner: ", plan.status().message()));
  }
  switch ((*plan)->kind) {
    case Plan::Kind::kCalls:
      trial->Explain("the tests are a call plan");
      return JudgePlan(trial, **plan);
    case Plan::Kind::kExamine:
      trial->Explain(absl::StrCat("no call plan: ", (*plan)->reason));
      return JudgeByExaminer(trial, tests.code, (*plan)->entry);
    case Plan::Kind::kInvalid:
      return trial->report.Refuse(
          Cause::kInvalidTests,
          absl::StrCat("code.asserts.code: ", (*plan)->reason));
  }
}

}  // namespace assay::code
