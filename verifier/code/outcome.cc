#include "verifier/code/outcome.h"

#include <string.h>

#include <string_view>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"

namespace assay::code {
namespace {

// The last kilobytes of stderr, where a runtime says why it ended.
std::string_view Tail(const std::string& text) {
  constexpr size_t kTail = 2048;
  std::string_view view(text);
  return view.substr(view.size() > kTail ? view.size() - kTail : 0);
}

bool Contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

// Whether a run that ended by itself did so for want of memory.
bool RanOutOfMemory(const sandbox::RunResult& result, const RunLimits& limits) {
  const std::string_view tail = Tail(result.stderr_text);
  if (Contains(tail, "MemoryError") || Contains(tail, "std::bad_alloc") ||
      Contains(tail, "out of memory")) {
    return true;
  }
  // A failed allocation that nobody checked, close to the limit.
  return result.outcome == sandbox::Outcome::kSignaled &&
         result.peak_memory_bytes >= limits.memory_bytes / 10 * 9;
}

Finding Ended(const sandbox::RunResult& result, const RunLimits& limits) {
  if (RanOutOfMemory(result, limits)) {
    return {Verdict::kMemoryLimit, Cause::kUnspecified, "ran out of memory"};
  }
  if (result.outcome == sandbox::Outcome::kSignaled) {
    const char* name = sigabbrev_np(result.signal);
    return {Verdict::kRuntimeError, Cause::kUnspecified,
            name ? absl::StrCat("ended by SIG", name)
                 : absl::StrCat("ended by signal ", result.signal)};
  }
  return {Verdict::kRuntimeError, Cause::kUnspecified,
          absl::StrCat("exit code ", result.exit_code)};
}

}  // namespace

Finding FindingOf(const sandbox::RunResult& result, const RunLimits& limits) {
  using sandbox::Outcome;
  switch (result.outcome) {
    case Outcome::kExited:
      if (result.exit_code == 0) {
        return {Verdict::kAccepted, Cause::kUnspecified, ""};
      }
      return Ended(result, limits);
    case Outcome::kSignaled:
      return Ended(result, limits);
    case Outcome::kCpuTime:
      return {Verdict::kTimeLimit, Cause::kUnspecified,
              absl::StrCat("CPU time limit of ",
                           absl::FormatDuration(limits.time))};
    case Outcome::kWallTime:
      return {Verdict::kTimeLimit, Cause::kUnspecified,
              absl::StrCat(
                  "wall time limit of ",
                  absl::FormatDuration(3 * limits.time + absl::Seconds(2)))};
    case Outcome::kMemory:
      return {Verdict::kMemoryLimit, Cause::kUnspecified,
              absl::StrCat("memory limit of ", limits.memory_bytes, " bytes")};
    case Outcome::kOutput:
      return {Verdict::kOutputLimit, Cause::kUnspecified,
              absl::StrCat("output limit of ", limits.output_bytes, " bytes")};
    case Outcome::kViolation:
      return {Verdict::kSecurityViolation, Cause::kUnspecified,
              absl::StrCat("forbidden: ", OneLine(result.violation))};
    case Outcome::kCancelled:
      return {Verdict::kNoVerdict, Cause::kCancelled, "cancelled"};
    case Outcome::kSetupFailed:
      break;
  }
  return {Verdict::kNoVerdict, Cause::kHost,
          absl::StrCat("sandbox: ", OneLine(result.setup_error))};
}

RunUsage UsageOf(const sandbox::RunResult& result) {
  return {result.cpu, result.wall, result.peak_memory_bytes};
}

std::string Head(const std::string& text) { return text.substr(0, kHeadBytes); }

std::string OneLine(std::string_view text, size_t bytes) {
  std::string line(text.substr(0, bytes));
  for (char& c : line) {
    if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') c = ' ';
  }
  return line;
}

}  // namespace assay::code
