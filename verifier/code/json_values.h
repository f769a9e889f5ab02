// Which value does a JSON text of a call test denote?
//
//   absl::StatusOr<Value> v = ParseJson("[1, 2.5, {\"a\": null}]");
//
// Integers of any size keep their digits; NaN and Infinity are no JSON.
// Errors: INVALID_ARGUMENT: malformed, or beyond the bounds of values.h; a
// key that is there twice keeps its last value. Time: linear. No recursion.
#ifndef VERIFIER_CODE_JSON_VALUES_H_
#define VERIFIER_CODE_JSON_VALUES_H_

#include <string_view>

#include "absl/status/statusor.h"
#include "verifier/code/values.h"

namespace assay::code {

absl::StatusOr<Value> ParseJson(std::string_view text);

}  // namespace assay::code

#endif  // VERIFIER_CODE_JSON_VALUES_H_
