// Reads what the yield table and resuming need of one line of reports.
//
//   std::optional<ReportLine> report = ParseReportLine(line);
//   if (report) ++counts[report->verdict];
//
// Lenient on purpose: verdicts may lack the enum's prefix and unknown fields
// are passed over, so that reports of other versions and writers are read.
// Nothing: the line is not JSON, or has no verdict.
// Threads: pure functions.
#ifndef CLIENTS_CLI_REPORT_LINE_H_
#define CLIENTS_CLI_REPORT_LINE_H_

#include <map>
#include <optional>
#include <string>

#include "proto/assay/v1/report.pb.h"

namespace assay::cli {

struct ReportLine {
  std::string id;
  v1::Verdict verdict = v1::VERDICT_UNSPECIFIED;
  std::optional<double> score;
  v1::Cause cause = v1::CAUSE_UNSPECIFIED;
  std::string problem;
  std::string source;
  std::map<std::string, std::string> labels;
  std::string verifier_version;
  std::string reason;
  bool cached = false;
  bool shared_integrity = false;
  // CPU time of the compiler and of all tests.
  double cpu_ms = 0;
};

std::optional<ReportLine> ParseReportLine(const std::string& line);

}  // namespace assay::cli

#endif  // CLIENTS_CLI_REPORT_LINE_H_
