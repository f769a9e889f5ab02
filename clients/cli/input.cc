#include "clients/cli/input.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace assay::cli {
namespace {

bool IsBlank(const std::string& line) {
  return line.find_first_not_of(" \t\r\n\v\f") == std::string::npos;
}

}  // namespace

Input::~Input() { CloseFile(); }

void Input::CloseFile() {
  reader_.reset();
  if (fd_ > STDIN_FILENO) close(fd_);
  fd_ = -1;
}

bool Input::OpenNext() {
  const std::string& path = paths_[next_path_++];
  name_ = path == "-" ? "stdin" : path;
  fd_ = path == "-" ? STDIN_FILENO : open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd_ < 0) {
    error_ = path + ": " + std::strerror(errno);
    return false;
  }
  reader_ = std::make_unique<LineReader>(fd_, interrupted_);
  return true;
}

Input::Outcome Input::Next(Entry* entry) {
  std::string line;
  for (;;) {
    if (reader_ == nullptr) {
      if (next_path_ == paths_.size()) return Outcome::kEnd;
      if (!OpenNext()) return Outcome::kFailed;
    }
    const LineReader::Outcome outcome = reader_->Read(&line);
    const std::string where =
        name_ + ":" + std::to_string(reader_->line_number());
    entry->pair.reset();
    switch (outcome) {
      case LineReader::Outcome::kInterrupted:
        return Outcome::kInterrupted;
      case LineReader::Outcome::kFailed:
        error_ = name_ + ": " + reader_->error();
        return Outcome::kFailed;
      case LineReader::Outcome::kEnd:
        CloseFile();
        continue;
      case LineReader::Outcome::kTooLong:
        entry->line = {};
        entry->line.report = InvalidSample(
            where, where + ": line: longer than " +
                       std::to_string(LineReader::kLineBytesMax) + " bytes");
        break;
      case LineReader::Outcome::kLine:
        if (reader_->line_number() == 1 && line.starts_with("\xef\xbb\xbf")) {
          line.erase(0, 3);  // A byte-order mark.
        }
        if (IsBlank(line)) continue;
        entry->line = {};
        if (pairs_) entry->pair = ParsePairLine(line);
        if (!entry->pair) entry->line = ParseSampleLine(line, where);
        break;
    }
    entry->position = position_++;
    return Outcome::kEntry;
  }
}

bool Input::Ready() { return reader_ == nullptr || reader_->Ready(); }

int64_t Input::CountSamples(const std::vector<std::string>& paths) {
  int64_t count = 0;
  for (const std::string& path : paths) {
    struct stat status;
    if (path == "-" || stat(path.c_str(), &status) != 0 ||
        !S_ISREG(status.st_mode)) {
      return -1;
    }
    const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return -1;
    LineReader reader(fd, nullptr);
    std::string line;
    for (;;) {
      const LineReader::Outcome outcome = reader.Read(&line);
      if (outcome == LineReader::Outcome::kTooLong)
        ++count;
      else if (outcome != LineReader::Outcome::kLine)
        break;
      else if (!IsBlank(line))
        ++count;
    }
    close(fd);
  }
  return count;
}

}  // namespace assay::cli
