// The exact number behind a value, so that 1 == 1.0 == True and
// 2**53 + 1 != float(2**53) whatever their kinds.
//
//   NumberKey(Value::Float(2.0)) == NumberKey(Value::Int(2));  // true
//
// Threads: pure functions. Time: linear in the value's bytes, but for a
// Decimal, of which at most kMaxDecimalDigits digits are multiplied out.
#ifndef VERIFIER_CODE_NUMBERS_H_
#define VERIFIER_CODE_NUMBERS_H_

#include <optional>
#include <string>
#include <string_view>

#include "verifier/code/values.h"

namespace assay::code {

// A Decimal with more digits, or a larger exponent, equals Decimals alone.
inline constexpr int kMaxDecimalDigits = 2000;

bool IsNumber(const Value& value);
// Equal strings exactly for equal numbers. Absent: not a number, or NaN.
std::optional<std::string> NumberKey(const Value& value);
// The nearest double, for tolerances; absent where python's float() raises
// (no real number, or beyond the range).
std::optional<double> AsDouble(const Value& value);

// Minimal two's complement of decimal digits with an optional minus sign.
// Absent: not such a text, or beyond kMaxIntBytes.
std::optional<std::string> IntBytesOfDecimal(std::string_view digits);

}  // namespace assay::code

#endif  // VERIFIER_CODE_NUMBERS_H_
