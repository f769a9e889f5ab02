#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "kernels/enclosure_value.h"
#include "kernels/high_precision.h"

namespace assay::kernels {
namespace {

constexpr double kNone = -std::numeric_limits<double>::infinity();
// Decimal digits are printed of numbers within 2^-kPrintExponentMax and
// 2^kPrintExponentMax; others as a mantissa and a power of two.
constexpr slong kPrintExponentMax = 1 << 16;
constexpr int kDigitsMax = 5000;
constexpr int kDigitsMin = 20;
constexpr double kLog10Of2 = 0.30103;

double Log2Bound(const mag_t m) {
  if (mag_is_zero(m)) return kNone;
  if (mag_is_inf(m)) return -kNone;
  // The approximation errs by far less than this.
  return mag_get_d_log2_approx(m) + 0.001;
}

std::string PrintPart(const arb_t x, int digits) {
  mag_t high;
  mag_init(high);
  arb_get_mag(high, x);
  const bool plain =
      mag_is_zero(high) || (mag_cmp_2exp_si(high, kPrintExponentMax) < 0 &&
                            mag_cmp_2exp_si(high, -kPrintExponentMax) > 0);
  std::string text;
  if (plain) {
    char* digits_text = arb_get_str(x, digits, 0);
    text = digits_text;
    flint_free(digits_text);
  } else {
    text = absl::StrCat(arf_sgn(arb_midref(x)) < 0 ? "-" : "", "2^",
                        mag_get_d_log2_approx(high));
  }
  mag_clear(high);
  return text;
}

// The distance of z from the midpoint of `ball`.
void Distance(arb_t out, const acb_t z, const BallValue& ball) {
  acb_t mid;
  acb_init(mid);
  acb_set_d_d(mid, ball.re, ball.im);
  acb_sub(mid, z, mid, 256);
  acb_abs(out, mid, 256);
  acb_clear(mid);
}

}  // namespace

Enclosure::Enclosure() = default;
Enclosure::~Enclosure() = default;
Enclosure::Enclosure(Enclosure&& other) noexcept = default;
Enclosure& Enclosure::operator=(Enclosure&& other) noexcept = default;

Enclosure::Enclosure(const Enclosure& other)
    : state_(other.state_),
      operations_count_(other.operations_count_),
      cost_(other.cost_),
      extent_bits_(other.extent_bits_),
      value_(other.value_ ? std::make_unique<Value>(*other.value_) : nullptr) {}

Enclosure& Enclosure::operator=(const Enclosure& other) {
  *this = Enclosure(other);
  return *this;
}

bool Enclosure::Overlaps(const Enclosure& a, const Enclosure& b) {
  return a.value_ && b.value_ && acb_overlaps(a.value_->z, b.value_->z);
}

bool Enclosure::Disjoint(const Enclosure& a, const Enclosure& b) {
  return a.value_ && b.value_ && !acb_overlaps(a.value_->z, b.value_->z);
}

bool Enclosure::contains_zero() const {
  return value_ && acb_contains_zero(value_->z);
}

bool Enclosure::exact() const { return value_ && acb_is_exact(value_->z); }

bool Enclosure::real() const { return value_ && acb_is_real(value_->z); }

std::optional<int> Enclosure::sign() const {
  if (!real()) return std::nullopt;
  const arb_struct* x = acb_realref(value_->z);
  if (arb_is_zero(x)) return 0;
  if (arb_is_positive(x)) return 1;
  if (arb_is_negative(x)) return -1;
  return std::nullopt;
}

std::optional<int64_t> Enclosure::unique_integer() const {
  if (!real()) return std::nullopt;
  if (arf_cmpabs_2exp_si(arb_midref(acb_realref(value_->z)), 62) >= 0) {
    return std::nullopt;
  }
  fmpz_t n;
  fmpz_init(n);
  std::optional<int64_t> result;
  if (arb_get_unique_fmpz(n, acb_realref(value_->z)) && fmpz_fits_si(n)) {
    result = fmpz_get_si(n);
  }
  fmpz_clear(n);
  return result;
}

double Enclosure::radius_log2() const {
  if (!value_) return -kNone;
  return std::max(Log2Bound(arb_radref(acb_realref(value_->z))),
                  Log2Bound(arb_radref(acb_imagref(value_->z))));
}

double Enclosure::magnitude_log2() const {
  if (!value_) return -kNone;
  mag_t high;
  mag_init(high);
  acb_get_mag(high, value_->z);
  const double bound = Log2Bound(high);
  mag_clear(high);
  return bound;
}

double Enclosure::re() const {
  if (!value_) return std::numeric_limits<double>::quiet_NaN();
  return arf_get_d(arb_midref(acb_realref(value_->z)), ARF_RND_NEAR);
}

double Enclosure::im() const {
  if (!value_) return std::numeric_limits<double>::quiet_NaN();
  return arf_get_d(arb_midref(acb_imagref(value_->z)), ARF_RND_NEAR);
}

std::string Enclosure::Print(int digits) const {
  switch (state_) {
    case State::kUndefined:
      return "undefined";
    case State::kUnknown:
      return "unknown";
    case State::kBudget:
      return "budget spent";
    case State::kDefined:
      break;
  }
  digits = std::min(std::max(digits, 1), kDigitsMax);
  std::string text = PrintPart(acb_realref(value_->z), digits);
  if (!acb_is_real(value_->z)) {
    absl::StrAppend(&text, " + ", PrintPart(acb_imagref(value_->z), digits),
                    "*I");
  }
  return text;
}

int Enclosure::DigitsToSeparate(const Enclosure& a, const Enclosure& b) {
  if (!a.value_ || !b.value_) return kDigitsMin;
  acb_t difference;
  arb_t distance;
  mag_t gap;
  acb_init(difference);
  arb_init(distance);
  mag_init(gap);
  acb_sub(difference, a.value_->z, b.value_->z, 256);
  acb_abs(distance, difference, 256);
  arb_get_mag_lower(gap, distance);
  const double leading = std::max(a.magnitude_log2(), b.magnitude_log2());
  const double digits = mag_is_zero(gap) || !std::isfinite(leading)
                            ? kDigitsMin
                            : (leading - Log2Bound(gap)) * kLog10Of2 + 4;
  mag_clear(gap);
  arb_clear(distance);
  acb_clear(difference);
  return static_cast<int>(
      std::min<double>(kDigitsMax, std::max<double>(kDigitsMin, digits)));
}

bool Enclosure::Within(const BallValue& ball) const {
  if (!value_ || !ball.defined()) return false;
  arb_t distance;
  arb_init(distance);
  arf_t high, radius;
  arf_init(high);
  arf_init(radius);
  Distance(distance, value_->z, ball);
  arb_get_ubound_arf(high, distance, 256);
  arf_set_d(radius, ball.radius);
  const bool within = arf_cmp(high, radius) <= 0;
  arf_clear(radius);
  arf_clear(high);
  arb_clear(distance);
  return within;
}

bool Enclosure::Overlaps(const BallValue& ball) const {
  if (!value_ || !ball.defined()) return false;
  arb_t distance;
  arb_init(distance);
  arf_t low, radius;
  arf_init(low);
  arf_init(radius);
  Distance(distance, value_->z, ball);
  arb_get_lbound_arf(low, distance, 256);
  arf_set_d(radius, ball.radius);
  const bool overlaps = arf_cmp(low, radius) <= 0;
  arf_clear(radius);
  arf_clear(low);
  arb_clear(distance);
  return overlaps;
}

}  // namespace assay::kernels
