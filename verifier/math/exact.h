// Exact rational values of variable-free trees, by FLINT, in bounded work.
//
//   Budget budget;
//   Exact x = ExactValue(tree, nullptr, &budget);  // \frac{4}{2} + 50\%
//   if (x.state == Exact::kValue) x.value.ToString();  // "5/2"
//
// Covers + - * /, integer powers, perfect roots, factorials, binomials,
// gcd/lcm, floor, ceiling, mod, min/max, percent, logarithms of perfect
// powers, small determinants, sums and products over integer ranges. What is
// beyond the budget (10^{10^{10}}, ((9!)!)!) is refused by a bound on its
// size before anything is computed.
//
// Threads: pure; a Budget belongs to one thread.
#ifndef VERIFIER_MATH_EXACT_H_
#define VERIFIER_MATH_EXACT_H_

#include <flint/fmpq.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "verifier/math/expr.h"

namespace assay::math {

// Elementary operations that a verdict may spend. One operation is about a
// 64-bit multiplication with its bookkeeping, some 50 ns.
struct Budget {
  static constexpr uint64_t kOperationsMax = 120'000;
  uint64_t limit = kOperationsMax;
  uint64_t spent = 0;
  // False when the budget is exhausted; the caller then gives up.
  bool Spend(uint64_t operations) {
    spent += operations;
    return spent <= limit;
  }
  bool exhausted() const { return spent > limit; }
};

// A rational number; owns its FLINT value.
class Rational {
 public:
  Rational() { fmpq_init(value_); }
  explicit Rational(int64_t n) : Rational() { fmpz_set_si(numerator(), n); }
  Rational(int64_t n, uint64_t d) : Rational() { fmpq_set_si(value_, n, d); }
  Rational(const Rational& o) : Rational() { fmpq_set(value_, o.value_); }
  Rational(Rational&& o) noexcept : Rational() { fmpq_swap(value_, o.value_); }
  Rational& operator=(const Rational& o) {
    if (this != &o) fmpq_set(value_, o.value_);
    return *this;
  }
  Rational& operator=(Rational&& o) noexcept {
    fmpq_swap(value_, o.value_);
    return *this;
  }
  ~Rational() { fmpq_clear(value_); }

  fmpq* get() { return value_; }
  const fmpq* get() const { return value_; }
  fmpz* numerator() { return fmpq_numref(value_); }
  const fmpz* numerator() const { return fmpq_numref(value_); }
  fmpz* denominator() { return fmpq_denref(value_); }
  const fmpz* denominator() const { return fmpq_denref(value_); }

  int sign() const { return fmpq_sgn(value_); }
  bool is_zero() const { return fmpq_is_zero(value_); }
  bool is_one() const { return fmpq_is_one(value_); }
  bool is_integer() const { return fmpz_is_one(denominator()); }
  // True and `*n` set where the value is an integer of 62 bits.
  bool ToInt64(int64_t* n) const;
  // Bits of numerator and denominator together.
  uint64_t bits() const {
    return fmpz_bits(numerator()) + fmpz_bits(denominator());
  }
  double ToDouble() const;
  std::string ToString() const;

  friend bool operator==(const Rational& a, const Rational& b) {
    return fmpq_equal(a.value_, b.value_);
  }
  friend bool operator<(const Rational& a, const Rational& b) {
    return fmpq_cmp(a.value_, b.value_) < 0;
  }
  friend Rational operator+(const Rational& a, const Rational& b) {
    Rational r;
    fmpq_add(r.value_, a.value_, b.value_);
    return r;
  }
  friend Rational operator-(const Rational& a, const Rational& b) {
    Rational r;
    fmpq_sub(r.value_, a.value_, b.value_);
    return r;
  }
  friend Rational operator*(const Rational& a, const Rational& b) {
    Rational r;
    fmpq_mul(r.value_, a.value_, b.value_);
    return r;
  }
  // `b` is not zero.
  friend Rational operator/(const Rational& a, const Rational& b) {
    Rational r;
    fmpq_div(r.value_, a.value_, b.value_);
    return r;
  }
  Rational operator-() const {
    Rational r;
    fmpq_neg(r.value_, value_);
    return r;
  }

 private:
  fmpq_t value_;
};

// Values of bound symbols, innermost first.
struct Bindings {
  std::string_view name;
  const Rational* value = nullptr;
  const Bindings* next = nullptr;
};

struct Exact {
  enum State : uint8_t {
    kNone,       // Not a rational number that we can name, or too costly.
    kUndefined,  // 1/0, 0^0, \sqrt{-1} on the reals.
    kValue,
  };
  State state = kNone;
  Rational value;

  Exact() = default;
  explicit Exact(State s) : state(s) {}
  explicit Exact(Rational v) : state(kValue), value(std::move(v)) {}
  bool ok() const { return state == kValue; }
};

// Numerator and denominator together may have so many bits.
inline constexpr uint64_t kExactBitsMax = uint64_t{1} << 16;
// Terms of one sum or product.
inline constexpr int64_t kExactTermsMax = 20'000;

Exact ExactValue(const Expr& expr, const Bindings* bindings, Budget* budget);
// The value of a literal.
Exact NumberValue(const Number& number, Budget* budget);
// The same without its fast path, for tests.
Exact SlowNumberValue(const Number& number, Budget* budget);

// Arithmetic under the same bounds.
Exact ExactPower(const Rational& base, const Rational& exponent,
                 Budget* budget);
// The real n-th root where it is rational; n >= 1.
Exact ExactRoot(const Rational& radicand, int64_t n, Budget* budget);

}  // namespace assay::math

#endif  // VERIFIER_MATH_EXACT_H_
