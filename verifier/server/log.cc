#include "verifier/server/log.h"

#include <poll.h>
#include <unistd.h>

#include <atomic>
#include <map>
#include <mutex>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "nlohmann/json.hpp"
#include "verifier/server/utf8.h"

namespace assay::server {
namespace {

constexpr const char* kLevels[] = {"debug", "info", "warning", "error"};

std::atomic<LogLevel> log_level = LogLevel::kInfo;

// Counts the lines of each event in the running second.
class Limiter {
 public:
  // False: drop it. `*suppressed`: how many were dropped before this one.
  bool Admit(const std::string& event, int64_t* suppressed) {
    const int64_t second = absl::ToUnixSeconds(absl::Now());
    std::lock_guard<std::mutex> lock(mutex_);
    Count& count = counts_[event];
    if (count.second != second) {
      count.second = second;
      count.lines = 0;
    }
    if (count.lines == kLogLinesPerSecond) {
      ++count.suppressed;
      return false;
    }
    ++count.lines;
    *suppressed = count.suppressed;
    count.suppressed = 0;
    return true;
  }

 private:
  struct Count {
    int64_t second = 0;
    int lines = 0;
    int64_t suppressed = 0;
  };
  std::mutex mutex_;
  std::map<std::string, Count> counts_;  // Events are few and fixed.
};

}  // namespace

void SetLogLevel(LogLevel level) { log_level = level; }

bool ParseLogLevel(std::string_view text, LogLevel* level) {
  for (int i = 0; i < 4; ++i) {
    if (text != kLevels[i]) continue;
    *level = static_cast<LogLevel>(i);
    return true;
  }
  return false;
}

std::string FormatLog(LogLevel level, const std::string& event,
                      const LogFields& fields) {
  nlohmann::ordered_json line;
  line["ts"] = absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", absl::Now(),
                                absl::UTCTimeZone());
  line["level"] = kLevels[static_cast<int>(level)];
  line["event"] = event;
  for (const auto& [key, value] : fields) {
    if (const auto* text = std::get_if<std::string>(&value)) {
      line[key] = ToUtf8(*text, kLogValueBytesMax);
    } else {
      std::visit([&line, &key = key](const auto& v) { line[key] = v; }, value);
    }
  }
  return line.dump() + "\n";
}

void Log(LogLevel level, const std::string& event, const LogFields& fields) {
  if (level < log_level) return;
  static Limiter* const limiter = new Limiter;
  int64_t suppressed = 0;
  if (!limiter->Admit(event, &suppressed)) return;
  LogFields all = fields;
  if (suppressed > 0) all.emplace_back("suppressed", suppressed);
  const std::string line = FormatLog(level, event, all);
  // A reader that stopped reading must not stop the service.
  pollfd ready = {STDERR_FILENO, POLLOUT, 0};
  if (poll(&ready, 1, 0) != 1 || (ready.revents & POLLOUT) == 0) return;
  [[maybe_unused]] const ssize_t written =
      write(STDERR_FILENO, line.data(), line.size());
}

}  // namespace assay::server
