// Turns one line of text into a sample, or into the report that says why it
// is none: a malformed line costs itself alone, and nothing is lost.
//
//   ParsedLine parsed = ParseSampleLine(line, "in.jsonl:17");
//   if (parsed.report) Write(*parsed.report);  // NO_VERDICT INVALID_SAMPLE
//   else Send(parsed.sample);
//
// The report carries the line's id where one can be read, else the place,
// `in.jsonl:17`; its reason names the place and the field; problem, source
// and labels are echoed as far as they can be read.
//
// Trust: the line is hostile. Depth is bounded by the JSON readers.
// Threads: pure functions.
#ifndef CLIENTS_CLI_SAMPLE_LINE_H_
#define CLIENTS_CLI_SAMPLE_LINE_H_

#include <optional>
#include <string>
#include <string_view>

#include "proto/assay/v1/report.pb.h"
#include "proto/assay/v1/sample.pb.h"

namespace assay::cli {

// Bounds of the contract (sample.proto): an id, a problem or a source; labels,
// and all of them together.
inline constexpr size_t kNameBytesMax = 512;
inline constexpr int kLabelsMax = 32;
inline constexpr size_t kLabelsBytesMax = 4096;

struct ParsedLine {
  v1::Sample sample;
  std::optional<v1::Report> report;  // Set where the line is no sample.
};

ParsedLine ParseSampleLine(const std::string& line, const std::string& where);

// The report of a sample that the caller must mend.
v1::Report InvalidSample(const std::string& id, const std::string& reason);

// The id that reports of a sample carry in OUT: its own, cut to
// kReportIdBytesMax. A server reports a refused id empty; resuming needs it.
inline constexpr size_t kReportIdBytesMax = 4096;
std::string ReportId(const std::string& id);

// Echoes problem, source and labels as far as they keep the contract's bounds.
void Echo(const v1::Sample& sample, v1::Report* report);

// One line of proto3 JSON with the field names of the proto files.
std::string ToJsonLine(const google::protobuf::Message& message);

// `text` with every byte that is not UTF-8 replaced by U+FFFD. `first_bad` is
// the offset of the first such byte, or npos.
std::string MendUtf8(std::string_view text, size_t* first_bad);

}  // namespace assay::cli

#endif  // CLIENTS_CLI_SAMPLE_LINE_H_
