// What the compiler asks about a tree.
#include <flint/fmpz.h>

#include <cstdint>
#include <vector>

#include "verifier/math/canonical.h"
#include "verifier/math/compile.h"
#include "verifier/math/rewrite.h"

namespace assay::math {
namespace {

// Rounded letters that stand for counts by custom.
void CountingSymbols(const Expr& e, std::set<std::string>* names) {
  std::set<std::string> free;
  FreeSymbols(e, &free);
  for (const char* name : {"n", "m", "k", "N"}) {
    if (free.count(name) > 0) names->emplace(name);
  }
}

}  // namespace

void IntegerSymbols(const Expr& e, std::set<std::string>* names) {
  switch (e.kind) {
    case Kind::kFactorial:
      FreeSymbols(e.child(0), names);
      break;
    case Kind::kSum:
    case Kind::kProduct:
      for (size_t i = 1; i < 3 && i < e.children_count; ++i) {
        if (e.children()[i] != nullptr) FreeSymbols(e.child(i), names);
      }
      break;
    case Kind::kFunction:
      if (IsFunction(e, Function::kBinomial) ||
          IsFunction(e, Function::kPermutations)) {
        for (const Expr* c : e.children()) FreeSymbols(*c, names);
      } else if (IsFunction(e, Function::kFloor) ||
                 IsFunction(e, Function::kCeil)) {
        CountingSymbols(e, names);
      }
      break;
    case Kind::kModulo:
      CountingSymbols(e, names);
      break;
    case Kind::kPower:
      if (e.child(0).kind == Kind::kNegate) {
        Budget small;
        if (ExactValue(e.child(0), nullptr, &small).ok()) {
          FreeSymbols(e.child(1), names);
        }
      }
      break;
    default:
      break;
  }
  for (const Expr* c : e.children()) {
    if (c != nullptr) IntegerSymbols(*c, names);
  }
  // A sum's own variable is bound, not free.
  if (IsBinder(e.kind) && e.children()[0] != nullptr) {
    names->erase(std::string(e.child(0).text));
  }
}

std::optional<Rational> MultipleOfPi(const Expr& e, Budget* budget) {
  if (e.kind == Kind::kQuantity && e.child(1).text == "degree") {
    Exact x = ExactValue(e.child(0), nullptr, budget);
    if (x.ok()) return x.value / Rational(180);
    return std::nullopt;
  }
  std::optional<Form> form = FormOf(e, budget);
  if (!form) return std::nullopt;
  return form->MultipleOf("$pi");
}

kernels::Rational ToKernel(const Rational& value) {
  kernels::Rational r;
  auto limbs = [](const fmpz* z) {
    if (!COEFF_IS_MPZ(*z)) {
      const uint64_t word = static_cast<uint64_t>(*z < 0 ? -*z : *z);
      return word == 0 ? kernels::Limbs() : kernels::Limbs{word};
    }
    kernels::Limbs words(fmpz_size(z));
    fmpz_t absolute;
    fmpz_init(absolute);
    fmpz_abs(absolute, z);
    if (!words.empty()) {
      fmpz_get_ui_array(words.data(), static_cast<slong>(words.size()),
                        absolute);
    }
    fmpz_clear(absolute);
    return words;
  };
  r.negative = value.sign() < 0;
  r.numerator = limbs(value.numerator());
  r.denominator = limbs(value.denominator());
  return r;
}

}  // namespace assay::math
