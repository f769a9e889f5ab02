// A report as the inside of the service knows it; see proto assay.v1.Report
// for the meaning of each field.
//
//   Report r = Report::For(sample);
//   r.Decide(Verdict::kWrongAnswer, "test 3: token 2 differs");
//
// Threads: plain values.
#ifndef VERIFIER_REPORT_H_
#define VERIFIER_REPORT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/time/time.h"
#include "verifier/sample.h"
#include "verifier/verdict.h"

namespace assay {

// The version of the rules that decide verdicts; raised whenever the verdict
// of any sample may change.
inline constexpr char kVerifierVersion[] = "0.1.0";

struct RunUsage {
  absl::Duration cpu;
  absl::Duration wall;
  int64_t peak_memory_bytes = 0;
};

struct TestReport {
  std::string name;                         // Of a test function; else empty.
  Verdict verdict = Verdict::kUnspecified;  // kUnspecified: not run.
  std::optional<double> points;  // In [0, 1], where a special judge gave some.
  std::string reason;
  std::optional<RunUsage> usage;
  std::string stdout_head;
  bool stdout_truncated = false;
  std::string stderr_head;
  bool stderr_truncated = false;
};

struct CodeEvidence {
  enum class Way : uint8_t {
    kUnspecified,
    kStdio,
    kCallPlan,
    kExaminer,
    kJoined
  };
  Way way = Way::kUnspecified;
  Integrity integrity = Integrity::kUnspecified;
  std::vector<TestReport> tests;
  std::optional<RunUsage> compile;
  std::string compile_output;
  std::string enforcement;
  std::string comparison;
  RunLimits limits;
};

struct Witness {
  std::string point;
  std::string gold_value;
  std::string answer_value;
};

struct MathEvidence {
  enum class Proof : uint8_t {
    kUnspecified,
    kIdentical,
    kResidue,
    kNumeric,
    kSampled,
    kWitness,
    kForm
  };
  Proof proof = Proof::kUnspecified;
  std::string rung;
  double error_bound_log2 = 0;
  std::optional<Witness> witness;
  uint64_t answer_begin_bytes = 0;
  uint64_t answer_end_bytes = 0;
  std::string answer_mark;
  std::string answer_text;
  std::string gold_text;
  std::vector<std::string> policies;
  uint64_t operations_count = 0;
};

// The steps of the ladder; the numbers of proto assay.v1.Rung.
enum class Rung : uint8_t {
  kUnspecified,
  kText,
  kCanonical,
  kExact,
  kStructure,
  kResidue,
  kBall,
  kArb
};

// What was decided of one of many pairs.
struct PairFinding {
  Verdict verdict = Verdict::kUnspecified;
  Cause cause = Cause::kUnspecified;
  MathEvidence::Proof proof = MathEvidence::Proof::kUnspecified;
  Rung rung = Rung::kUnspecified;
  uint8_t error_bound_bits = 0;  // kResidue: wrong with less than 2^-bits.
};

// Of MathPairs: one finding a pair, in order. The report's own verdict is
// ACCEPTED where every pair was gone through, and says nothing of them.
struct PairsEvidence {
  std::vector<PairFinding> findings;
};

struct Report {
  std::string id;
  uint64_t ordinal = 0;
  Verdict verdict = Verdict::kUnspecified;
  std::optional<double> score;
  Cause cause = Cause::kUnspecified;
  std::string reason;
  std::string problem;
  std::string source;
  std::vector<std::pair<std::string, std::string>> labels;
  std::variant<std::monostate, CodeEvidence, MathEvidence, PairsEvidence>
      evidence;
  bool cached = false;
  // NO_VERDICT alone: the lane's launcher died while this sample ran.
  bool broke_lane = false;
  std::vector<std::string> explanation;

  // A report with the echoed fields of `sample` and no verdict yet.
  static Report For(const Sample& sample);
  // Sets verdict and reason, and the score: 1 for ACCEPTED, absent where the
  // verdict has none, else 0. `verdict` is not kNoVerdict.
  void Decide(Verdict verdict, std::string reason);
  // Sets NO_VERDICT with its cause; no score.
  void Refuse(Cause cause, std::string reason);
};

}  // namespace assay

#endif  // VERIFIER_REPORT_H_
