// Units, percent and rounding: when two scalars of unlike kinds are equal.
//
//   UnitFacts a, b;
//   FindUnit("km/h", &a);   // factor 5/18, dimension m/s
//
// Factors are exact, from the definitions of the SI and of the international
// yard and pound (1959).
// Threads: pure.
#ifndef VERIFIER_MATH_QUANTITIES_H_
#define VERIFIER_MATH_QUANTITIES_H_

#include <array>
#include <optional>
#include <string_view>

#include "verifier/math/exact.h"
#include "verifier/math/expr.h"

namespace assay::math {

struct UnitFacts {
  // In SI base units (and bits, dollars, ...).
  Rational factor;
  // Exponents of m, kg, s, A, K, mol, angle, bit, and of each currency, year,
  // degree Celsius and Fahrenheit.
  std::array<int8_t, 20> dimension = {};
};

// False where a part of the unit is not known. "km/h", "m^2", "kg*m/s^2".
bool FindUnit(std::string_view text, UnitFacts* facts);

struct Measured {
  const Expr* value = nullptr;
  const Expr* unit = nullptr;  // kUnit or null.
  bool percent = false;
  bool per_mille = false;
};

// Takes a unit or percent sign off a scalar, under minus signs too.
Measured SplitUnit(const Expr& e, Arena* arena);
// "8 m^3", "60 \\frac{km}{h}", "3 N m": letters of a product that may be
// units, after a number; `beside` a unit "85 t" too. False where they may not.
bool ReadUnitLetters(const Expr& e, bool beside, Arena* arena, Measured* m);
// A temperature's value in kelvin; null for other units, or at a bound.
const Expr* InKelvin(const Measured& m, Arena* arena);

// The half unit of the last digit of a decimal that may be matched by
// rounding: alone, with a fraction and at least three significant digits.
// Nothing otherwise. `value` gets the decimal's own value.
std::optional<Rational> RoundingHalfUnit(const Expr& e, Rational* value,
                                         Budget* budget);

}  // namespace assay::math

#endif  // VERIFIER_MATH_QUANTITIES_H_
