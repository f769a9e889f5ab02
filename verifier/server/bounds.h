// What the operator allows, in plain values; GetCapabilities shows it.
//
//   Bounds bounds;
//   bounds.run_max.time = absl::Seconds(60);
//
// Threads: set up before the server starts, read-only after.
#ifndef VERIFIER_SERVER_BOUNDS_H_
#define VERIFIER_SERVER_BOUNDS_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "verifier/sample.h"

namespace assay::server {

// The contract's own bounds, of proto/assay/v1/sample.proto.
inline constexpr int64_t kNameBytesMax = 512;  // id, problem, source.
inline constexpr int64_t kLabelsMax = 32;
inline constexpr int64_t kLabelsBytesMax = 4096;
inline constexpr int64_t kGoldsMax = 16;
inline constexpr int64_t kOptionsMax = 64;
inline constexpr int64_t kEntryPointBytesMax = 512;
inline constexpr int64_t kOtherOutputsMax = 16;
inline constexpr double kWeightMax = 1e6;
inline constexpr int64_t kRunMemoryBytesMin = int64_t{1} << 20;
// What the sandbox can bound at all; an operator's maximum is below.
inline constexpr int64_t kRunMemoryBytesMax = int64_t{1} << 40;
inline constexpr int64_t kRunProcessesMax = 4096;

inline constexpr size_t kProfileBytesMax = 64;  // Of a profile's name.

// A warm interpreter beside a language's own.
struct LanguageProfile {
  std::string name;
  bool available = false;
  std::string unavailable_reason;
};

// What one language offers on this host.
struct Language {
  std::string name;
  bool available = false;
  std::string version;
  std::string unavailable_reason;
  std::map<std::string, Integrity> test_kinds;
  std::vector<LanguageProfile> profiles;
};

struct Bounds {
  int64_t message_bytes_max = int64_t{64} << 20;
  int64_t messages_bytes_max = int64_t{256} << 20;  // Of all streams at hand.
  int64_t sample_bytes_max = int64_t{32} << 20;
  int64_t batch_samples_max = 8192;
  int64_t batch_pairs_max = 65536;
  int64_t queue_samples_max = 65536;
  int64_t queue_bytes_max = int64_t{1} << 30;
  int64_t stream_window_samples = 2048;
  int64_t tests_count_max = 10000;
  int64_t test_set_bytes_max = int64_t{128} << 20;
  int64_t test_sets_bytes_max = int64_t{512} << 20;  // Kept by digest.
  RunLimits run_default;
  RunLimits run_max = {.time = absl::Seconds(120),
                       .memory_bytes = int64_t{4} << 30,
                       .output_bytes = int64_t{64} << 20,
                       .process_count = 256};
};

// What this server is, for GetCapabilities and the codec.
struct Abilities {
  std::vector<Language> languages;
  std::string enforcement;
  std::vector<std::string> missing_enforcement;
  std::vector<std::string> evaluators;
  std::vector<std::string> comparisons;
  int code_lanes = 0;
  int math_lanes = 0;
  Bounds bounds;
};

}  // namespace assay::server

#endif  // VERIFIER_SERVER_BOUNDS_H_
