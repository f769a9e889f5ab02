#include "verifier/code/marshal.h"

#include <cstdint>
#include <cstring>
#include <limits>
#include <vector>

namespace assay::code {
namespace {

using Kind = Value::Kind;

constexpr size_t kSizeMax = std::numeric_limits<int32_t>::max();
// Integers beyond 32 bits are digits of 15 bits.
constexpr int kDigitBits = 15;
constexpr int kByteBits = 8;

template <typename Number>
void Append(Number number, std::string* out) {
  out->append(reinterpret_cast<const char*>(&number), sizeof(number));
}

// |x| of little-endian two's complement.
std::vector<uint8_t> Magnitude(const std::string& bytes, bool negative) {
  std::vector<uint8_t> made(bytes.begin(), bytes.end());
  if (!negative) return made;
  int carry = 1;
  for (uint8_t& byte : made) {
    const int sum = static_cast<uint8_t>(~byte) + carry;
    byte = static_cast<uint8_t>(sum);
    carry = sum >> kByteBits;
  }
  if (carry != 0) made.push_back(1);
  return made;
}

void AppendLong(const std::string& bytes, std::string* out) {
  const bool negative = (static_cast<uint8_t>(bytes.back()) & 0x80) != 0;
  std::vector<uint16_t> digits;
  uint32_t held = 0;
  int bits = 0;
  for (const uint8_t byte : Magnitude(bytes, negative)) {
    held |= static_cast<uint32_t>(byte) << bits;
    bits += kByteBits;
    if (bits < kDigitBits) continue;
    digits.push_back(held & ((1 << kDigitBits) - 1));
    held >>= kDigitBits;
    bits -= kDigitBits;
  }
  digits.push_back(static_cast<uint16_t>(held));
  while (!digits.empty() && digits.back() == 0) digits.pop_back();
  const auto count = static_cast<int32_t>(digits.size());
  out->push_back('l');
  Append(negative ? -count : count, out);
  for (const uint16_t digit : digits) Append(digit, out);
}

void AppendInt(const Value& value, std::string* out) {
  if (value.text.size() > sizeof(int32_t)) {
    return AppendLong(value.text, out);
  }
  out->push_back('i');
  Append(static_cast<int32_t>(value.AsInt64(0)), out);
}

bool AppendText(char code, const std::string& text, std::string* out) {
  if (text.size() > kSizeMax) return false;
  out->push_back(code);
  Append(static_cast<int32_t>(text.size()), out);
  out->append(text);
  return true;
}

bool AppendValue(const Value& value, std::string* out);

bool AppendItems(const Value& value, std::string* out) {
  for (const Value& item : value.items) {
    if (!AppendValue(item, out)) return false;
  }
  return true;
}

bool AppendMany(char code, const Value& value, std::string* out) {
  if (value.items.size() > kSizeMax) return false;
  out->push_back(code);
  Append(static_cast<int32_t>(value.items.size()), out);
  return AppendItems(value, out);
}

bool AppendValue(const Value& value, std::string* out) {
  switch (value.kind) {
    case Kind::kNone:
      out->push_back('N');
      return true;
    case Kind::kBool:
      out->push_back(value.real != 0 ? 'T' : 'F');
      return true;
    case Kind::kInt:
      AppendInt(value, out);
      return true;
    case Kind::kFloat:
      out->push_back('g');
      Append(value.real, out);
      return true;
    case Kind::kComplex:
      out->push_back('y');
      Append(value.real, out);
      Append(value.imaginary, out);
      return true;
    case Kind::kString:
      return AppendText('u', value.text, out);
    case Kind::kBytes:
      return AppendText('s', value.text, out);
    case Kind::kList:
      return AppendMany('[', value, out);
    case Kind::kTuple:
      return AppendMany('(', value, out);
    case Kind::kSet:
      return AppendMany('<', value, out);
    case Kind::kFrozenSet:
      return AppendMany('>', value, out);
    case Kind::kDict:
      out->push_back('{');
      if (!AppendItems(value, out)) return false;
      out->push_back('0');
      return true;
    case Kind::kByteArray:
    case Kind::kSpecial:
    case Kind::kOpaque:
      return false;
  }
  return false;
}

}  // namespace

std::optional<std::string> Marshalled(const Value& value) {
  std::string bytes;
  if (!AppendValue(value, &bytes)) return std::nullopt;
  return bytes;
}

}  // namespace assay::code
