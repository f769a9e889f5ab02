#include "clients/cli/line_reader.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace assay::cli {
namespace {

constexpr size_t kReadBytes = size_t{256} << 10;
constexpr int kPollMs = 100;  // How soon an interrupt is seen.

}  // namespace

LineReader::Fill LineReader::FillBuffer() {
  if (at_end_) return Fill::kEnd;
  pollfd waiting{fd_, POLLIN, 0};
  for (;;) {
    if (interrupted_ != nullptr && interrupted_->load()) {
      return Fill::kInterrupted;
    }
    if (poll(&waiting, 1, kPollMs) <= 0) continue;
    buffer_.erase(0, begin_);
    begin_ = 0;
    const size_t old_size = buffer_.size();
    buffer_.resize(old_size + kReadBytes);
    const ssize_t count = read(fd_, buffer_.data() + old_size, kReadBytes);
    buffer_.resize(old_size + (count > 0 ? static_cast<size_t>(count) : 0));
    if (count > 0) return Fill::kMore;
    if (count == 0) {
      at_end_ = true;
      return Fill::kEnd;
    }
    if (errno == EINTR || errno == EAGAIN) continue;
    error_ = std::strerror(errno);
    return Fill::kFailed;
  }
}

LineReader::Outcome LineReader::Read(std::string* line) {
  size_t searched = begin_;
  bool too_long = false;
  for (;;) {
    const size_t end = buffer_.find('\n', searched);
    if (end != std::string::npos) {
      line->assign(buffer_, begin_, end - begin_);
      offset_bytes_ += end + 1 - begin_;
      begin_ = end + 1;
      break;
    }
    if (buffer_.size() - begin_ > kLineBytesMax) {
      offset_bytes_ += buffer_.size() - begin_;
      buffer_.clear();
      begin_ = 0;
      too_long = true;
    }
    const size_t unsearched = buffer_.size() - begin_;
    const Fill fill = FillBuffer();
    if (fill == Fill::kInterrupted) return Outcome::kInterrupted;
    if (fill == Fill::kFailed) return Outcome::kFailed;
    if (fill == Fill::kEnd) {
      if (buffer_.size() == begin_ && !too_long) return Outcome::kEnd;
      line->assign(buffer_, begin_, std::string::npos);
      offset_bytes_ += buffer_.size() - begin_;
      begin_ = buffer_.size();
      break;
    }
    searched = begin_ + unsearched;
  }
  ++line_number_;
  if (too_long) return Outcome::kTooLong;
  if (!line->empty() && line->back() == '\r') line->pop_back();
  return Outcome::kLine;
}

bool LineReader::Ready() {
  if (at_end_ || buffer_.find('\n', begin_) != std::string::npos) return true;
  pollfd waiting{fd_, POLLIN, 0};
  return poll(&waiting, 1, 0) > 0;
}

}  // namespace assay::cli
