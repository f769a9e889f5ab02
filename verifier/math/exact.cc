#include "verifier/math/exact.h"

#include <flint/fmpz.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "verifier/math/exact_functions.h"

namespace assay::math {
namespace {

// A gcd is quadratic in the words of its operands at the sizes allowed here.
uint64_t Cost(uint64_t bits) {
  const uint64_t words = bits / 64;
  return 1 + words / 2 + words * words / 64;
}

Exact Bounded(Rational value, Budget* budget) {
  const uint64_t bits = value.bits();
  if (bits > kExactBitsMax || !budget->Spend(Cost(bits))) return Exact();
  return Exact(std::move(value));
}

Exact Fold(const Expr& expr, const Bindings* bindings, Budget* budget) {
  const bool add = expr.kind == Kind::kAdd;
  Rational total(add ? 0 : 1);
  for (const Expr* child : expr.children()) {
    Exact x = ExactValue(*child, bindings, budget);
    if (!x.ok()) return Exact(x.state);
    // Multiplying checks the size beforehand, adding cannot grow much.
    if (total.bits() + x.value.bits() > 2 * kExactBitsMax) return Exact();
    Exact next = Bounded(add ? total + x.value : total * x.value, budget);
    if (!next.ok()) return next;
    total = std::move(next.value);
  }
  return Exact(std::move(total));
}

Exact Divide(const Expr& expr, const Bindings* bindings, Budget* budget) {
  Exact a = ExactValue(expr.child(0), bindings, budget);
  Exact b = ExactValue(expr.child(1), bindings, budget);
  if (b.ok() && b.value.is_zero()) return Exact(Exact::kUndefined);
  if (!a.ok()) return Exact(a.state);
  if (!b.ok()) return Exact(b.state);
  return Bounded(a.value / b.value, budget);
}

Exact Power(const Expr& expr, const Bindings* bindings, Budget* budget) {
  Exact base = ExactValue(expr.child(0), bindings, budget);
  if (!base.ok()) return Exact(base.state);
  Exact exponent = ExactValue(expr.child(1), bindings, budget);
  if (!exponent.ok()) {
    // 1 to a tower is 1 whatever the tower.
    if (base.value.is_one() && exponent.state == Exact::kNone) return Exact();
    return Exact(exponent.state);
  }
  return ExactPower(base.value, exponent.value, budget);
}

Exact Root(const Expr& expr, const Bindings* bindings, Budget* budget) {
  Exact radicand = ExactValue(expr.child(0), bindings, budget);
  if (!radicand.ok()) return Exact(radicand.state);
  int64_t n = 2;
  if (expr.children_count > 1) {
    Exact index = ExactValue(expr.child(1), bindings, budget);
    if (!index.ok()) return Exact(index.state);
    if (!index.value.ToInt64(&n)) return Exact();
    if (n == 0) return Exact(Exact::kUndefined);
  }
  if (n < 0) {
    Exact root = ExactRoot(radicand.value, -n, budget);
    if (!root.ok()) return root;
    if (root.value.is_zero()) return Exact(Exact::kUndefined);
    return Exact(Rational(1) / root.value);
  }
  return ExactRoot(radicand.value, n, budget);
}

// Sums and products over an integer range; an empty range gives 0 and 1.
Exact Range(const Expr& expr, const Bindings* bindings, Budget* budget) {
  const auto c = expr.children();
  if (c.size() != 4 || c[1] == nullptr || c[2] == nullptr) return Exact();
  Exact low = ExactValue(*c[1], bindings, budget);
  Exact high = ExactValue(*c[2], bindings, budget);
  int64_t from, to;
  if (!low.ok() || !high.ok() || !low.value.ToInt64(&from) ||
      !high.value.ToInt64(&to)) {
    return Exact();
  }
  const bool sum = expr.kind == Kind::kSum;
  if (to < from - 1 || to - from >= kExactTermsMax) return Exact();
  Rational total(sum ? 0 : 1);
  for (int64_t k = from; k <= to; ++k) {
    Rational index(k);
    Bindings inner{c[0]->text, &index, bindings};
    Exact term = ExactValue(*c[3], &inner, budget);
    if (!term.ok()) return Exact(term.state);
    Exact next = Bounded(sum ? total + term.value : total * term.value, budget);
    if (!next.ok()) return next;
    total = std::move(next.value);
  }
  return Exact(std::move(total));
}

Exact Arguments(const Expr& expr, const Bindings* bindings, Budget* budget) {
  std::vector<Rational> values;
  if (expr.children_count > 64) return Exact();
  for (const Expr* child : expr.children()) {
    Exact x = ExactValue(*child, bindings, budget);
    if (!x.ok()) return Exact(x.state);
    values.push_back(std::move(x.value));
  }
  return ExactFunction(static_cast<Function>(expr.detail), values, budget);
}

Exact Determinant(const Expr& matrix, const Bindings* bindings,
                  Budget* budget) {
  constexpr size_t kRowsMax = 8;
  const size_t n = matrix.detail;
  if (n == 0 || n > kRowsMax || matrix.children_count != n * n) {
    return Exact();
  }
  std::vector<Rational> cells;
  for (const Expr* child : matrix.children()) {
    Exact x = ExactValue(*child, bindings, budget);
    if (!x.ok()) return Exact(x.state);
    if (x.value.bits() > 4096) return Exact();
    cells.push_back(std::move(x.value));
  }
  Rational result(1);
  for (size_t i = 0; i < n; ++i) {
    size_t pivot = i;
    while (pivot < n && cells[pivot * n + i].is_zero()) ++pivot;
    if (pivot == n) return Exact(Rational(0));
    if (pivot != i) {
      for (size_t j = 0; j < n; ++j) {
        std::swap(cells[pivot * n + j], cells[i * n + j]);
      }
      result = -result;
    }
    result = result * cells[i * n + i];
    for (size_t r = i + 1; r < n; ++r) {
      const Rational factor = cells[r * n + i] / cells[i * n + i];
      for (size_t j = i; j < n; ++j) {
        cells[r * n + j] = cells[r * n + j] - factor * cells[i * n + j];
        if (!budget->Spend(Cost(cells[r * n + j].bits()))) return Exact();
      }
    }
  }
  return Bounded(std::move(result), budget);
}

Exact Modulo(const Expr& expr, const Bindings* bindings, Budget* budget) {
  Exact b = ExactValue(expr.child(1), bindings, budget);
  if (!b.ok()) return Exact(b.state);
  if (b.value.is_zero()) return Exact(Exact::kUndefined);
  int64_t modulus;
  Exact a = ExactValue(expr.child(0), bindings, budget);
  if (!a.ok() && b.value.ToInt64(&modulus) && modulus > 0) {
    uint64_t residue;
    if (ResidueOfTower(expr.child(0), static_cast<uint64_t>(modulus), budget,
                       &residue)) {
      return Exact(Rational(static_cast<int64_t>(residue)));
    }
  }
  if (!a.ok()) return Exact(a.state);
  if (b.value.sign() < 0) return Exact();
  // a - b floor(a/b).
  Rational q = a.value / b.value;
  fmpz_fdiv_q(q.numerator(), q.numerator(), q.denominator());
  fmpz_one(q.denominator());
  return Bounded(a.value - b.value * q, budget);
}

Exact Unary(const Expr& expr, const Bindings* bindings, Budget* budget) {
  Exact x = ExactValue(expr.child(0), bindings, budget);
  if (!x.ok()) return Exact(x.state);
  switch (expr.kind) {
    case Kind::kNegate:
      return Exact(-x.value);
    case Kind::kPercent:
      return Bounded(x.value / Rational(expr.detail == 1 ? 1000 : 100), budget);
    default:
      return ExactFactorial(x.value, std::max<int>(1, expr.detail), budget);
  }
}

}  // namespace

bool Rational::ToInt64(int64_t* n) const {
  if (!is_integer() || fmpz_bits(numerator()) > 62) return false;
  *n = fmpz_get_si(numerator());
  return true;
}

double Rational::ToDouble() const {
  slong en, ed;
  const double n = fmpz_get_d_2exp(&en, numerator());
  const double d = fmpz_get_d_2exp(&ed, denominator());
  const slong e = std::clamp<slong>(en - ed, -5000, 5000);
  return std::ldexp(n / d, static_cast<int>(e));
}

std::string Rational::ToString() const {
  if (!COEFF_IS_MPZ(*numerator()) && !COEFF_IS_MPZ(*denominator())) {
    std::string text = absl::StrCat(int64_t{*numerator()});
    if (!is_integer()) absl::StrAppend(&text, "/", int64_t{*denominator()});
    return text;
  }
  if (bits() > 100'000) return "(a long number)";
  char* text = fmpq_get_str(nullptr, 10, value_);
  std::string result(text);
  flint_free(text);
  return result;
}

namespace {

// A plain literal of at most 18 digits; false where it is another one.
bool SmallNumber(const Number& number, Rational* value) {
  constexpr size_t kDigitsMax = 18;
  const size_t digits = number.digits.size();
  if (number.base != 10 || digits == 0 || digits > kDigitsMax ||
      number.exponent != 0 || number.repeating_digits != 0) {
    return false;
  }
  uint64_t n = 0;
  for (char c : number.digits) {
    if (c < '0' || c > '9') return false;
    n = 10 * n + static_cast<uint64_t>(c - '0');
  }
  uint64_t d = 1;
  const size_t fraction = std::min<size_t>(number.fraction_digits, digits);
  for (size_t i = 0; i < fraction; ++i) d *= 10;
  *value = Rational(static_cast<int64_t>(n), d);
  return true;
}

}  // namespace

Exact NumberValue(const Number& number, Budget* budget) {
  if (Rational small; SmallNumber(number, &small)) {
    return budget->Spend(2) ? Exact(std::move(small)) : Exact();
  }
  return SlowNumberValue(number, budget);
}

Exact SlowNumberValue(const Number& number, Budget* budget) {
  const uint64_t digits = number.digits.size();
  const double bits_a_digit = std::log2(number.base);
  if (digits == 0 || digits * bits_a_digit > kExactBitsMax) return Exact();
  if (!budget->Spend(Cost(static_cast<uint64_t>(digits * bits_a_digit)))) {
    return Exact();
  }
  Rational value;
  const std::string text(number.digits);
  if (fmpz_set_str(value.numerator(), text.c_str(), number.base) != 0) {
    return Exact();
  }
  fmpz_one(value.denominator());
  const uint32_t fraction = std::min<uint32_t>(number.fraction_digits, digits);
  const uint32_t repeating = std::min(number.repeating_digits, fraction);
  Rational scale;
  fmpz_one(scale.denominator());
  fmpz_set_ui(scale.numerator(), number.base);
  fmpz_pow_ui(scale.numerator(), scale.numerator(), fraction);
  if (repeating > 0) {
    // 0.1(23) = (123 - 1) / (10^3 - 10^1).
    Rational head;
    const std::string shorter = text.substr(0, digits - repeating);
    if (!shorter.empty()) {
      fmpz_set_str(head.numerator(), shorter.c_str(), number.base);
      fmpz_one(head.denominator());
      value = value - head;
    }
    Rational back;
    fmpz_one(back.denominator());
    fmpz_set_ui(back.numerator(), number.base);
    fmpz_pow_ui(back.numerator(), back.numerator(), fraction - repeating);
    scale = scale - back;
  }
  if (fraction > 0) value = value / scale;
  if (number.exponent != 0) {
    Exact power = ExactPower(Rational(10), Rational(number.exponent), budget);
    if (!power.ok()) return power;
    value = value * power.value;
  }
  return Bounded(std::move(value), budget);
}

Exact ExactPower(const Rational& base, const Rational& exponent,
                 Budget* budget) {
  int64_t n;
  if (!exponent.is_integer()) {
    int64_t root;
    Rational denominator;
    fmpz_set(denominator.numerator(), exponent.denominator());
    fmpz_one(denominator.denominator());
    if (base.sign() < 0) return Exact(Exact::kUndefined);
    if (!denominator.ToInt64(&root)) return Exact();
    Exact r = ExactRoot(base, root, budget);
    if (!r.ok()) return r;
    Rational numerator;
    fmpz_set(numerator.numerator(), exponent.numerator());
    fmpz_one(numerator.denominator());
    return ExactPower(r.value, numerator, budget);
  }
  if (base.is_zero()) {
    return exponent.sign() > 0 ? Exact(Rational(0)) : Exact(Exact::kUndefined);
  }
  if (base.is_one()) return Exact(Rational(1));
  if (base.is_integer() && fmpz_is_pm1(base.numerator())) {
    return Exact(Rational(fmpz_is_even(exponent.numerator()) ? 1 : -1));
  }
  if (!exponent.ToInt64(&n)) return Exact();
  const uint64_t size = static_cast<uint64_t>(n < 0 ? -n : n);
  if (size > kExactBitsMax || size * (base.bits() - 1) > kExactBitsMax) {
    return Exact();
  }
  Rational result;
  fmpq_pow_si(result.get(), base.get(), n);
  return Bounded(std::move(result), budget);
}

Exact ExactRoot(const Rational& radicand, int64_t n, Budget* budget) {
  if (n == 1) return Exact(radicand);
  if (radicand.sign() < 0 && n % 2 == 0) return Exact(Exact::kUndefined);
  if (radicand.is_zero()) return Exact(Rational(0));
  if (n > 4096) return radicand.is_one() ? Exact(Rational(1)) : Exact();
  if (!budget->Spend(1 + Cost(radicand.bits()) * 2)) return Exact();
  Rational root;
  const bool exact =
      fmpz_root(root.numerator(), radicand.numerator(), n) != 0 &&
      fmpz_root(root.denominator(), radicand.denominator(), n) != 0;
  return exact ? Exact(std::move(root)) : Exact();
}

Exact ExactValue(const Expr& expr, const Bindings* bindings, Budget* budget) {
  if (!budget->Spend(1)) return Exact();
  switch (expr.kind) {
    case Kind::kNumber:
      return NumberValue(*expr.number, budget);
    case Kind::kSymbol:
      for (const Bindings* b = bindings; b != nullptr; b = b->next) {
        if (b->name == expr.text) return Exact(*b->value);
      }
      return Exact();
    case Kind::kAdd:
    case Kind::kMultiply:
      return Fold(expr, bindings, budget);
    case Kind::kDivide:
      return Divide(expr, bindings, budget);
    case Kind::kRatio:
      return expr.children_count == 2 ? Divide(expr, bindings, budget)
                                      : Exact();
    case Kind::kPower:
      return Power(expr, bindings, budget);
    case Kind::kRoot:
      return Root(expr, bindings, budget);
    case Kind::kNegate:
    case Kind::kPercent:
    case Kind::kFactorial:
      return Unary(expr, bindings, budget);
    case Kind::kSum:
    case Kind::kProduct:
      return Range(expr, bindings, budget);
    case Kind::kModulo:
      return Modulo(expr, bindings, budget);
    case Kind::kMatrix:
      return expr.text == "v" ? Determinant(expr, bindings, budget) : Exact();
    case Kind::kFunction: {
      const Function f = static_cast<Function>(expr.detail);
      if (f == Function::kDeterminant && expr.children_count == 1) {
        return Determinant(expr.child(0), bindings, budget);
      }
      return Arguments(expr, bindings, budget);
    }
    default:
      return Exact();
  }
}

}  // namespace assay::math
