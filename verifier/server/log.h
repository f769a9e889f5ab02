// What happened, one JSON object a line on stderr.
//
//   Log(LogLevel::kWarning, "fault", {{"lane", 3}, {"reason", text}});
//   {"ts":"2026-01-02T03:04:05.678Z","level":"warning","event":"fault",...}
//
// At most kLogLinesPerSecond lines of one event and second are written; the
// next one says how many were "suppressed". Never give it a sample's text.
// Threads: any thread. Errors: none; a line that stderr refuses is lost.
#ifndef VERIFIER_SERVER_LOG_H_
#define VERIFIER_SERVER_LOG_H_

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace assay::server {

enum class LogLevel { kDebug = 0, kInfo = 1, kWarning = 2, kError = 3 };

inline constexpr int kLogLinesPerSecond = 20;
inline constexpr std::size_t kLogValueBytesMax = 1024;

using LogValue = std::variant<int64_t, double, bool, std::string>;
using LogFields = std::vector<std::pair<std::string, LogValue>>;

// Lines below it are dropped. Default: kInfo.
void SetLogLevel(LogLevel level);
// "debug", "info", "warning", "error". False: no such level.
bool ParseLogLevel(std::string_view text, LogLevel* level);

void Log(LogLevel level, const std::string& event, const LogFields& fields);

// The line without rate limit, as it would be written.
std::string FormatLog(LogLevel level, const std::string& event,
                      const LogFields& fields);

}  // namespace assay::server

#endif  // VERIFIER_SERVER_LOG_H_
