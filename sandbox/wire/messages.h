// What the service, the nursery and the launchers say to each other.
//
// service -> nursery    LauncherConfig once; then one "spawn lane N" a packet,
//                       with the lane's end of a socket pair beside it
// service -> launcher   BoxRequest (descriptors beside it: input, request,
//                       file contents, files of their own, channels, in that
//                       order) or Cancel
// launcher -> service   LauncherHello once, then a BoxReport per request
//
// Plain types only: the launcher is a small static program without Abseil.
#ifndef SANDBOX_WIRE_MESSAGES_H_
#define SANDBOX_WIRE_MESSAGES_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assay::sandbox {

// Runs in flight in one lane, at most.
inline constexpr int kMaxRunsPerLane = 64;
// Files that one run brings back, at most.
inline constexpr size_t kMaxCollected = 1024;

enum class MessageKind : uint64_t {
  kHello = 1,
  kStart = 2,
  kCancel = 3,
  kReport = 4,
  kConfig = 5,
  kSpawn = 6,
};

// Limits in plain integers. Units: nanoseconds, bytes, counts.
struct BoxLimits {
  int64_t cpu_ns = 0;
  int64_t wall_ns = 0;
  int64_t memory_bytes = 0;
  int64_t stdout_bytes = 0;
  int64_t stderr_bytes = 0;
  int64_t reply_bytes = 0;
  int64_t process_count = 0;
  int64_t file_bytes = 0;
  int64_t collect_bytes = 0;
  int64_t open_files_count = 0;
  int64_t stack_bytes = 0;
};

struct BoxFileEntry {
  std::string path;
  uint64_t size = 0;
  int mode = 0;
  // The name of a content that has a descriptor of its own; 0: it lies in
  // the contents, one after the other.
  uint64_t shared_id = 0;
  // Set by the launcher: a link to this path instead of a copy.
  std::string link;
};

struct BoxRequest {
  uint64_t id = 0;
  std::vector<std::string> argv;
  std::vector<std::string> environment;
  std::string policy;
  std::string profile;
  bool has_input = false;
  bool has_request = false;
  bool wants_reply = false;
  bool has_contents = false;
  std::vector<BoxFileEntry> files;
  std::vector<int> channels;
  std::vector<std::string> collect;
  BoxLimits limits;
};

// Why there is no result at all.
enum class ReportStatus : uint64_t {
  kOk = 0,
  kUnavailable = 1,  // The profile has no fork server now.
  kExhausted = 2,    // kMaxRunsPerLane are in flight.
};

struct BoxReport {
  uint64_t id = 0;
  ReportStatus status = ReportStatus::kOk;
  std::string status_text;
  int outcome = 0;  // An `Outcome`.
  int exit_code = 0;
  int signal = 0;
  std::string violation;
  std::string setup_error;
  std::string stdout_text;
  std::string stderr_text;
  bool stderr_truncated = false;
  std::string reply;
  std::vector<std::pair<std::string, std::string>> files;
  bool files_left_out = false;
  int64_t cpu_ns = 0;
  int64_t wall_ns = 0;
  int64_t scheduling_delay_ns = 0;
  int64_t longest_delay_ns = 0;
  int64_t peak_memory_bytes = 0;
};

struct ProfileConfig {
  std::string name;
  std::string interpreter;
  std::vector<std::string> required;
  std::vector<std::string> preload;
  std::string runtime_source;
  std::vector<std::string> exercise;
};

struct LauncherConfig {
  int lane_count = 0;
  std::vector<ProfileConfig> profiles;
  std::vector<std::string> read_only_paths;
  std::string fail_step;             // Fault injection, for tests.
  std::vector<std::string> without;  // Walls taken for absent, for tests.
};

struct ProfileStatus {
  std::string name;
  bool ready = false;
  std::string error;
};

// The walls of this host, as `Enforcement` has them.
struct LauncherHello {
  std::string error;  // Not empty: the launcher cannot serve.
  int cgroup = 0;
  bool user_namespace = false;
  bool pid_namespace = false;
  bool mount_namespace = false;
  bool ipc_namespace = false;
  bool uts_namespace = false;
  bool net_namespace = false;
  bool cgroup_namespace = false;
  bool own_root = false;
  bool proc = false;
  bool seccomp = false;
  int landlock_abi = 0;
  bool separate_uids = false;
  std::vector<std::string> missing;
  std::vector<ProfileStatus> profiles;
};

std::string Encode(const BoxRequest& request);
std::string Encode(const BoxReport& report);
std::string Encode(const LauncherConfig& config);
std::string Encode(const LauncherHello& hello);
std::string EncodeCancel(uint64_t id);
std::string EncodeSpawn(int lane);

// False: malformed, or of another kind.
bool Decode(std::string_view bytes, BoxRequest* request);
bool Decode(std::string_view bytes, BoxReport* report);
bool Decode(std::string_view bytes, LauncherConfig* config);
bool Decode(std::string_view bytes, LauncherHello* hello);
bool DecodeCancel(std::string_view bytes, uint64_t* id);
bool DecodeSpawn(std::string_view bytes, int* lane);

}  // namespace assay::sandbox

#endif  // SANDBOX_WIRE_MESSAGES_H_
