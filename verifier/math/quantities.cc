#include "verifier/math/quantities.h"

#include <flint/fmpz.h>

#include <algorithm>
#include <string>

#include "verifier/math/rewrite.h"

namespace assay::math {
namespace {

enum Dimension : uint8_t {
  kMetre,
  kKilogram,
  kSecond,
  kAmpere,
  kKelvin,
  kMole,
  kAngle,
  kBit,
  kDollar,
  kEuro,
  kYuan,
  kRupee,
  kRuble,
  kYen,
  kPeso,
  kCount,
};

struct Power {
  Dimension base;
  int8_t exponent;
};

struct Row {
  std::string_view name;
  int64_t numerator;
  uint64_t denominator;
  std::array<Power, 3> powers;
};

// Unused entries of `powers` have the exponent 0.
constexpr Power kNone = {kMetre, 0};
constexpr std::array<Power, 3> Of(Power a, Power b = kNone, Power c = kNone) {
  return {a, b, c};
}
constexpr auto kLength = Of({kMetre, 1});
constexpr auto kArea = Of({kMetre, 2});
constexpr auto kVolume = Of({kMetre, 3});
constexpr auto kMass = Of({kKilogram, 1});
constexpr auto kTime = Of({kSecond, 1});
constexpr auto kForce = Of({kKilogram, 1}, {kMetre, 1}, {kSecond, -2});
constexpr auto kEnergy = Of({kKilogram, 1}, {kMetre, 2}, {kSecond, -2});
constexpr auto kPowerUnit = Of({kKilogram, 1}, {kMetre, 2}, {kSecond, -3});
constexpr auto kPressure = Of({kKilogram, 1}, {kMetre, -1}, {kSecond, -2});

constexpr Row kRows[] = {
    {"m", 1, 1, kLength},
    {"cm", 1, 100, kLength},
    {"mm", 1, 1000, kLength},
    {"dm", 1, 10, kLength},
    {"km", 1000, 1, kLength},
    {"nm", 1, 1'000'000'000, kLength},
    {"in", 254, 10'000, kLength},
    {"ft", 3048, 10'000, kLength},
    {"yd", 9144, 10'000, kLength},
    {"mi", 1'609'344, 1000, kLength},
    {"g", 1, 1000, kMass},
    {"kg", 1, 1, kMass},
    {"mg", 1, 1'000'000, kMass},
    {"lb", 45'359'237, 100'000'000, kMass},
    {"oz", 45'359'237, 1'600'000'000, kMass},
    {"t", 1000, 1, kMass},
    {"s", 1, 1, kTime},
    {"ms", 1, 1000, kTime},
    {"min", 60, 1, kTime},
    {"h", 3600, 1, kTime},
    {"day", 86'400, 1, kTime},
    {"week", 604'800, 1, kTime},
    {"L", 1, 1000, kVolume},
    {"mL", 1, 1'000'000, kVolume},
    {"ha", 10'000, 1, kArea},
    {"acre", 40'468'564'224, 10'000'000, kArea},
    {"degree", 1, 180, Of({kAngle, 1})},
    {"$", 1, 1, Of({kDollar, 1})},
    {"cent", 1, 100, Of({kDollar, 1})},
    {"EUR", 1, 1, Of({kEuro, 1})},
    {"CNY", 1, 1, Of({kYuan, 1})},
    {"INR", 1, 1, Of({kRupee, 1})},
    {"RUB", 1, 1, Of({kRuble, 1})},
    {"JPY", 1, 1, Of({kYen, 1})},
    {"peso", 1, 1, Of({kPeso, 1})},
    {"N", 1, 1, kForce},
    {"J", 1, 1, kEnergy},
    {"kJ", 1000, 1, kEnergy},
    {"kWh", 3'600'000, 1, kEnergy},
    {"cal", 4184, 1000, kEnergy},
    {"kcal", 4184, 1, kEnergy},
    {"W", 1, 1, kPowerUnit},
    {"kW", 1000, 1, kPowerUnit},
    {"Hz", 1, 1, Of({kSecond, -1})},
    {"Pa", 1, 1, kPressure},
    {"kPa", 1000, 1, kPressure},
    {"K", 1, 1, Of({kKelvin, 1})},
    {"mol", 1, 1, Of({kMole, 1})},
    {"bit", 1, 1, Of({kBit, 1})},
    {"byte", 8, 1, Of({kBit, 1})},
    {"unit", 1, 1, Of(kNone)},
    {"ordinal", 1, 1, Of(kNone)},
};

const Row* FindRow(std::string_view name) {
  for (const Row& row : kRows) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

// "m^2", "m2" or "m": the name and its exponent.
bool SplitPower(std::string_view factor, std::string_view* name, int* power) {
  *power = 1;
  size_t end = factor.size();
  while (end > 0 && factor[end - 1] >= '0' && factor[end - 1] <= '9') --end;
  if (factor.size() - end > 1) return false;
  if (end < factor.size()) *power = factor.back() - '0';
  if (end > 0 && factor[end - 1] == '-') *power = -*power, --end;
  if (end > 0 && factor[end - 1] == '^') --end;
  *name = factor.substr(0, end);
  return !name->empty();
}

}  // namespace

bool FindUnit(std::string_view text, UnitFacts* facts) {
  facts->factor = Rational(1);
  facts->dimension = {};
  bool below = false;
  while (!text.empty()) {
    const size_t end = std::min(text.find_first_of("/* "), text.size());
    std::string_view name;
    int power;
    if (!SplitPower(text.substr(0, end), &name, &power)) return false;
    const Row* row = FindRow(name);
    if (row == nullptr) return false;
    if (below) power = -power;
    const Rational factor(row->numerator, row->denominator);
    for (int i = 0; i < std::abs(power); ++i) {
      facts->factor =
          power > 0 ? facts->factor * factor : facts->factor / factor;
    }
    for (const Power& p : row->powers) {
      facts->dimension[p.base] =
          static_cast<int8_t>(facts->dimension[p.base] + power * p.exponent);
    }
    if (end == text.size()) break;
    if (text[end] == '/') below = true;
    text.remove_prefix(end + 1);
  }
  return true;
}

Measured SplitUnit(const Expr& e, Arena* arena) {
  Measured m;
  switch (e.kind) {
    case Kind::kQuantity:
      m.value = &e.child(0);
      m.unit = &e.child(1);
      return m;
    case Kind::kPercent:
      m.value = &e.child(0);
      m.percent = e.detail == 0;
      m.per_mille = e.detail == 1;
      return m;
    case Kind::kNegate: {
      m = SplitUnit(e.child(0), arena);
      if (m.unit == nullptr && !m.percent && !m.per_mille) break;
      m.value = Rewriter(arena).Negate(m.value);
      return m;
    }
    default:
      break;
  }
  m.value = &e;
  return m;
}

std::optional<Rational> RoundingHalfUnit(const Expr& e, Rational* value,
                                         Budget* budget) {
  constexpr size_t kSignificantMin = 3;
  const Expr* x = e.kind == Kind::kNegate ? &e.child(0) : &e;
  if (x->kind != Kind::kNumber) return std::nullopt;
  const Number& n = *x->number;
  if (n.base != 10 || n.fraction_digits == 0 || n.repeating_digits != 0 ||
      !n.has_point || n.digits.size() > 400) {
    return std::nullopt;
  }
  const size_t first = n.digits.find_first_not_of('0');
  if (first == std::string_view::npos ||
      n.digits.size() - first < kSignificantMin) {
    return std::nullopt;
  }
  Exact own = NumberValue(n, budget);
  Exact unit = ExactPower(
      Rational(10),
      Rational(n.exponent - static_cast<int64_t>(n.fraction_digits)), budget);
  if (!own.ok() || !unit.ok()) return std::nullopt;
  *value = x == &e ? own.value : -own.value;
  return unit.value / Rational(2);
}

}  // namespace assay::math
