#include "clients/cli/output.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>
#include <utility>

#include "clients/cli/line_reader.h"
#include "clients/cli/report_line.h"
#include "clients/cli/sample_line.h"
#include "clients/cli/words.h"

namespace assay::cli {
namespace {

absl::Status Errno(const std::string& what) {
  return absl::InternalError(what + ": " + std::strerror(errno));
}

absl::Status WriteAll(int fd, const std::string& text) {
  size_t written = 0;
  while (written < text.size()) {
    const ssize_t count =
        write(fd, text.data() + written, text.size() - written);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return Errno("cannot write reports");
    written += static_cast<size_t>(count);
  }
  return absl::OkStatus();
}

bool EndsWithNewline(int fd, off_t size) {
  char last = '\n';
  return size == 0 || (pread(fd, &last, 1, size - 1) == 1 && last == '\n');
}

absl::Status Lock(int fd, const std::string& path) {
  if (flock(fd, LOCK_EX | LOCK_NB) == 0) return absl::OkStatus();
  // A file system without locks cannot keep two runs apart.
  if (errno != EWOULDBLOCK) return absl::OkStatus();
  return absl::AbortedError(
      path +
      ": another `assay verify` writes to it; wait for it, or name "
      "another file after -o");
}

// Closes a descriptor at the end of a scope.
struct Closer {
  int fd;
  ~Closer() {
    if (fd >= 0) close(fd);
  }
};

}  // namespace

Output::~Output() {
  if (fd_ > STDERR_FILENO) close(fd_);
}

absl::StatusOr<std::unique_ptr<Output>> Output::Open(const std::string& path,
                                                     bool resume) {
  std::unique_ptr<Output> output(new Output());
  if (path == "-") {
    output->fd_ = STDOUT_FILENO;
    return output;
  }
  absl::Status status = output->OpenLocked(path);
  if (!status.ok()) return status;
  struct stat found;
  if (fstat(output->fd_, &found) != 0) return Errno(path);
  if (!S_ISREG(found.st_mode)) return output;
  if (!resume && ftruncate(output->fd_, 0) != 0) return Errno(path);
  if (resume) status = output->Resume(path);
  if (!status.ok()) return status;
  return output;
}

absl::Status Output::OpenLocked(const std::string& path) {
  for (;;) {
    Closer file{
        open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644)};
    struct stat opened;
    if (file.fd < 0 || fstat(file.fd, &opened) != 0) return Errno(path);
    if (S_ISREG(opened.st_mode)) {
      if (absl::Status status = Lock(file.fd, path); !status.ok()) {
        return status;
      }
      // Another run may have put a new file in its place meanwhile.
      struct stat present;
      if (stat(path.c_str(), &present) != 0 ||
          present.st_ino != opened.st_ino || present.st_dev != opened.st_dev) {
        continue;
      }
    }
    std::swap(fd_, file.fd);
    return absl::OkStatus();
  }
}

// Reads the reports of an earlier run. Where some are to be tried again, or
// the last line is torn, the others are written to a new file that replaces
// the old one at once.
absl::Status Output::Resume(const std::string& path) {
  Closer old{open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  struct stat status;
  if (old.fd < 0 || fstat(old.fd, &status) != 0) return Errno(path);
  const bool torn = !EndsWithNewline(old.fd, status.st_size);
  LineReader reader(old.fd, nullptr);
  std::string line;
  bool rewrite = torn;
  for (;;) {
    const LineReader::Outcome outcome = reader.Read(&line);
    if (outcome == LineReader::Outcome::kEnd) break;
    if (outcome == LineReader::Outcome::kFailed) return Errno(path);
    const bool last =
        reader.offset_bytes() >= static_cast<uint64_t>(status.st_size);
    const std::optional<ReportLine> report = ParseReportLine(line);
    if (!report && torn && last) break;
    if (!report) {
      return absl::FailedPreconditionError(
          path + ":" + std::to_string(reader.line_number()) +
          ": not a report; this file is left as it is. Name another one "
          "after -o.");
    }
    if (IsOurs(report->cause)) {
      rewrite = true;
    } else {
      ++done_[report->id];
      ++kept_count_;
    }
  }
  if (!rewrite) return absl::OkStatus();
  return Replace(path, path + ".resumed");
}

absl::Status Output::Replace(const std::string& path,
                             const std::string& kept_path) {
  Closer old{open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  Closer kept{open(kept_path.c_str(),
                   O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0644)};
  if (old.fd < 0 || kept.fd < 0) return Errno(kept_path);
  if (absl::Status status = Lock(kept.fd, path); !status.ok()) return status;
  LineReader reader(old.fd, nullptr);
  std::string line;
  while (reader.Read(&line) == LineReader::Outcome::kLine) {
    const std::optional<ReportLine> report = ParseReportLine(line);
    if (!report || IsOurs(report->cause)) continue;
    const absl::Status written = WriteAll(kept.fd, line + "\n");
    if (!written.ok()) {
      unlink(kept_path.c_str());
      return written;
    }
  }
  if (rename(kept_path.c_str(), path.c_str()) != 0) return Errno(path);
  std::swap(fd_, kept.fd);
  return absl::OkStatus();
}

bool Output::TakeDone(const std::string& id) {
  const auto entry = done_.find(id);
  if (entry == done_.end()) return false;
  if (--entry->second == 0) done_.erase(entry);
  return true;
}

absl::Status Output::Append(const v1::Report& report) {
  return AppendLine(ToJsonLine(report));
}

absl::Status Output::AppendLine(std::string line) {
  line += '\n';
  const std::lock_guard<std::mutex> lock(mutex_);
  return WriteAll(fd_, line);
}

}  // namespace assay::cli
