// The reading end of a pipe that a box writes to, with a bound.
//
//   Capture out(limit, Capture::Beyond::kStop);
//   int write_end = out.Open();          // Hand it to the box, then close it.
//   out.Read();                          // When epoll says so; never blocks.
//   out.bytes(); out.over();             // Exactly `limit` bytes when over.
//
// Threads: none. Trust: the bytes are hostile.
#ifndef SANDBOX_LAUNCHER_CAPTURE_H_
#define SANDBOX_LAUNCHER_CAPTURE_H_

#include <cstdint>
#include <string>

#include "sandbox/wire/fd.h"

namespace assay::sandbox {

class Capture {
 public:
  enum class Beyond {
    kStop,   // A byte too many is the end of the run.
    kDrain,  // What is beyond is read and dropped.
  };

  Capture() = default;
  Capture(int64_t limit_bytes, Beyond beyond)
      : limit_(static_cast<size_t>(limit_bytes)), beyond_(beyond) {}

  // Makes the pipe; invalid with errno on failure.
  UniqueFd Open();
  int fd() const { return pipe_.get(); }
  // Reads what is there, at most kReadBytesPerCall. False: nothing more will
  // come (end of file, or over and stopped).
  bool Read();
  void Close() { pipe_.reset(); }

  bool over() const { return over_; }
  std::string&& TakeBytes() { return std::move(bytes_); }

 private:
  UniqueFd pipe_;
  size_t limit_ = 0;
  Beyond beyond_ = Beyond::kStop;
  bool over_ = false;
  std::string bytes_;
};

}  // namespace assay::sandbox

#endif  // SANDBOX_LAUNCHER_CAPTURE_H_
