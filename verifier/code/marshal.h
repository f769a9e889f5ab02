// Plain values as CPython's `marshal` reads them.
//
//   std::optional<std::string> bytes = Marshalled(Value::Int(3));
//
// For requests, which are ours: a warm clone reads them by one call of C,
// where it would read the grammar of values.h by functions of python, and copy
// the pages of memory in which each of them lies. Never for what a candidate
// wrote: marshal does not bear hostile bytes.
//
// The codes are those of format 2, which every later CPython reads:
// Python/marshal.c. Absent: a value of another kind than none, booleans,
// numbers, strings, bytes and the four containers, or one of 2^31 bytes.
// Threads: pure functions.
#ifndef VERIFIER_CODE_MARSHAL_H_
#define VERIFIER_CODE_MARSHAL_H_

#include <optional>
#include <string>

#include "verifier/code/values.h"

namespace assay::code {

std::optional<std::string> Marshalled(const Value& value);

}  // namespace assay::code

#endif  // VERIFIER_CODE_MARSHAL_H_
