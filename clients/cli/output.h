// The file of reports, which a later run can resume.
//
//   auto output = Output::Open("out.jsonl", /*resume=*/true);
//   if (output->TakeDone(id)) continue;     // It has its report already.
//   absl::Status s = output->Append(report);
//
// Resuming keeps every report of the file except those of NO_VERDICT by our
// own fault (HOST, BROKER, POISON, CANCELLED): these are dropped, so that
// their samples are tried again. A torn last line is cut off. Ids count with
// their multiplicity: two reports `a` spare two samples `a`.
// A file that holds anything but reports is not resumed but refused. A regular
// file is locked (flock) while it is open, so that two runs never write to one:
// ABORTED.
//
// Bounds: memory grows with the ids of the file alone.
// Threads: Append may be called by several; the rest before they start.
#ifndef CLIENTS_CLI_OUTPUT_H_
#define CLIENTS_CLI_OUTPUT_H_

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "proto/assay/v1/report.pb.h"

namespace assay::cli {

class Output {
 public:
  // `path` "-" is stdout, which cannot be resumed. Without `resume` an
  // existing file is emptied, whatever it held.
  static absl::StatusOr<std::unique_ptr<Output>> Open(const std::string& path,
                                                      bool resume);
  ~Output();
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  // Whether the file already had a report for this id; uses it up.
  bool TakeDone(const std::string& id);
  // Reports kept from an earlier run.
  uint64_t kept_count() const { return kept_count_; }
  // Writes one line. The line is whole in the file when this returns.
  absl::Status Append(const v1::Report& report);
  // The same of a report's line, without a newline.
  absl::Status AppendLine(std::string line);

 private:
  Output() = default;
  // Opens the file that is at `path` once it is locked.
  absl::Status OpenLocked(const std::string& path);
  absl::Status Resume(const std::string& path);
  // Leaves fd_ at the new file, which is locked before it is at `path`.
  absl::Status Replace(const std::string& path, const std::string& kept_path);

  int fd_ = -1;
  std::mutex mutex_;
  uint64_t kept_count_ = 0;
  std::unordered_map<std::string, uint64_t> done_;
};

}  // namespace assay::cli

#endif  // CLIENTS_CLI_OUTPUT_H_
