// What a test text asks of the candidate, read once per text.
//
// Threads: an immutable value, shared.
#ifndef VERIFIER_CODE_PLAN_H_
#define VERIFIER_CODE_PLAN_H_

#include <cstdint>
#include <string>
#include <vector>

#include "verifier/code/equality.h"
#include "verifier/code/values.h"

namespace assay::code {

// What one call must return.
struct Expectation {
  std::string comparison;  // See Holds.
  Value operands;          // A tuple.
  int64_t line = 0;        // In the test text; 0: none.
};

struct Plan {
  enum class Kind : uint8_t { kCalls, kExamine, kInvalid };
  Kind kind = Kind::kInvalid;
  std::string reason;  // Why it is not kCalls.
  std::string entry;   // kExamine: given or inferred; may be empty.
  // kCalls: a list of (entry, arguments, keyword arguments), encoded, for a
  // python of ours that can read it so marshalled, and what each must return.
  std::string calls;
  std::string marshalled;  // Empty: not for python, or not of plain values.
  std::vector<Expectation> expectations;
  Equality equality = Equality::kPython;
};

}  // namespace assay::code

#endif  // VERIFIER_CODE_PLAN_H_
