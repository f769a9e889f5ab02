#include "verifier/verdict.h"

namespace assay {

std::string_view Name(Verdict verdict) {
  switch (verdict) {
    case Verdict::kUnspecified:
      return "UNSPECIFIED";
    case Verdict::kAccepted:
      return "ACCEPTED";
    case Verdict::kWrongAnswer:
      return "WRONG_ANSWER";
    case Verdict::kNoAnswer:
      return "NO_ANSWER";
    case Verdict::kCompileError:
      return "COMPILE_ERROR";
    case Verdict::kRuntimeError:
      return "RUNTIME_ERROR";
    case Verdict::kTimeLimit:
      return "TIME_LIMIT";
    case Verdict::kMemoryLimit:
      return "MEMORY_LIMIT";
    case Verdict::kOutputLimit:
      return "OUTPUT_LIMIT";
    case Verdict::kSecurityViolation:
      return "SECURITY_VIOLATION";
    case Verdict::kUndecided:
      return "UNDECIDED";
    case Verdict::kNoVerdict:
      return "NO_VERDICT";
  }
  return "UNSPECIFIED";
}

std::string_view Name(Cause cause) {
  switch (cause) {
    case Cause::kUnspecified:
      return "UNSPECIFIED";
    case Cause::kInvalidSample:
      return "INVALID_SAMPLE";
    case Cause::kInvalidTests:
      return "INVALID_TESTS";
    case Cause::kInvalidGold:
      return "INVALID_GOLD";
    case Cause::kIntegrity:
      return "INTEGRITY";
    case Cause::kChecker:
      return "CHECKER";
    case Cause::kHost:
      return "HOST";
    case Cause::kBroker:
      return "BROKER";
    case Cause::kPoison:
      return "POISON";
    case Cause::kCancelled:
      return "CANCELLED";
  }
  return "UNSPECIFIED";
}

std::string_view Name(Integrity integrity) {
  switch (integrity) {
    case Integrity::kUnspecified:
      return "UNSPECIFIED";
    case Integrity::kShared:
      return "SHARED";
    case Integrity::kIsolated:
      return "ISOLATED";
  }
  return "UNSPECIFIED";
}

std::string_view Code(Verdict verdict) {
  switch (verdict) {
    case Verdict::kUnspecified:
      return "--";
    case Verdict::kAccepted:
      return "AC";
    case Verdict::kWrongAnswer:
      return "WA";
    case Verdict::kNoAnswer:
      return "NA";
    case Verdict::kCompileError:
      return "CE";
    case Verdict::kRuntimeError:
      return "RE";
    case Verdict::kTimeLimit:
      return "TL";
    case Verdict::kMemoryLimit:
      return "ML";
    case Verdict::kOutputLimit:
      return "OL";
    case Verdict::kSecurityViolation:
      return "SV";
    case Verdict::kUndecided:
      return "UD";
    case Verdict::kNoVerdict:
      return "NV";
  }
  return "--";
}

bool HasScore(Verdict verdict) {
  return verdict != Verdict::kUnspecified && verdict != Verdict::kUndecided &&
         verdict != Verdict::kNoVerdict;
}

bool IsRetried(Cause cause) {
  return cause == Cause::kHost || cause == Cause::kBroker;
}

}  // namespace assay
