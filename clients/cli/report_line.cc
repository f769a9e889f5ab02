#include "clients/cli/report_line.h"

#include <nlohmann/json.hpp>

#include "clients/cli/words.h"

namespace assay::cli {
namespace {

using Json = nlohmann::json;

// The member of an object, or null.
const Json& Member(const Json& object, const char* name) {
  static const Json null;
  if (!object.is_object()) return null;
  const auto member = object.find(name);
  return member == object.end() ? null : *member;
}

std::string Text(const Json& object, const char* name) {
  const Json& member = Member(object, name);
  return member.is_string() ? member.get<std::string>() : std::string();
}

double Number(const Json& object, const char* name) {
  const Json& member = Member(object, name);
  return member.is_number() ? member.get<double>() : 0;
}

v1::Cause ParseCause(const std::string& text) {
  v1::Cause cause = v1::CAUSE_UNSPECIFIED;
  if (!v1::Cause_Parse(text, &cause)) {
    v1::Cause_Parse("CAUSE_" + text, &cause);
  }
  return cause;
}

double CpuMs(const Json& code) {
  double sum = Number(Member(code, "compile"), "cpu_ms");
  const Json& tests = Member(code, "tests");
  if (!tests.is_array()) return sum;
  for (const Json& test : tests) sum += Number(Member(test, "usage"), "cpu_ms");
  return sum;
}

}  // namespace

std::optional<ReportLine> ParseReportLine(const std::string& line) {
  const Json object = Json::parse(line, nullptr, /*allow_exceptions=*/false);
  if (!object.is_object()) return std::nullopt;
  ReportLine report;
  const auto verdict = ParseVerdict(Text(object, "verdict"));
  if (!verdict) return std::nullopt;
  report.verdict = *verdict;
  report.id = Text(object, "id");
  const Json& score = Member(object, "score");
  if (score.is_number()) report.score = score.get<double>();
  report.cause = ParseCause(Text(object, "cause"));
  report.problem = Text(object, "problem");
  report.source = Text(object, "source");
  report.verifier_version = Text(object, "verifier_version");
  report.reason = Text(object, "reason");
  const Json& labels = Member(object, "labels");
  if (labels.is_object()) {
    for (const auto& [name, value] : labels.items()) {
      if (value.is_string()) report.labels[name] = value.get<std::string>();
    }
  }
  const Json& cached = Member(object, "cached");
  report.cached = cached.is_boolean() && cached.get<bool>();
  const Json& code = Member(object, "code");
  report.cpu_ms = CpuMs(code);
  report.shared_integrity = Text(code, "integrity").ends_with("SHARED");
  return report;
}

}  // namespace assay::cli
