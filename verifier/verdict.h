// What may be said of a sample, as plain enums.
//
//   assay::Verdict v = assay::Verdict::kWrongAnswer;
//   assay::Code(v);      // "WA"
//   assay::HasScore(v);  // true
//
// Threads: pure functions.
#ifndef VERIFIER_VERDICT_H_
#define VERIFIER_VERDICT_H_

#include <cstdint>
#include <string_view>

namespace assay {

// Values equal those of proto assay.v1.Verdict.
enum class Verdict : uint8_t {
  kUnspecified = 0,  // Not judged; of a test: not run.
  kAccepted = 1,
  kWrongAnswer = 2,
  kNoAnswer = 3,
  kCompileError = 4,
  kRuntimeError = 5,
  kTimeLimit = 6,
  kMemoryLimit = 7,
  kOutputLimit = 8,
  kSecurityViolation = 9,
  kUndecided = 10,
  kNoVerdict = 11,
};

// Why there is kNoVerdict. Values equal those of proto assay.v1.Cause.
enum class Cause : uint8_t {
  kUnspecified = 0,
  kInvalidSample = 1,
  kInvalidTests = 2,
  kInvalidGold = 3,
  kIntegrity = 4,
  kChecker = 5,
  kHost = 6,
  kBroker = 7,
  kPoison = 8,
  kCancelled = 9,
};

// Values equal those of proto assay.v1.Integrity.
enum class Integrity : uint8_t { kUnspecified = 0, kShared = 1, kIsolated = 2 };

// "ACCEPTED"; without the prefix of the proto enum.
std::string_view Name(Verdict verdict);
std::string_view Name(Cause cause);
std::string_view Name(Integrity integrity);
// The two letters of the field: "AC", "WA", ...; "--" for kUnspecified.
std::string_view Code(Verdict verdict);
// False for kUndecided, kNoVerdict and kUnspecified: their score is absent.
bool HasScore(Verdict verdict);
// True for the causes that the farm retries: host and broker.
bool IsRetried(Cause cause);

}  // namespace assay

#endif  // VERIFIER_VERDICT_H_
