// Bounds of one run, and what is seen when each is reached.
//
// Threads: plain values. Units: in the names.
#ifndef SANDBOX_LIMITS_H_
#define SANDBOX_LIMITS_H_

#include <cstdint>

#include "absl/time/time.h"

namespace assay::sandbox {

struct Limits {
  // CPU time of the whole tree; reached: Outcome::kCpuTime.
  absl::Duration cpu = absl::Seconds(10);
  // Reached: Outcome::kWallTime. The caller sets 3 x cpu + 2 s.
  absl::Duration wall = absl::Seconds(32);
  // Peak memory of the whole tree, tmpfs included; reached: kMemory.
  int64_t memory_bytes = int64_t{512} << 20;
  // stdout; a byte more: kOutput, with exactly this many kept.
  int64_t stdout_bytes = int64_t{16} << 20;
  // stderr is kept up to here, then drained and dropped.
  int64_t stderr_bytes = int64_t{64} << 10;
  // The reply channel; a byte more: kOutput.
  int64_t reply_bytes = int64_t{64} << 20;
  // Processes and threads at once; beyond: clone fails with EAGAIN.
  int32_t process_count = 64;
  // Size of one file, and of each private tmpfs (/box and /tmp). Compilers
  // need more: go build, rustc and javac are content with 512 MiB.
  int64_t file_bytes = int64_t{64} << 20;
  // All collected files together; one that does not fit is left out.
  int64_t collect_bytes = int64_t{256} << 20;
  int32_t open_files_count = 256;
  int64_t stack_bytes = int64_t{64} << 20;
};

}  // namespace assay::sandbox

#endif  // SANDBOX_LIMITS_H_
