#include "verifier/farm/reports.h"

#include <string_view>
#include <utility>

namespace assay::farm {
namespace {

constexpr int64_t kReportBytes = 1024;
constexpr int64_t kTestBytes = 256;

// The wall limit that goes with a time limit.
absl::Duration WallLimit(absl::Duration time) {
  return 3 * time + absl::Seconds(2);
}

bool TimeLeavesNoDoubt(const TestReport& test, const RunLimits& limits) {
  if (!test.usage.has_value()) return test.verdict != Verdict::kTimeLimit;
  if (test.verdict == Verdict::kTimeLimit) {
    return test.usage->cpu >= kBandHigh * limits.time;
  }
  return test.usage->cpu < kBandLow * limits.time &&
         test.usage->wall < kBandLow * WallLimit(limits.time);
}

// A kill that none of ours sent may be the host's.
bool SaysKilled(std::string_view reason) {
  return reason.find("SIGKILL") != std::string_view::npos ||
         reason.find("signal 9") != std::string_view::npos;
}

bool MayKeep(const CodeEvidence& code, Verdict verdict) {
  if (code.compile.has_value() && (code.compile->cpu >= kCompileQuick ||
                                   code.compile->wall >= kCompileQuick)) {
    return false;
  }
  bool any = false;
  for (const TestReport& test : code.tests) {
    if (!TimeLeavesNoDoubt(test, code.limits)) return false;
    if (test.verdict == Verdict::kNoVerdict || SaysKilled(test.reason)) {
      return false;
    }
    any |= test.usage.has_value();
  }
  // Without a run there is nothing that says how long it took.
  return verdict != Verdict::kTimeLimit || any;
}

int64_t Size(const std::string& text) {
  return static_cast<int64_t>(text.size());
}

}  // namespace

bool MayKeep(const Report& report) {
  switch (report.verdict) {
    case Verdict::kUnspecified:
      return false;
    case Verdict::kNoVerdict:
      return report.cause == Cause::kInvalidSample ||
             report.cause == Cause::kInvalidGold ||
             report.cause == Cause::kIntegrity;
    default:
      break;
  }
  if (SaysKilled(report.reason)) return false;
  const auto* code = std::get_if<CodeEvidence>(&report.evidence);
  return code == nullptr || MayKeep(*code, report.verdict);
}

int64_t SizeOf(const Report& report) {
  int64_t bytes = kReportBytes + Size(report.reason);
  for (const std::string& line : report.explanation) bytes += 32 + Size(line);
  if (const auto* code = std::get_if<CodeEvidence>(&report.evidence)) {
    bytes += Size(code->compile_output) + Size(code->enforcement);
    for (const TestReport& test : code->tests) {
      bytes += kTestBytes + Size(test.reason) + Size(test.stdout_head) +
               Size(test.stderr_head);
    }
  }
  return bytes;
}

std::optional<Report> KeptReports::Get(const std::string& identity) {
  const auto found = index_.find(identity);
  if (found == index_.end()) return std::nullopt;
  order_.splice(order_.begin(), order_, found->second);
  return found->second->report;
}

void KeptReports::Put(const std::string& identity, const Report& report) {
  const int64_t bytes = SizeOf(report) + 2 * Size(identity);
  if (bytes > capacity_ || index_.count(identity) != 0) return;
  order_.push_front(Kept{identity, report, bytes});
  Report& kept = order_.front().report;
  kept.id.clear();
  kept.problem.clear();
  kept.source.clear();
  kept.labels.clear();
  index_[identity] = order_.begin();
  bytes_ += bytes;
  while (bytes_ > capacity_) {
    bytes_ -= order_.back().bytes;
    index_.erase(order_.back().identity);
    order_.pop_back();
  }
}

}  // namespace assay::farm
