// Tells on stderr how a verification goes: one line that renews itself on a
// terminal, a plain line every kPlainInterval elsewhere.
//
//   Progress progress(total, kept, quiet);    // total -1: not known
//   progress.Count(report);                   // any thread
//   progress.Notice("reconnecting");          // any thread
//   progress.Finish();                        // the last line
//
// Threads: Count and Notice by any; the others by the owner.
#ifndef CLIENTS_CLI_PROGRESS_H_
#define CLIENTS_CLI_PROGRESS_H_

#include <array>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <thread>

#include "absl/time/time.h"
#include "proto/assay/v1/report.pb.h"

namespace assay::cli {

class Progress {
 public:
  static constexpr absl::Duration kTerminalInterval = absl::Milliseconds(200);
  static constexpr absl::Duration kPlainInterval = absl::Seconds(5);

  Progress(int64_t total_count, uint64_t kept_count, bool quiet);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void Count(const v1::Report& report) {
    Count(report.verdict(), report.cause());
  }
  void Count(v1::Verdict verdict, v1::Cause cause);
  // A line of its own, also where quiet.
  void Notice(const std::string& text);
  // Writes the summary. Idempotent.
  void Finish();

  // Reports with NO_VERDICT by our own fault.
  uint64_t ours_count() const;

  // `AC 812  WA 101  NV 3 (INVALID_SAMPLE 3)`.
  std::string Counts() const;

 private:
  std::string LineLocked() const;
  std::string CountsLocked() const;
  void Show();

  const int64_t total_count_;
  const uint64_t kept_count_;
  const bool quiet_;
  const bool terminal_;
  const absl::Time start_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  bool finished_ = false;
  uint64_t done_count_ = 0;
  uint64_t ours_count_ = 0;
  std::array<uint64_t, 16> by_verdict_{};
  std::map<std::string, uint64_t> by_cause_;
  std::thread thread_;
};

}  // namespace assay::cli

#endif  // CLIENTS_CLI_PROGRESS_H_
