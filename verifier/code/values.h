// Which plain value did the candidate return, and is it the expected one?
//
//   absl::StatusOr<Value> v = DecodeValue(bytes);
//   Equal(*v, expected);  // As python's == would say.
//
// The grammar is "python-values/1", written and read on the other side by
// verifier/code/python/values.py: a closed set of kinds, nothing evaluated.
//
// Bounds: kMaxValueDepth, kMaxValueCount, kMaxValueBytes, kMaxIntBytes.
// Errors: INVALID_ARGUMENT from DecodeValue: malformed or beyond a bound.
// Threads: plain values and pure functions.
#ifndef VERIFIER_CODE_VALUES_H_
#define VERIFIER_CODE_VALUES_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace assay::code {

inline constexpr int kMaxValueDepth = 210;
inline constexpr size_t kMaxValueCount = size_t{1} << 20;
inline constexpr size_t kMaxValueBytes = size_t{33} << 20;
inline constexpr size_t kMaxIntBytes = size_t{1} << 20;

struct Value {
  enum class Kind : uint8_t {
    kNone,
    kBool,       // real: 0 or 1.
    kInt,        // text: minimal two's complement, little-endian.
    kFloat,      // real.
    kComplex,    // real, imaginary.
    kString,     // text: UTF-8 with surrogates.
    kBytes,      // text.
    kByteArray,  // text.
    kList,
    kTuple,
    kSet,
    kFrozenSet,
    kDict,     // items: key, value, key, value, ...
    kSpecial,  // special, and one item: its content.
    kOpaque,   // One item: its description. Equals nothing.
  };
  // Classes of the standard library that cross by content.
  enum class Special : uint8_t {
    kUnset = 0,
    kCounter = 1,
    kOrderedDict = 2,
    kDefaultDict = 3,
    kDeque = 4,
    kNamedTuple = 5,
    kRange = 6,
    kDictKeys = 7,
    kDictValues = 8,
    kDictItems = 9,
    kFraction = 10,
    kDecimal = 11,
    kDate = 12,
    kTime = 13,
    kDateTime = 14,
    kTimeDelta = 15,
    kTimeZone = 16,
    kBuiltin = 17,
  };

  Kind kind = Kind::kNone;
  Special special = Special::kUnset;
  double real = 0;
  double imaginary = 0;
  std::string text;
  std::vector<Value> items;

  static Value Bool(bool value);
  static Value Int(int64_t value);
  static Value Float(double value);
  static Value String(std::string value);
  static Value Bytes(std::string value);
  static Value List(std::vector<Value> items);
  static Value Tuple(std::vector<Value> items);

  bool is(Kind other) const { return kind == other; }
  // The value of a kInt that fits, else `otherwise`.
  int64_t AsInt64(int64_t otherwise) const;
};

absl::StatusOr<Value> DecodeValue(std::string_view bytes);
// `value` within the bounds, as JSON values and requests are.
std::string EncodeValue(const Value& value);

// Strips sign bytes that carry nothing.
void MinimizeInt(std::string* bytes);

}  // namespace assay::code

#endif  // VERIFIER_CODE_VALUES_H_
