// Does what the candidate returned satisfy what the tests expect?
//
//   Equal(returned, expected, Equality::kPython);
//   Holds("close", returned, operands);
//
// Equality::kPython is python's == over plain values. kJson is for an
// expectation written in JSON: an array also equals a tuple, and an object's
// keys equal what json.dumps makes of a dict's keys.
//
// EqualInJavaScript is for what a JavaScript function returned, against JSON:
// numbers as doubles (1 is 1.0, -0 is 0, NaN equals nothing; a bigint equals
// the integer), true is not 1, undefined equals null, members in any order
// and those that are undefined or functions left out; a Map, a Set, a Date or
// a function equals nothing.
//
// Threads: pure functions. Time: linear, but for hashed look-ups.
#ifndef VERIFIER_CODE_EQUALITY_H_
#define VERIFIER_CODE_EQUALITY_H_

#include <string_view>

#include "verifier/code/values.h"

namespace assay::code {

inline constexpr char kPythonValues[] = "python-values/1";

inline constexpr char kJavaScriptValues[] = "javascript-values/1";

enum class Equality { kPython, kJson, kJavaScript };

// `expected` is the side that is trusted.
bool Equal(const Value& returned, const Value& expected,
           Equality equality = Equality::kPython);

bool EqualInJavaScript(const Value& returned, const Value& expected);

// Comparisons of a call plan: equal, unequal, is, is not, in, true, false,
// within, within or at, close (see python/planner.py). Unknown ones and
// malformed operands never hold.
bool Holds(std::string_view comparison, const Value& returned,
           const Value& operands);

}  // namespace assay::code

#endif  // VERIFIER_CODE_EQUALITY_H_
