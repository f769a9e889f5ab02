// Refuses a malformed Command before anything is started for it.
#ifndef SANDBOX_COMMAND_CHECK_H_
#define SANDBOX_COMMAND_CHECK_H_

#include "absl/status/status.h"
#include "sandbox/command.h"

namespace assay::sandbox {

// Bounds of a Command, beyond its Limits.
inline constexpr size_t kMaxArguments = 100000;
inline constexpr size_t kMaxArgumentBytes = 2 << 20;  // All of argv.
inline constexpr size_t kMaxEnvironmentBytes = 1 << 20;
inline constexpr size_t kMaxFiles = 256;  // And patterns of collect.
inline constexpr size_t kMaxChannels = 16;
inline constexpr int kMaxChannelNumber = 255;
inline constexpr int64_t kMaxLimitBytes = int64_t{1} << 40;

// INVALID_ARGUMENT naming the field, or OK.
absl::Status CheckCommand(const Command& command);

}  // namespace assay::sandbox

#endif  // SANDBOX_COMMAND_CHECK_H_
