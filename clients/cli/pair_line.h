// Lines of plain mathematics, read and reported without a message each: what
// `assay verify --packed` sends by VerifyPairs (pairs.proto).
//
//   std::optional<PairLine> pair = ParsePairLine(line);
//   if (!pair) ...                 // ParseSampleLine says what it is
//   std::string report = PairReportLine(*pair, position, finding);
//
// A line is taken where it surely is a sample of one gold and one answer or
// response, by the default policy, within the bounds of the contract, each
// field once, and asks for no explanation and no fresh run. The report is
// that of ToJsonLine, as JSON, of a report with the same contents.
//
// Trust: the line is hostile; a string takes as much memory as it has bytes.
// Threads: pure functions.
#ifndef CLIENTS_CLI_PAIR_LINE_H_
#define CLIENTS_CLI_PAIR_LINE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "proto/assay/v1/pairs.pb.h"
#include "proto/assay/v1/report.pb.h"

namespace assay::cli {

// Longer texts go as messages: they are no matter of volume.
inline constexpr size_t kPairTextBytesMax = size_t{1} << 16;

struct PairLine {
  std::string id;
  std::string problem;
  std::string source;
  std::vector<std::pair<std::string, std::string>> labels;
  std::string gold;
  std::string answer;
  bool is_response = false;
  bool choice = false;
};

struct PairVerdict {
  v1::Verdict verdict = v1::VERDICT_UNSPECIFIED;
  v1::Cause cause = v1::CAUSE_UNSPECIFIED;
  v1::MathEvidence::Proof proof = v1::MathEvidence::PROOF_UNSPECIFIED;
  v1::Rung rung = v1::RUNG_UNSPECIFIED;
  int error_bound_bits = 0;
  std::string reason;
  std::string verifier_version;
};

std::optional<PairLine> ParsePairLine(std::string_view line);

// With `ordinal`; without a newline.
std::string PairReportLine(const PairLine& pair, uint64_t ordinal,
                           const PairVerdict& found);

}  // namespace assay::cli

#endif  // CLIENTS_CLI_PAIR_LINE_H_
