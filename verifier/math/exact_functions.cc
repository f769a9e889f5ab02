#include "verifier/math/exact_functions.h"

#include <flint/fmpz.h>
#include <flint/fmpz_factor.h>
#include <flint/ulong_extras.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace assay::math {
namespace {

constexpr int64_t kFactorialMax = 20'000;

Rational FloorOf(const Rational& x) {
  Rational r;
  fmpz_fdiv_q(r.numerator(), x.numerator(), x.denominator());
  fmpz_one(r.denominator());
  return r;
}

Rational CeilingOf(const Rational& x) { return -FloorOf(-x); }

Rational Absolute(const Rational& x) { return x.sign() < 0 ? -x : x; }

// Of rationals: the greatest g with a/g and b/g integers.
Rational Gcd(const Rational& a, const Rational& b) {
  Rational r;
  fmpq_gcd(r.get(), a.get(), b.get());
  return r;
}

Exact GcdOrLcm(bool gcd, const std::vector<Rational>& values, Budget* budget) {
  Rational total = Absolute(values[0]);
  for (size_t i = 1; i < values.size(); ++i) {
    const uint64_t bits = total.bits() + values[i].bits();
    if (bits > kExactBitsMax || !budget->Spend(1 + bits / 8)) return Exact();
    const Rational next = Absolute(values[i]);
    const Rational common = Gcd(total, next);
    if (gcd || common.is_zero()) {
      total = common;
    } else {
      total = total * next / common;
    }
  }
  return Exact(std::move(total));
}

// n (n-1) ... (n-k+1) / k! for integers k >= 0, n any integer.
Exact Choose(const Rational& n, const Rational& k, bool ordered,
             Budget* budget) {
  int64_t top, count;
  if (!k.ToInt64(&count) || !n.ToInt64(&top)) return Exact();
  if (count < 0 || (top >= 0 && count > top)) return Exact(Rational(0));
  if (top >= 0 && !ordered) count = std::min(count, top - count);
  if (count > kFactorialMax) return Exact();
  // At most 2^n, and at most n^k.
  uint64_t bits = count * n.bits();
  if (top >= 0 && !ordered) bits = std::min<uint64_t>(bits, top + 1);
  if (bits > kExactBitsMax || !budget->Spend(1 + bits / 8)) return Exact();
  Rational result(1);
  if (top >= 0 && !ordered) {
    fmpz_bin_uiui(result.numerator(), static_cast<ulong>(top),
                  static_cast<ulong>(count));
    return Exact(std::move(result));
  }
  for (int64_t i = 0; i < count; ++i) {
    fmpz_mul_si(result.numerator(), result.numerator(), top - i);
    if (!ordered) {
      fmpz_divexact_ui(result.numerator(), result.numerator(), i + 1);
    }
  }
  return Exact(std::move(result));
}

// log_base(argument) where both are powers of one rational.
Exact Logarithm(const Rational& argument, const Rational& base,
                Budget* budget) {
  if (argument.sign() <= 0 || base.sign() <= 0 || base.is_one()) {
    return Exact(Exact::kUndefined);
  }
  if (argument.is_one()) return Exact(Rational(0));
  // Euclid on the exponents: log_b(a) = q + log_b(a / b^q).
  Rational a = argument, b = base;
  bool negative = false;
  const Rational one(1);
  if (a < one) a = one / a, negative = !negative;
  if (b < one) b = one / b, negative = !negative;
  // Continued fraction of log a / log b. Where both are powers of one number,
  // every remainder is a smaller power of it; what grows has no such root.
  const uint64_t bits_max = a.bits() + b.bits() + 2;
  std::vector<int64_t> quotients;
  for (int step = 0; step < 64; ++step) {
    int64_t q = 0;
    while (!(a < b)) {
      if (!budget->Spend(1 + a.bits() / 16) || q > 4096 ||
          a.bits() + b.bits() > bits_max) {
        return Exact();
      }
      a = a / b;
      ++q;
    }
    quotients.push_back(q);
    if (a.is_one()) {
      Rational value(quotients.back());
      for (size_t i = quotients.size() - 1; i-- > 0;) {
        value = Rational(quotients[i]) + one / value;
      }
      return Exact(negative ? -value : value);
    }
    std::swap(a, b);
  }
  return Exact();
}

Exact AtZero(Function f) {
  switch (f) {
    case Function::kExp:
    case Function::kCos:
    case Function::kSec:
    case Function::kCosh:
    case Function::kSech:
      return Exact(Rational(1));
    case Function::kSin:
    case Function::kTan:
    case Function::kArcsin:
    case Function::kArctan:
    case Function::kSinh:
    case Function::kTanh:
    case Function::kArsinh:
    case Function::kArtanh:
      return Exact(Rational(0));
    default:
      return Exact();
  }
}

Exact OneArgument(Function f, const Rational& x, Budget* budget) {
  switch (f) {
    case Function::kAbs:
    case Function::kNorm:
      return Exact(Absolute(x));
    case Function::kFloor:
      return Exact(FloorOf(x));
    case Function::kCeil:
      return Exact(CeilingOf(x));
    case Function::kRound: {
      // Half away from zero, as in school.
      const Rational up = FloorOf(Absolute(x) + Rational(1, 2));
      return Exact(x.sign() < 0 ? -up : up);
    }
    case Function::kSign:
      return Exact(Rational(x.sign()));
    case Function::kSqrt:
      return ExactRoot(x, 2, budget);
    case Function::kRe:
    case Function::kConjugate:
      return Exact(x);
    case Function::kIm:
      return Exact(Rational(0));
    case Function::kGamma:
      if (!x.is_integer()) return Exact();
      if (x.sign() <= 0) return Exact(Exact::kUndefined);
      return ExactFactorial(x - Rational(1), 1, budget);
    case Function::kLog:
      return Logarithm(x, Rational(10), budget);
    case Function::kLn:
      if (x.sign() <= 0) return Exact(Exact::kUndefined);
      return x.is_one() ? Exact(Rational(0)) : Exact();
    default:
      return x.is_zero() ? AtZero(f) : Exact();
  }
}

uint64_t MulMod(uint64_t a, uint64_t b, uint64_t m) {
  return n_mulmod2(a, b, m);
}

uint64_t PowMod(uint64_t a, uint64_t n, uint64_t m) {
  uint64_t r = 1 % m;
  for (a %= m; n > 0; n >>= 1) {
    if (n & 1) r = MulMod(r, a, m);
    a = MulMod(a, a, m);
  }
  return r;
}

// Whether the value is an integer at least 64 (so that Euler's theorem holds
// with one period added), told without computing it.
bool IsLargeInteger(const Expr& e, Budget* budget) {
  if (!budget->Spend(1)) return false;
  Exact x = ExactValue(e, nullptr, budget);
  if (x.ok()) return x.value.is_integer() && Rational(63) < x.value;
  switch (e.kind) {
    case Kind::kPower: {
      Exact base = ExactValue(e.child(0), nullptr, budget);
      const bool base_large =
          base.ok() ? base.value.is_integer() && Rational(1) < base.value
                    : IsLargeInteger(e.child(0), budget);
      Exact exponent = ExactValue(e.child(1), nullptr, budget);
      const bool exponent_large =
          exponent.ok()
              ? exponent.value.is_integer() && Rational(5) < exponent.value
              : IsLargeInteger(e.child(1), budget);
      return base_large && exponent_large;
    }
    case Kind::kFactorial:
      return e.detail <= 1 && IsLargeInteger(e.child(0), budget);
    case Kind::kMultiply:
    case Kind::kAdd: {
      bool any = false;
      for (const Expr* c : e.children()) {
        Exact v = ExactValue(*c, nullptr, budget);
        if (v.ok() && v.value.is_integer() && v.value.sign() > 0) continue;
        if (!IsLargeInteger(*c, budget)) return false;
        any = true;
      }
      return any;
    }
    default:
      return false;
  }
}

bool TowerPower(const Expr& e, uint64_t m, Budget* budget, uint64_t* r) {
  uint64_t base;
  if (!ResidueOfTower(e.child(0), m, budget, &base)) return false;
  Exact n = ExactValue(e.child(1), nullptr, budget);
  if (n.ok()) {
    if (!n.value.is_integer()) return false;
    Rational size = Absolute(n.value);
    fmpz_t value;
    fmpz_init(value);
    fmpz_set_ui(value, base);
    fmpz_t modulus;
    fmpz_init(modulus);
    fmpz_set_ui(modulus, m);
    bool ok = budget->Spend(64 + size.bits() * 2);
    if (ok && n.value.sign() < 0) ok = fmpz_invmod(value, value, modulus) != 0;
    if (ok) fmpz_powm(value, value, size.numerator(), modulus);
    if (ok) *r = fmpz_get_ui(value);
    fmpz_clear(value);
    fmpz_clear(modulus);
    return ok;
  }
  const bool negative = e.child(1).kind == Kind::kNegate;
  const Expr& exponent = negative ? e.child(1).child(0) : e.child(1);
  if (!IsLargeInteger(exponent, budget)) return false;
  // Factoring a 62-bit number: a fraction of a millisecond.
  if (!budget->Spend(5'000)) return false;
  const uint64_t phi = n_euler_phi(m);
  uint64_t reduced;
  if (!ResidueOfTower(exponent, phi, budget, &reduced)) return false;
  // a^n = a^(n mod phi + phi) for n >= log2 m, coprime or not.
  uint64_t power = MulMod(PowMod(base, reduced, m), PowMod(base, phi, m), m);
  if (negative) {
    if (n_gcd(power, m) != 1) return false;
    power = n_invmod(power, m);
  }
  *r = power;
  return true;
}

bool TowerFactorial(const Expr& e, uint64_t m, Budget* budget, uint64_t* r) {
  if (e.detail > 1) return false;
  Exact n = ExactValue(e.child(0), nullptr, budget);
  int64_t count;
  if (n.ok()) {
    if (!n.value.ToInt64(&count) || count < 0) return false;
    if (static_cast<uint64_t>(count) >= m) {
      *r = 0;
      return true;
    }
    if (count > 500'000 || !budget->Spend(count / 4)) return false;
    uint64_t total = 1 % m;
    for (int64_t i = 2; i <= count; ++i) total = MulMod(total, i, m);
    *r = total;
    return true;
  }
  // n >= m, hence m divides n!, when n is itself such a giant: a factorial or
  // a power above every 62-bit modulus.
  const Expr& inner = e.child(0);
  if (inner.kind != Kind::kFactorial && inner.kind != Kind::kPower) {
    return false;
  }
  if (!IsLargeInteger(inner, budget)) return false;
  *r = 0;
  return true;
}

// A product over k = low..high of a body in k, by the body's period m.
bool TowerProduct(const Expr& e, uint64_t m, Budget* budget, uint64_t* r) {
  const auto c = e.children();
  if (c.size() != 4 || c[1] == nullptr || c[2] == nullptr) return false;
  // The identity as body alone: low (low+1) ... high.
  if (c[3]->kind != Kind::kSymbol || c[3]->text != c[0]->text) return false;
  Exact low = ExactValue(*c[1], nullptr, budget);
  Exact high = ExactValue(*c[2], nullptr, budget);
  int64_t from, to;
  if (!low.ok() || !high.ok() || !low.value.ToInt64(&from) ||
      !high.value.ToInt64(&to) || to < from) {
    return false;
  }
  if (static_cast<uint64_t>(to - from) + 1 >= m) {
    *r = 0;
    return true;
  }
  return false;
}

}  // namespace

Exact ExactFactorial(const Rational& n, int step, Budget* budget) {
  int64_t count;
  if (!n.is_integer()) return Exact();
  if (n.sign() < 0) return Exact(Exact::kUndefined);
  if (!n.ToInt64(&count) || count > kFactorialMax || step < 1) return Exact();
  const uint64_t bits =
      static_cast<uint64_t>(count * std::log2(count + 2.0) / step);
  if (bits > kExactBitsMax || !budget->Spend(1 + bits / 8)) return Exact();
  Rational result(1);
  if (step == 1) {
    fmpz_fac_ui(result.numerator(), static_cast<ulong>(count));
  } else {
    for (int64_t i = count; i > 1; i -= step) {
      fmpz_mul_si(result.numerator(), result.numerator(), i);
    }
  }
  return Exact(std::move(result));
}

Exact ExactFunction(Function function, const std::vector<Rational>& arguments,
                    Budget* budget) {
  if (arguments.empty()) return Exact();
  switch (function) {
    case Function::kMin:
      return Exact(*std::min_element(arguments.begin(), arguments.end()));
    case Function::kMax:
      return Exact(*std::max_element(arguments.begin(), arguments.end()));
    case Function::kGcd:
      return GcdOrLcm(true, arguments, budget);
    case Function::kLcm:
      return GcdOrLcm(false, arguments, budget);
    default:
      break;
  }
  if (arguments.size() == 2) {
    switch (function) {
      case Function::kBinomial:
        return Choose(arguments[0], arguments[1], false, budget);
      case Function::kPermutations:
        return Choose(arguments[0], arguments[1], true, budget);
      case Function::kLog:
        return Logarithm(arguments[0], arguments[1], budget);
      default:
        return Exact();
    }
  }
  if (arguments.size() != 1) return Exact();
  return OneArgument(function, arguments[0], budget);
}

bool ResidueOfTower(const Expr& e, uint64_t m, Budget* budget, uint64_t* r) {
  if (m == 0 || m >> 62 != 0 || !budget->Spend(2)) return false;
  Exact x = ExactValue(e, nullptr, budget);
  if (x.state == Exact::kUndefined) return false;
  if (x.ok()) {
    const uint64_t d = fmpz_fdiv_ui(x.value.denominator(), m);
    const uint64_t n = fmpz_fdiv_ui(x.value.numerator(), m);
    if (m == 1) {
      *r = 0;
      return x.value.is_integer();
    }
    if (n_gcd(d, m) != 1) return false;
    *r = MulMod(n, n_invmod(d, m), m);
    return true;
  }
  uint64_t a, b;
  switch (e.kind) {
    case Kind::kAdd:
    case Kind::kMultiply: {
      const bool add = e.kind == Kind::kAdd;
      a = add ? 0 : 1 % m;
      for (const Expr* c : e.children()) {
        if (!ResidueOfTower(*c, m, budget, &b)) return false;
        a = add ? (a + b) % m : MulMod(a, b, m);
      }
      *r = a;
      return true;
    }
    case Kind::kNegate:
      if (!ResidueOfTower(e.child(0), m, budget, &a)) return false;
      *r = a == 0 ? 0 : m - a;
      return true;
    case Kind::kDivide:
      if (!ResidueOfTower(e.child(0), m, budget, &a) ||
          !ResidueOfTower(e.child(1), m, budget, &b) || n_gcd(b, m) != 1) {
        return false;
      }
      *r = MulMod(a, n_invmod(b, m), m);
      return true;
    case Kind::kPower:
      return TowerPower(e, m, budget, r);
    case Kind::kFactorial:
      return TowerFactorial(e, m, budget, r);
    case Kind::kProduct:
      return TowerProduct(e, m, budget, r);
    default:
      return false;
  }
}

}  // namespace assay::math
