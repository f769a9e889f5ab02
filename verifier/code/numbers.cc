#include "verifier/code/numbers.h"

#include <gmp.h>

#include <cctype>
#include <cmath>
#include <cstdlib>

namespace assay::code {
namespace {

using Kind = Value::Kind;
using Special = Value::Special;

// Owns an mpz_t.
class Integer {
 public:
  Integer() { mpz_init(z_); }
  ~Integer() { mpz_clear(z_); }
  Integer(const Integer&) = delete;
  Integer& operator=(const Integer&) = delete;
  mpz_t& z() { return z_; }

  // Minimal two's complement, little-endian.
  std::string Bytes() {
    const bool negative = mpz_sgn(z_) < 0;
    const size_t size = mpz_sizeinbase(z_, 2) / 8 + 1;
    std::string bytes(size, '\0');
    mpz_export(bytes.data(), nullptr, -1, 1, 0, 0, z_);
    if (negative) {
      int carry = 1;
      for (char& c : bytes) {
        const int flipped = (~c & 0xff) + carry;
        c = static_cast<char>(flipped & 0xff);
        carry = flipped >> 8;
      }
    }
    MinimizeInt(&bytes);
    return bytes;
  }

  void SetBytes(const std::string& bytes) {
    mpz_import(z_, bytes.size(), -1, 1, 0, 0, bytes.data());
    if (!bytes.empty() && (bytes.back() & 0x80) != 0) {
      Integer modulus;
      mpz_setbit(modulus.z(), bytes.size() * 8);
      mpz_sub(z_, z_, modulus.z());
    }
  }

 private:
  mpz_t z_;
};

std::string IntKey(const std::string& bytes) { return "i" + bytes; }

std::string RationalKey(const std::string& numerator,
                        const std::string& denominator) {
  if (denominator == std::string(1, '\1')) return IntKey(numerator);
  return "q" + std::to_string(numerator.size()) + ":" + numerator + denominator;
}

// The key of numerator / denominator, which share factors.
std::string ReducedKey(mpz_t numerator, mpz_t denominator) {
  Integer divisor, n, d;
  mpz_gcd(divisor.z(), numerator, denominator);
  mpz_divexact(n.z(), numerator, divisor.z());
  mpz_divexact(d.z(), denominator, divisor.z());
  return RationalKey(n.Bytes(), d.Bytes());
}

std::optional<std::string> DoubleKey(double x) {
  if (std::isnan(x)) return std::nullopt;
  if (std::isinf(x)) return x > 0 ? "inf" : "-inf";
  Integer n;
  if (x == std::trunc(x)) {
    mpz_set_d(n.z(), x);
    return IntKey(n.Bytes());
  }
  int exponent = 0;
  const double mantissa = std::ldexp(std::frexp(x, &exponent), 53);
  mpz_set_d(n.z(), mantissa);  // x = mantissa * 2^(exponent - 53).
  Integer d;
  mpz_setbit(d.z(), static_cast<mp_bitcnt_t>(53 - exponent));
  return ReducedKey(n.z(), d.z());
}

// Sign, digits without point, and the exponent of a Decimal's text.
struct DecimalParts {
  bool negative = false;
  std::string digits;
  long exponent = 0;
};

bool SplitDecimal(std::string_view text, DecimalParts* parts) {
  size_t i = 0;
  if (i < text.size() && (text[i] == '-' || text[i] == '+')) {
    parts->negative = text[i++] == '-';
  }
  bool point = false;
  for (; i < text.size() && text[i] != 'E' && text[i] != 'e'; ++i) {
    if (text[i] == '.' && !point) {
      point = true;
    } else if (std::isdigit(static_cast<unsigned char>(text[i]))) {
      parts->digits.push_back(text[i]);
      if (point) --parts->exponent;
    } else {
      return false;
    }
  }
  if (i < text.size()) {
    const std::string exponent(text.substr(i + 1, 20));
    char* end = nullptr;
    parts->exponent += std::strtol(exponent.c_str(), &end, 10);
    if (*end != '\0' || exponent.empty()) return false;
  }
  while (!parts->digits.empty() && parts->digits.back() == '0') {
    parts->digits.pop_back();
    ++parts->exponent;
  }
  parts->digits.erase(0, parts->digits.find_first_not_of('0'));
  return true;
}

std::optional<std::string> DecimalKey(const std::string& text) {
  if (text == "Infinity") return "inf";
  if (text == "-Infinity") return "-inf";
  DecimalParts parts;
  if (!SplitDecimal(text, &parts)) return std::nullopt;  // NaN among them.
  if (parts.digits.empty()) return IntKey(std::string(1, '\0'));
  if (parts.digits.size() > kMaxDecimalDigits ||
      std::labs(parts.exponent) > kMaxDecimalDigits) {
    return "D" + std::string(parts.negative ? "-" : "") + parts.digits + "E" +
           std::to_string(parts.exponent);
  }
  Integer n, scale;
  mpz_set_str(n.z(), parts.digits.c_str(), 10);
  if (parts.negative) mpz_neg(n.z(), n.z());
  mpz_ui_pow_ui(scale.z(), 10,
                static_cast<unsigned long>(std::labs(parts.exponent)));
  if (parts.exponent < 0) return ReducedKey(n.z(), scale.z());
  mpz_mul(n.z(), n.z(), scale.z());
  return IntKey(n.Bytes());
}

bool IsFraction(const Value& content) {
  return content.is(Kind::kTuple) && content.items.size() == 2 &&
         content.items[0].is(Kind::kInt) && content.items[1].is(Kind::kInt);
}

}  // namespace

bool IsNumber(const Value& value) {
  switch (value.kind) {
    case Kind::kBool:
    case Kind::kInt:
    case Kind::kFloat:
    case Kind::kComplex:
      return true;
    case Kind::kSpecial:
      return value.special == Special::kFraction ||
             value.special == Special::kDecimal;
    default:
      return false;
  }
}

std::optional<std::string> NumberKey(const Value& value) {
  switch (value.kind) {
    case Kind::kBool:
      return IntKey(std::string(1, value.real != 0 ? '\1' : '\0'));
    case Kind::kInt:
      return IntKey(value.text);
    case Kind::kFloat:
      return DoubleKey(value.real);
    case Kind::kComplex: {
      std::optional<std::string> real = DoubleKey(value.real);
      if (value.imaginary == 0 || !real) return real;
      std::optional<std::string> imaginary = DoubleKey(value.imaginary);
      if (!imaginary) return std::nullopt;
      return "c" + std::to_string(real->size()) + ":" + *real + *imaginary;
    }
    default:
      break;
  }
  if (!IsNumber(value)) return std::nullopt;
  const Value& content = value.items[0];
  if (value.special == Special::kDecimal) {
    if (!content.is(Kind::kString)) return std::nullopt;
    return DecimalKey(content.text);
  }
  if (!IsFraction(content)) return std::nullopt;
  return RationalKey(content.items[0].text, content.items[1].text);
}

std::optional<double> AsDouble(const Value& value) {
  double x = 0;
  if (value.is(Kind::kBool) || value.is(Kind::kFloat)) return value.real;
  if (value.is(Kind::kInt)) {
    Integer n;
    n.SetBytes(value.text);
    x = mpz_get_d(n.z());
  } else if (!IsNumber(value) || value.is(Kind::kComplex)) {
    return std::nullopt;
  } else if (value.special == Special::kDecimal) {
    const std::string& text = value.items[0].text;
    char* end = nullptr;
    x = std::strtod(text.c_str(), &end);
    if (text.empty() || *end != '\0') return std::nullopt;
    return x;
  } else {
    if (!IsFraction(value.items[0])) return std::nullopt;
    Integer n, d;
    n.SetBytes(value.items[0].items[0].text);
    d.SetBytes(value.items[0].items[1].text);
    if (mpz_sgn(d.z()) <= 0) return std::nullopt;
    mpq_t q;
    mpq_init(q);
    mpz_swap(mpq_numref(q), n.z());
    mpz_swap(mpq_denref(q), d.z());
    x = mpq_get_d(q);
    mpq_clear(q);
  }
  if (!std::isfinite(x)) return std::nullopt;
  return x;
}

std::optional<std::string> IntBytesOfDecimal(std::string_view digits) {
  const std::string_view body =
      digits.substr(!digits.empty() && digits[0] == '-' ? 1 : 0);
  // 2.408 decimal digits a byte.
  if (body.empty() || body.size() > kMaxIntBytes * 12 / 5 ||
      body.find_first_not_of("0123456789") != std::string_view::npos) {
    return std::nullopt;
  }
  Integer n;
  if (mpz_set_str(n.z(), std::string(digits).c_str(), 10) != 0) {
    return std::nullopt;
  }
  return n.Bytes();
}

}  // namespace assay::code
