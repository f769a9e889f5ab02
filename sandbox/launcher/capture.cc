#include "sandbox/launcher/capture.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string_view>

namespace assay::sandbox {
namespace {

// One pipe must not keep the loop from the others.
constexpr size_t kReadBytesPerCall = 1 << 20;
constexpr size_t kChunkBytes = 64 << 10;

}  // namespace

UniqueFd Capture::Open() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return UniqueFd();
  pipe_.reset(ends[0]);
  UniqueFd write_end(ends[1]);
  if (fcntl(ends[0], F_SETFL, O_NONBLOCK) != 0) return UniqueFd();
  return write_end;
}

bool Capture::Read() {
  static char chunk[kChunkBytes];
  for (size_t total = 0; total < kReadBytesPerCall;) {
    ssize_t n = read(pipe_.get(), chunk, sizeof(chunk));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0 && errno == EAGAIN) return true;
    if (n <= 0) return false;
    auto size = static_cast<size_t>(n);
    size_t kept = std::min(size, limit_ - bytes_.size());
    bytes_.append(chunk, kept);
    if (kept < size) {
      over_ = true;
      if (beyond_ == Beyond::kStop) return false;
    }
    total += size;
  }
  return true;
}

}  // namespace assay::sandbox
