#include "verifier/math/quantities.h"

#include <flint/fmpz.h>

#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

#include "verifier/math/names.h"
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
  kPound,
  kCelsius,
  kYear,
  kFahrenheit,
  kCount,
};

static_assert(kCount <= std::tuple_size_v<decltype(UnitFacts::dimension)>);

struct Power {
  Dimension base;
  int8_t exponent;
};

struct Row {
  std::string_view name;
  int64_t numerator;
  uint64_t denominator;
  std::array<Power, 4> powers;
};

// Unused entries of `powers` have the exponent 0.
constexpr Power kNone = {kMetre, 0};
constexpr std::array<Power, 4> Of(Power a, Power b = kNone, Power c = kNone,
                                  Power d = kNone) {
  return {a, b, c, d};
}
constexpr auto kLength = Of({kMetre, 1});
constexpr auto kArea = Of({kMetre, 2});
constexpr auto kVolume = Of({kMetre, 3});
constexpr auto kMass = Of({kKilogram, 1});
constexpr auto kTime = Of({kSecond, 1});
constexpr auto kCurrent = Of({kAmpere, 1});
constexpr auto kVoltage =
    Of({kKilogram, 1}, {kMetre, 2}, {kSecond, -3}, {kAmpere, -1});
constexpr auto kCharge = Of({kAmpere, 1}, {kSecond, 1});
constexpr auto kCapacity =
    Of({kKilogram, -1}, {kMetre, -2}, {kSecond, 4}, {kAmpere, 2});
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
    {"um", 1, 1'000'000, kLength},
    {"angstrom", 1, 10'000'000'000, kLength},
    {"ly", 9'460'730'472'580'800, 1, kLength},
    {"ft", 3048, 10'000, kLength},
    {"yd", 9144, 10'000, kLength},
    {"mi", 1'609'344, 1000, kLength},
    {"g", 1, 1000, kMass},
    {"kg", 1, 1, kMass},
    {"mg", 1, 1'000'000, kMass},
    {"lb", 45'359'237, 100'000'000, kMass},
    {"oz", 45'359'237, 1'600'000'000, kMass},
    {"t", 1000, 1, kMass},
    {"ug", 1, 1'000'000'000, kMass},
    {"stone", 635'029'318, 100'000'000, kMass},
    {"s", 1, 1, kTime},
    {"ms", 1, 1000, kTime},
    {"min", 60, 1, kTime},
    {"h", 3600, 1, kTime},
    {"day", 86'400, 1, kTime},
    {"week", 604'800, 1, kTime},
    {"us", 1, 1'000'000, kTime},
    {"ns", 1, 1'000'000'000, kTime},
    {"fortnight", 1'209'600, 1, kTime},
    {"year", 1, 1, Of({kYear, 1})},
    {"month", 1, 12, Of({kYear, 1})},
    {"decade", 10, 1, Of({kYear, 1})},
    {"century", 100, 1, Of({kYear, 1})},
    {"L", 1, 1000, kVolume},
    {"dL", 1, 10'000, kVolume},
    {"cL", 1, 100'000, kVolume},
    {"gal", 473'176'473, 125'000'000'000, kVolume},
    {"quart", 473'176'473, 500'000'000'000, kVolume},
    {"pint", 473'176'473, 1'000'000'000'000, kVolume},
    {"cup", 473'176'473, 2'000'000'000'000, kVolume},
    {"tbsp", 473'176'473, 32'000'000'000'000, kVolume},
    {"tsp", 473'176'473, 96'000'000'000'000, kVolume},
    {"mL", 1, 1'000'000, kVolume},
    {"uL", 1, 1'000'000'000, kVolume},
    {"ha", 10'000, 1, kArea},
    {"acre", 40'468'564'224, 10'000'000, kArea},
    {"degree", 1, 180, Of({kAngle, 1})},
    {"arcmin", 1, 10'800, Of({kAngle, 1})},
    {"arcsec", 1, 648'000, Of({kAngle, 1})},
    {"$", 1, 1, Of({kDollar, 1})},
    {"cent", 1, 100, Of({kDollar, 1})},
    {"EUR", 1, 1, Of({kEuro, 1})},
    {"CNY", 1, 1, Of({kYuan, 1})},
    {"INR", 1, 1, Of({kRupee, 1})},
    {"RUB", 1, 1, Of({kRuble, 1})},
    {"JPY", 1, 1, Of({kYen, 1})},
    {"peso", 1, 1, Of({kPeso, 1})},
    {"GBP", 1, 1, Of({kPound, 1})},
    {"N", 1, 1, kForce},
    {"kN", 1000, 1, kForce},
    {"J", 1, 1, kEnergy},
    {"kJ", 1000, 1, kEnergy},
    {"MJ", 1'000'000, 1, kEnergy},
    {"GJ", 1'000'000'000, 1, kEnergy},
    {"mJ", 1, 1000, kEnergy},
    {"kWh", 3'600'000, 1, kEnergy},
    {"cal", 4184, 1000, kEnergy},
    {"kcal", 4184, 1, kEnergy},
    {"W", 1, 1, kPowerUnit},
    {"kW", 1000, 1, kPowerUnit},
    {"MW", 1'000'000, 1, kPowerUnit},
    {"GW", 1'000'000'000, 1, kPowerUnit},
    {"mW", 1, 1000, kPowerUnit},
    {"A", 1, 1, kCurrent},
    {"mA", 1, 1000, kCurrent},
    {"uA", 1, 1'000'000, kCurrent},
    {"coulomb", 1, 1, kCharge},
    {"ucoulomb", 1, 1'000'000, kCharge},
    {"V", 1, 1, kVoltage},
    {"kV", 1000, 1, kVoltage},
    {"mV", 1, 1000, kVoltage},
    {"uV", 1, 1'000'000, kVoltage},
    {"ohm", 1, 1,
     Of({kKilogram, 1}, {kMetre, 2}, {kSecond, -3}, {kAmpere, -2})},
    {"farad", 1, 1, kCapacity},
    {"ufarad", 1, 1'000'000, kCapacity},
    {"tesla", 1, 1, Of({kKilogram, 1}, {kSecond, -2}, {kAmpere, -1})},
    {"kHz", 1000, 1, Of({kSecond, -1})},
    {"MHz", 1'000'000, 1, Of({kSecond, -1})},
    {"GHz", 1'000'000'000, 1, Of({kSecond, -1})},
    {"atm", 101'325, 1, kPressure},
    {"bar", 100'000, 1, kPressure},
    {"mmHg", 101'325, 760, kPressure},
    {"hPa", 100, 1, kPressure},
    {"MPa", 1'000'000, 1, kPressure},
    {"degC", 1, 1, Of({kCelsius, 1})},
    {"degF", 1, 1, Of({kFahrenheit, 1})},
    {"Hz", 1, 1, Of({kSecond, -1})},
    {"Pa", 1, 1, kPressure},
    {"kPa", 1000, 1, kPressure},
    {"K", 1, 1, Of({kKelvin, 1})},
    {"mol", 1, 1, Of({kMole, 1})},
    {"mmol", 1, 1000, Of({kMole, 1})},
    {"bit", 1, 1, Of({kBit, 1})},
    {"byte", 8, 1, Of({kBit, 1})},
    {"KB", 8000, 1, Of({kBit, 1})},
    {"MB", 8'000'000, 1, Of({kBit, 1})},
    {"GB", 8'000'000'000, 1, Of({kBit, 1})},
    {"TB", 8'000'000'000'000, 1, Of({kBit, 1})},
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

// "1 hour 30 minutes" in the unit of its first part.
bool SumOfQuantities(const Expr& e, Arena* arena, Measured* m) {
  Rewriter w(arena);
  UnitFacts first;
  std::vector<const Expr*> terms;
  for (const Expr* c : e.children()) {
    UnitFacts facts;
    if (c->kind != Kind::kQuantity || !FindUnit(c->child(1).text, &facts)) {
      return false;
    }
    if (terms.empty()) first = facts;
    if (facts.dimension != first.dimension) return false;
    terms.push_back(
        w.Multiply({&c->child(0), w.Value(facts.factor / first.factor)}));
  }
  m->value = w.Add(terms);
  m->unit = &e.child(0).child(1);
  return m->value != nullptr;
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
    case Kind::kAdd:
      if (SumOfQuantities(e, arena, &m)) return m;
      break;
    default:
      break;
  }
  m.value = &e;
  return m;
}

namespace {

// A product flattened: factors with their exponents.
struct Factor {
  const Expr* base;
  int exponent;
};

bool Flatten(const Expr& e, int exponent, std::vector<Factor>* factors) {
  constexpr size_t kFactorsMax = 16;
  if (factors->size() > kFactorsMax) return false;
  switch (e.kind) {
    case Kind::kMultiply:
      for (const Expr* c : e.children()) {
        if (!Flatten(*c, exponent, factors)) return false;
      }
      return true;
    case Kind::kDivide:
      if (e.child(0).kind == Kind::kNumber &&
          e.child(1).kind == Kind::kNumber) {
        factors->push_back({&e, exponent});
        return true;
      }
      return Flatten(e.child(0), exponent, factors) &&
             Flatten(e.child(1), -exponent, factors);
    case Kind::kPower: {
      const bool minus = e.child(1).kind == Kind::kNegate;
      const Expr& n = minus ? e.child(1).child(0) : e.child(1);
      if (e.child(0).kind == Kind::kNumber) {
        factors->push_back({&e, exponent});
        return true;
      }
      if (n.kind != Kind::kNumber || n.number->digits.size() != 1 ||
          n.number->has_point) {
        return false;
      }
      const int power = n.number->digits[0] - '0';
      return Flatten(e.child(0), minus ? -exponent * power : exponent * power,
                     factors);
    }
    default:
      factors->push_back({&e, exponent});
      return true;
  }
}

// Letters that are units beside a unit alone: everywhere else they are
// variables.
std::string_view UnitOfVariable(std::string_view letter) {
  if (letter == "t") return "t";
  if (letter == "M") return "mol L^-1";
  return {};
}

// "c", "m": the letters of "cm".
std::string_view UnitOfLetters(const std::vector<Factor>& factors, size_t at,
                               bool beside, size_t* count,
                               std::string* joined) {
  constexpr size_t kLettersMax = 3;
  for (size_t n = std::min(kLettersMax, factors.size() - at); n > 0; --n) {
    joined->clear();
    bool fits = true;
    for (size_t i = at; i < at + n && fits; ++i) {
      const Expr& f = *factors[i].base;
      const bool last = i + 1 == at + n;
      fits =
          f.kind == Kind::kSymbol &&
          (f.text.size() == 1 || f.text == "mu" || f.text == "Omega") &&
          (last || factors[i].exponent == factors[at].exponent) &&
          (!last || n == 1 || factors[i].exponent * factors[at].exponent > 0);
      if (fits) *joined += f.text == "mu" ? "u" : std::string(f.text);
    }
    // km^2: the power stands at the last letter.
    if (!fits) continue;
    std::string_view unit = CanonicalUnit(*joined);
    if (unit.empty() && beside && factors[at].exponent == 1) {
      unit = UnitOfVariable(*joined);
    }
    if (unit.empty()) continue;
    *count = n;
    return unit;
  }
  return {};
}

}  // namespace

bool ReadUnitLetters(const Expr& e, bool beside, Arena* arena, Measured* m) {
  const bool minus = e.kind == Kind::kNegate;
  const Expr& product = minus ? e.child(0) : e;
  if ((product.kind != Kind::kMultiply && product.kind != Kind::kDivide) ||
      !product.contents.Has(Kind::kSymbol)) {
    return false;
  }
  std::vector<Factor> factors;
  if (!Flatten(product, 1, &factors)) return false;
  Rewriter w(arena);
  std::vector<const Expr*> numbers;
  size_t at = 0;
  auto is_number = [](const Expr& x) {
    const Contents& c = x.contents;
    return !c.Has(Kind::kSymbol) && !c.Has(Kind::kQuantity) &&
           !c.Has(Kind::kText) && !c.Has(Kind::kApply) && !c.Has(Kind::kList) &&
           !c.Has(Kind::kTuple);
  };
  // \frac{60 km}{2 h}: divisors stand anywhere.
  std::stable_partition(factors.begin(), factors.end(), [&](const Factor& f) {
    return f.exponent < 0 && is_number(*f.base);
  });
  while (at < factors.size() && is_number(*factors[at].base)) {
    const Expr* n = factors[at].base;
    if (factors[at].exponent < 0) n = w.Divide(w.Integer(1), n);
    numbers.push_back(n);
    ++at;
  }
  if (numbers.empty() || at == factors.size()) return false;
  std::string text;
  while (at < factors.size()) {
    size_t count = 0;
    std::string joined;
    const std::string_view unit =
        UnitOfLetters(factors, at, beside, &count, &joined);
    if (unit.empty()) return false;
    if (!text.empty()) text += ' ';
    text += unit;
    const int exponent = factors[at + count - 1].exponent;
    if (std::abs(exponent) > 9) return false;
    if (exponent != 1) text += "^" + std::to_string(exponent);
    at += count;
  }
  UnitFacts facts;
  if (!FindUnit(text, &facts)) return false;
  const Expr* value = numbers.size() == 1 ? numbers[0] : w.Multiply(numbers);
  if (minus) value = w.Negate(value);
  const Expr* unit = w.Node(Kind::kUnit, {}, 0, text);
  if (value == nullptr || unit == nullptr) return false;
  m->value = value;
  m->unit = unit;
  return true;
}

const Expr* InKelvin(const Measured& m, Arena* arena) {
  struct Scale {
    std::string_view unit;
    Rational factor;
    Rational zero;  // In kelvin.
  };
  static const Scale& celsius =
      *new Scale{"degC", Rational(1), Rational(27'315, 100)};
  static const Scale& fahrenheit =
      *new Scale{"degF", Rational(5, 9), Rational(45'967, 180)};
  if (m.unit->text == "K") return m.value;
  for (const Scale* s : {&celsius, &fahrenheit}) {
    if (m.unit->text != s->unit) continue;
    Rewriter w(arena);
    return w.Add({w.Multiply({m.value, w.Value(s->factor)}), w.Value(s->zero)});
  }
  return nullptr;
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
