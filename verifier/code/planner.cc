#include "verifier/code/planner.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "verifier/code/frames.h"
#include "verifier/code/marshal.h"
#include "verifier/code/outcome.h"
#include "verifier/code/plan_session.h"
#include "verifier/code/sessions.h"

namespace assay::code {
namespace {

using Kind = Value::Kind;

Plan Examine(std::string reason, std::string entry) {
  Plan plan;
  plan.kind = Plan::Kind::kExamine;
  plan.reason = std::move(reason);
  plan.entry = std::move(entry);
  return plan;
}

// ("plan", calls, [(comparison, operands, line)]).
Plan OfCalls(const Value& frame, const std::string& entry) {
  Plan plan;
  plan.kind = Plan::Kind::kCalls;
  if (frame.items.size() != 3 ||
      frame.items[1].items.size() != frame.items[2].items.size()) {
    return Examine("a malformed plan", entry);
  }
  if (auto marshalled = Marshalled(frame.items[1])) {
    plan.marshalled = *std::move(marshalled);
  } else {
    plan.calls = EncodeValue(frame.items[1]);
  }
  for (const Value& item : frame.items[2].items) {
    if (item.items.size() != 3) return Examine("a malformed plan", entry);
    plan.expectations.push_back(
        {TextAt(item, 0), item.items[1], item.items[2].AsInt64(0)});
  }
  return plan;
}

Plan OfReply(const std::string& reply, const std::string& entry) {
  FrameReader frames(reply);
  const std::optional<Value> frame = frames.Next();
  if (!frame) return Examine("the tests are beyond the planner", entry);
  const std::string kind = TextAt(*frame, 0);
  if (kind == "plan") return OfCalls(*frame, entry);
  if (kind == "examine") return Examine(TextAt(*frame, 1), TextAt(*frame, 2));
  Plan plan;
  plan.reason = OneLine(TextAt(*frame, 1));
  return plan;
}

// By a planner of its own, which is bounded by kPlanTime.
absl::StatusOr<std::string> ReplyToOne(Runner* runner, const std::string& tests,
                                       const std::string& entry) {
  sandbox::Command command = PythonCommand(
      {Value::String("plan"), Value::Bytes(tests), Value::String(entry)});
  command.limits.cpu = kPlanTime;
  command.limits.wall = 3 * kPlanTime + absl::Seconds(2);
  command.limits.memory_bytes = kPlanMemoryBytes;
  sandbox::RunResult result = runner->RunOnce(command);
  if (result.outcome == sandbox::Outcome::kCancelled) {
    return absl::CancelledError("cancelled");
  }
  if (result.outcome == sandbox::Outcome::kSetupFailed) {
    return absl::UnavailableError(result.setup_error);
  }
  return std::move(result.reply);
}

}  // namespace

absl::StatusOr<std::shared_ptr<const Plan>> PlanOf(Runner* runner,
                                                   const std::string& tests,
                                                   const std::string& entry) {
  const std::string key = absl::StrCat(entry.size(), ":", entry, tests);
  if (auto known = runner->world().plans.Get(key)) return *std::move(known);
  std::string reply;
  {
    QuietGate::Shared shared(&runner->world().quiet);
    if (runner->sessions()) {
      reply = runner->sessions()->Plan(runner, tests, entry);
    }
    if (reply.empty()) {
      absl::StatusOr<std::string> own = ReplyToOne(runner, tests, entry);
      if (!own.ok()) return own.status();
      reply = *std::move(own);
    }
  }
  auto plan = std::make_shared<const Plan>(OfReply(reply, entry));
  runner->world().plans.Put(key, plan, reply.size() * 4);
  return plan;
}

}  // namespace assay::code
