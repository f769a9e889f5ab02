#include "verifier/code/runner.h"

#include <csignal>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "verifier/code/languages.h"
#include "verifier/code/marshal.h"

namespace assay::code {

using sandbox::Outcome;
using sandbox::RunResult;

sandbox::Limits SandboxLimits(const RunLimits& limits) {
  sandbox::Limits made;
  made.cpu = limits.time;
  made.wall = 3 * limits.time + absl::Seconds(2);
  made.memory_bytes = limits.memory_bytes;
  made.stdout_bytes = limits.output_bytes;
  made.process_count = limits.process_count;
  return made;
}

bool IsStarved(const RunResult& result) {
  return result.outcome == Outcome::kWallTime &&
         result.longest_delay - result.cpu > kStarvedShare * result.wall;
}

void BlameHostIfStarved(RunResult* result) {
  if (!IsStarved(*result)) return;
  result->outcome = Outcome::kSetupFailed;
  result->setup_error = absl::StrCat(
      "the host gave the run no core for ",
      absl::FormatDuration(
          absl::Trunc(result->longest_delay, absl::Milliseconds(1))),
      " of ",
      absl::FormatDuration(absl::Trunc(result->wall, absl::Milliseconds(1))));
}

sandbox::Command PythonCommand(const std::vector<Value>& parts,
                               const std::string& last) {
  std::string request = "(";
  const auto count =
      static_cast<int32_t>(parts.size() + (last.empty() ? 0 : 1));
  request.append(reinterpret_cast<const char*>(&count), sizeof(count));
  for (const Value& part : parts) request += Marshalled(part).value_or("N");
  request += last;
  sandbox::Command command;
  command.profile = kPythonProfile;
  command.policy = "python";
  command.request = std::make_shared<const std::string>(std::move(request));
  command.wants_reply = true;
  return command;
}

RunResult Runner::RunOnce(const sandbox::Command& command) {
  absl::StatusOr<RunResult> result = lane_->RunToEnd(command, cancelled_);
  if (absl::IsUnavailable(result.status())) {
    result = lane_->RunToEnd(command, cancelled_);
  }
  if (result.ok()) return *std::move(result);
  RunResult failed;
  failed.setup_error = std::string(result.status().message());
  return failed;
}

RunResult Runner::Run(sandbox::Command command, const RunLimits& limits) {
  command.limits = SandboxLimits(limits);
  return UnderTimeRule(limits, [&](absl::Duration cpu) {
    command.limits.cpu = cpu;
    return RunOnce(command);
  });
}

RunResult Runner::UnderTimeRule(
    const RunLimits& limits,
    const std::function<RunResult(absl::Duration)>& once) {
  RunResult result;
  {
    QuietGate::Shared shared(&world_->quiet);
    result = once(limits.time * kBand);
    // Nobody of ours sent it: the program itself did, and will again, or the
    // host (its out-of-memory killer), whose fault is no verdict.
    if (result.outcome == Outcome::kSignaled && result.signal == SIGKILL) {
      result = once(limits.time * kBand);
    }
  }
  const bool ended = result.outcome != Outcome::kCancelled &&
                     result.outcome != Outcome::kSetupFailed;
  const bool over =
      ended && result.outcome != Outcome::kCpuTime && result.cpu > limits.time;
  const bool starved = result.outcome == Outcome::kWallTime &&
                       result.scheduling_delay > kStarvedShare * result.wall;
  if (!over && !starved) return result;
  if (!world_->quiet.TryEnterAlone()) {
    // The share of quiet slots is spent: once more among the others.
    QuietGate::Shared shared(&world_->quiet);
    result = once(limits.time);
  } else {
    const absl::Time begin = absl::Now();
    result = once(limits.time);
    world_->quiet.LeaveAlone(absl::Now() - begin);
  }
  BlameHostIfStarved(&result);
  return result;
}

}  // namespace assay::code
