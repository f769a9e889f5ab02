#include "verifier/math/calculus.h"

#include <set>
#include <string>
#include <vector>

#include "verifier/math/rewrite.h"

namespace assay::math {
namespace {

bool DependsOn(const Expr& e, std::string_view variable) {
  std::set<std::string> names;
  FreeSymbols(e, &names);
  return names.count(std::string(variable)) > 0;
}

class Differentiator {
 public:
  Differentiator(std::string_view variable, Arena* arena, Budget* budget)
      : variable_(variable), w_(arena), budget_(budget) {}

  const Expr* Of(const Expr& e);

 private:
  const Expr* Product(const Expr& e);
  const Expr* Power(const Expr& base, const Expr& exponent);
  const Expr* Call(const Expr& e);
  const Expr* Outer(Function f, const Expr* x);

  std::string_view variable_;
  Rewriter w_;
  Budget* budget_;
};

const Expr* Differentiator::Product(const Expr& e) {
  std::vector<const Expr*> terms;
  for (size_t i = 0; i < e.children_count; ++i) {
    if (!DependsOn(e.child(i), variable_)) continue;
    std::vector<const Expr*> factors;
    for (size_t j = 0; j < e.children_count; ++j) {
      factors.push_back(i == j ? Of(e.child(j)) : &e.child(j));
    }
    terms.push_back(w_.Multiply(factors));
  }
  return terms.empty() ? w_.Integer(0) : w_.Add(terms);
}

const Expr* Differentiator::Power(const Expr& base, const Expr& exponent) {
  const bool constant_exponent = !DependsOn(exponent, variable_);
  const Expr* power = w_.Power(&base, &exponent);
  if (constant_exponent) {
    // x^0 is not written: it has no value at 0.
    Exact n = ExactValue(exponent, nullptr, budget_);
    if (n.ok() && n.value.is_one()) return Of(base);
    if (n.ok()) {
      const Expr* lower =
          n.value == Rational(2)
              ? &base
              : w_.Power(&base, w_.Value(n.value - Rational(1)));
      return w_.Multiply({&exponent, lower, Of(base)});
    }
    const Expr* lower = w_.Power(&base, w_.Subtract(&exponent, w_.Integer(1)));
    return w_.Multiply({&exponent, lower, Of(base)});
  }
  const Expr* log = w_.Call(Function::kLn, {&base});
  if (!DependsOn(base, variable_)) {
    if (IsConstant(base, Constant::kE)) {
      return w_.Multiply({power, Of(exponent)});
    }
    return w_.Multiply({power, log, Of(exponent)});
  }
  const Expr* inner =
      w_.Add({w_.Multiply({Of(exponent), log}),
              w_.Divide(w_.Multiply({&exponent, Of(base)}), &base)});
  return w_.Multiply({power, inner});
}

// f'(x) for the functions of one argument; null where it is not known.
const Expr* Differentiator::Outer(Function f, const Expr* x) {
  const Expr* one = w_.Integer(1);
  const Expr* square = w_.Power(x, w_.Integer(2));
  auto call = [&](Function g) { return w_.Call(g, {x}); };
  auto root = [&](const Expr* y) { return w_.Call(Function::kSqrt, {y}); };
  auto squared = [&](Function g) { return w_.Power(call(g), w_.Integer(2)); };
  switch (f) {
    case Function::kSqrt:
      return w_.Divide(one, w_.Multiply({w_.Integer(2), root(x)}));
    case Function::kExp:
      return call(f);
    case Function::kLn:
      return w_.Divide(one, x);
    case Function::kLog:
      return w_.Divide(
          one, w_.Multiply({x, w_.Call(Function::kLn, {w_.Integer(10)})}));
    case Function::kSin:
      return call(Function::kCos);
    case Function::kCos:
      return w_.Negate(call(Function::kSin));
    case Function::kTan:
      return w_.Divide(one, squared(Function::kCos));
    case Function::kCot:
      return w_.Negate(w_.Divide(one, squared(Function::kSin)));
    case Function::kArcsin:
      return w_.Divide(one, root(w_.Subtract(one, square)));
    case Function::kArccos:
      return w_.Negate(w_.Divide(one, root(w_.Subtract(one, square))));
    case Function::kArctan:
      return w_.Divide(one, w_.Add({one, square}));
    case Function::kSinh:
      return call(Function::kCosh);
    case Function::kCosh:
      return call(Function::kSinh);
    case Function::kTanh:
      return w_.Divide(one, squared(Function::kCosh));
    default:
      return nullptr;
  }
}

const Expr* Differentiator::Call(const Expr& e) {
  if (e.children_count != 1) return nullptr;
  const Expr* outer = Outer(static_cast<Function>(e.detail), &e.child(0));
  if (outer == nullptr) return nullptr;
  return w_.Multiply({outer, Of(e.child(0))});
}

const Expr* Differentiator::Of(const Expr& e) {
  if (!budget_->Spend(16)) return nullptr;
  if (!DependsOn(e, variable_)) return w_.Integer(0);
  switch (e.kind) {
    case Kind::kSymbol:
      return w_.Integer(1);
    case Kind::kNegate:
      return w_.Negate(Of(e.child(0)));
    case Kind::kPercent:
      return w_.Node(Kind::kPercent, {Of(e.child(0))}, e.detail);
    case Kind::kAdd: {
      std::vector<const Expr*> terms;
      for (const Expr* c : e.children()) terms.push_back(Of(*c));
      return w_.Add(terms);
    }
    case Kind::kMultiply:
      return Product(e);
    case Kind::kDivide: {
      const Expr& a = e.child(0);
      const Expr& b = e.child(1);
      const Expr* top =
          w_.Subtract(w_.Multiply({Of(a), &b}), w_.Multiply({&a, Of(b)}));
      return w_.Divide(top, w_.Power(&b, w_.Integer(2)));
    }
    case Kind::kPower:
      return Power(e.child(0), e.child(1));
    case Kind::kRoot: {
      const Expr* index = e.children_count > 1 ? &e.child(1) : w_.Integer(2);
      if (index == nullptr || DependsOn(*index, variable_)) return nullptr;
      // (r^{1/n})' = r' root / (n r).
      return w_.Divide(w_.Multiply({&e, Of(e.child(0))}),
                       w_.Multiply({index, &e.child(0)}));
    }
    case Kind::kFunction:
      return Call(e);
    default:
      return nullptr;
  }
}

// a of a x + b; null where the tree is not linear in `v`.
const Expr* Slope(const Expr& e, std::string_view v, Rewriter* w,
                  Budget* budget) {
  switch (e.kind) {
    case Kind::kSymbol:
      return w->Integer(1);
    case Kind::kNegate:
      return w->Negate(Slope(e.child(0), v, w, budget));
    case Kind::kDivide:
      if (DependsOn(e.child(1), v)) return nullptr;
      return w->Divide(Slope(e.child(0), v, w, budget), &e.child(1));
    case Kind::kAdd:
    case Kind::kMultiply: {
      std::vector<const Expr*> factors;
      bool found = false;
      for (const Expr* c : e.children()) {
        if (!DependsOn(*c, v)) {
          if (e.kind == Kind::kMultiply) factors.push_back(c);
          continue;
        }
        if (found) return nullptr;
        found = true;
        factors.push_back(Slope(*c, v, w, budget));
      }
      return factors.size() == 1 ? factors[0] : w->Multiply(factors);
    }
    default:
      return nullptr;
  }
}

// sin, cos, sinh, cosh and exp of a linear argument.
const Expr* OfFunction(const Expr& e, std::string_view v, Rewriter* w,
                       Budget* budget) {
  if (e.children_count != 1) return nullptr;
  const Expr* x = &e.child(0);
  const Expr* whole = nullptr;
  switch (static_cast<Function>(e.detail)) {
    case Function::kExp:
      whole = &e;
      break;
    case Function::kSin:
      whole = w->Negate(w->Call(Function::kCos, {x}));
      break;
    case Function::kCos:
      whole = w->Call(Function::kSin, {x});
      break;
    case Function::kSinh:
      whole = w->Call(Function::kCosh, {x});
      break;
    case Function::kCosh:
      whole = w->Call(Function::kSinh, {x});
      break;
    default:
      return nullptr;
  }
  return w->Divide(whole, Slope(*x, v, w, budget));
}

// An antiderivative of a sum of powers of `v` and of simple functions of
// linear arguments; null where it is no such sum.
const Expr* Antiderivative(const Expr& e, std::string_view v, Rewriter* w,
                           Budget* budget) {
  if (!budget->Spend(16)) return nullptr;
  const Expr* x = w->Symbol(v);
  if (!DependsOn(e, v)) return w->Multiply({&e, x});
  switch (e.kind) {
    case Kind::kSymbol:
      return w->Divide(w->Power(x, w->Integer(2)), w->Integer(2));
    case Kind::kNegate:
      return w->Negate(Antiderivative(e.child(0), v, w, budget));
    case Kind::kAdd: {
      std::vector<const Expr*> terms;
      for (const Expr* c : e.children()) {
        terms.push_back(Antiderivative(*c, v, w, budget));
      }
      return w->Add(terms);
    }
    case Kind::kMultiply: {
      // All factors but one are constants.
      std::vector<const Expr*> factors;
      int dependent = 0;
      for (const Expr* c : e.children()) {
        if (DependsOn(*c, v)) {
          ++dependent;
          factors.push_back(Antiderivative(*c, v, w, budget));
        } else {
          factors.push_back(c);
        }
      }
      return dependent == 1 ? w->Multiply(factors) : nullptr;
    }
    case Kind::kDivide:
      if (DependsOn(e.child(1), v)) return nullptr;
      return w->Divide(Antiderivative(e.child(0), v, w, budget), &e.child(1));
    case Kind::kFunction:
      return OfFunction(e, v, w, budget);
    case Kind::kPower: {
      if (IsConstant(e.child(0), Constant::kE)) {
        // e^{a x + b}, over a.
        return w->Divide(&e, Slope(e.child(1), v, w, budget));
      }
      if (e.child(0).kind != Kind::kSymbol) return nullptr;
      Exact n = ExactValue(e.child(1), nullptr, budget);
      if (!n.ok() || !n.value.is_integer() || n.value.sign() < 0) {
        return nullptr;
      }
      const Expr* next = w->Value(n.value + Rational(1));
      return w->Divide(w->Power(x, next), next);
    }
    default:
      return nullptr;
  }
}

}  // namespace

const Expr* Differentiate(const Expr& e, std::string_view variable,
                          Arena* arena, Budget* budget) {
  return Differentiator(variable, arena, budget).Of(e);
}

const Expr* TakeDerivative(const Expr& e, Arena* arena, Budget* budget) {
  constexpr int kOrderMax = 6;
  if (e.children_count != 2 || e.children()[0] == nullptr ||
      e.children()[1] == nullptr) {
    return nullptr;
  }
  const Expr* result = &e.child(1);
  const int order = e.detail == 0 ? 1 : e.detail;
  if (order > kOrderMax) return nullptr;
  for (int i = 0; i < order && result != nullptr; ++i) {
    result = Differentiate(*result, e.child(0).text, arena, budget);
  }
  return result;
}

const Expr* TakeIntegral(const Expr& e, Arena* arena, Budget* budget) {
  const auto c = e.children();
  if (c.size() != 4 || c[0] == nullptr || c[1] == nullptr || c[2] == nullptr ||
      c[3] == nullptr) {
    return nullptr;
  }
  Rewriter w(arena);
  const Expr* whole = Antiderivative(*c[3], c[0]->text, &w, budget);
  if (whole == nullptr) return nullptr;
  return w.Subtract(w.Substitute(*whole, c[0]->text, *c[2]),
                    w.Substitute(*whole, c[0]->text, *c[1]));
}

}  // namespace assay::math
