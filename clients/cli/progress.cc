#include "clients/cli/progress.h"

#include <stdio.h>
#include <unistd.h>

#include <algorithm>

#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "clients/cli/words.h"

namespace assay::cli {
namespace {

std::string Hours(double seconds) {
  const auto whole = static_cast<int64_t>(seconds + 0.5);
  if (whole >= 3600) {
    return absl::StrFormat("%d:%02d:%02d", whole / 3600, whole / 60 % 60,
                           whole % 60);
  }
  return absl::StrFormat("%d:%02d", whole / 60, whole % 60);
}

}  // namespace

Progress::Progress(int64_t total_count, uint64_t kept_count, bool quiet)
    : total_count_(total_count),
      kept_count_(kept_count),
      quiet_(quiet),
      terminal_(isatty(STDERR_FILENO) == 1),
      start_(absl::Now()) {
  if (!quiet_) thread_ = std::thread([this] { Show(); });
}

Progress::~Progress() { Finish(); }

void Progress::Show() {
  std::unique_lock<std::mutex> lock(mutex_);
  const absl::Duration interval =
      terminal_ ? kTerminalInterval : kPlainInterval;
  while (!finished_) {
    wake_.wait_for(lock, absl::ToChronoMilliseconds(interval));
    if (finished_) return;
    const std::string line = LineLocked();
    fprintf(stderr, terminal_ ? "\r\033[K%s" : "%s\n", line.c_str());
    fflush(stderr);
  }
}

void Progress::Count(v1::Verdict verdict, v1::Cause cause) {
  const std::lock_guard<std::mutex> lock(mutex_);
  ++done_count_;
  ++by_verdict_[static_cast<size_t>(verdict) % by_verdict_.size()];
  if (verdict != v1::VERDICT_NO_VERDICT) return;
  ++by_cause_[CauseName(cause)];
  if (IsOurs(cause)) ++ours_count_;
}

uint64_t Progress::ours_count() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return ours_count_;
}

std::string Progress::Counts() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return CountsLocked();
}

std::string Progress::CountsLocked() const {
  std::string text;
  for (size_t i = 1; i < by_verdict_.size(); ++i) {
    if (by_verdict_[i] == 0) continue;
    const auto verdict = static_cast<v1::Verdict>(i);
    if (!text.empty()) text += "  ";
    text += absl::StrFormat("%s %d", std::string(VerdictCode(verdict)),
                            by_verdict_[i]);
  }
  if (by_cause_.empty()) return text;
  std::string causes;
  for (const auto& [cause, count] : by_cause_) {
    if (!causes.empty()) causes += ", ";
    causes += absl::StrFormat("%s %d", cause, count);
  }
  return text + " (" + causes + ")";
}

std::string Progress::LineLocked() const {
  const double seconds =
      std::max(absl::ToDoubleSeconds(absl::Now() - start_), 1e-3);
  const double rate = static_cast<double>(done_count_) / seconds;
  const uint64_t all_count = done_count_ + kept_count_;
  std::string line = absl::StrFormat("assay: %d", all_count);
  if (total_count_ >= 0) line += absl::StrFormat(" of %d", total_count_);
  line += absl::StrFormat(" samples, %.1f/s", rate);
  const int64_t left =
      total_count_ - static_cast<int64_t>(std::min<uint64_t>(
                         all_count, static_cast<uint64_t>(INT64_MAX)));
  if (total_count_ >= 0 && done_count_ > 0 && left > 0) {
    line += ", " + Hours(static_cast<double>(left) / rate) + " left";
  }
  const std::string counts = CountsLocked();
  return counts.empty() ? line : line + "  " + counts;
}

void Progress::Notice(const std::string& text) {
  const std::lock_guard<std::mutex> lock(mutex_);
  fprintf(stderr, "%sassay: %s\n", terminal_ && !quiet_ ? "\r\033[K" : "",
          text.c_str());
}

void Progress::Finish() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (finished_) return;
    finished_ = true;
    wake_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
  if (quiet_) return;
  const std::lock_guard<std::mutex> lock(mutex_);
  const double seconds = absl::ToDoubleSeconds(absl::Now() - start_);
  fprintf(stderr, "%sassay: %llu samples in %.1f s (%.1f/s)",
          terminal_ ? "\r\033[K" : "",
          static_cast<unsigned long long>(done_count_), seconds,
          static_cast<double>(done_count_) / std::max(seconds, 1e-3));
  if (kept_count_ > 0) {
    fprintf(stderr, ", %llu kept from an earlier run",
            static_cast<unsigned long long>(kept_count_));
  }
  fprintf(stderr, "\n");
  const std::string counts = CountsLocked();
  if (!counts.empty()) fprintf(stderr, "assay: %s\n", counts.c_str());
}

}  // namespace assay::cli
