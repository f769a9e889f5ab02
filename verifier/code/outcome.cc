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
      Contains(tail, "java.lang.OutOfMemoryError") ||
      Contains(tail, "Cannot allocate memory")) {
    return true;
  }
  // A failed allocation that nobody checked, close to the limit.
  return result.outcome == sandbox::Outcome::kSignaled &&
         result.peak_memory_bytes >= limits.memory_bytes / 10 * 9;
}

// The length of the UTF-8 character at `at`; 0: none is well-formed there.
size_t Utf8Size(std::string_view text, size_t at) {
  const auto byte = [&](size_t i) {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0;
  };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  const size_t size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4) return 0;
  for (size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return 0;
  }
  const unsigned second = byte(1);  // No overlong forms, no surrogates.
  if ((first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f) ||
      (first == 0xf0 && second < 0x90) || (first == 0xf4 && second > 0x8f)) {
    return 0;
  }
  return size;
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
  std::string line;
  for (size_t i = 0; i < text.size() && i < bytes;) {
    const size_t size = Utf8Size(text.substr(0, bytes), i);
    if (size == 0) {
      line += '?';
      ++i;
      continue;
    }
    const auto c = static_cast<unsigned char>(text[i]);
    line += c < ' ' || c == 0x7f ? " " : std::string(text.substr(i, size));
    i += size;
  }
  return line;
}

}  // namespace assay::code
