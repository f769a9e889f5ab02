#include "verifier/math/closed_forms.h"

#include <set>
#include <string>
#include <vector>

#include "verifier/math/calculus.h"
#include "verifier/math/polynomial.h"
#include "verifier/math/rewrite.h"

namespace assay::math {
namespace {

bool Has(const Expr& e, std::string_view name) {
  std::set<std::string> names;
  FreeSymbols(e, &names);
  return names.count(std::string(name)) > 0;
}

// The limit of a tree at 0 of one variable, from its parts.
class LimitAtZero {
 public:
  LimitAtZero(std::string_view name, Ladder* ladder)
      : name_(name), ladder_(ladder), w_(ladder->arena()) {}

  // Null where it is not found.
  const Expr* Of(const Expr& e, int steps);

 private:
  const Expr* Rational(const Expr& e);
  const Expr* Quotient(const Expr& n, const Expr& d, int steps);
  const Expr* Power(const Expr& e, int steps);
  const Expr* Call(const Expr& e, int steps);
  bool IsZero(const Expr& e) { return ladder_->Compare(e, *zero_).equal(); }
  bool IsNotZero(const Expr& e) {
    return ladder_->Compare(e, *zero_).different();
  }
  bool IsPositive(const Expr& e) {
    return !e.contents.Has(Kind::kSymbol) && ladder_->SignOf(e) == 1;
  }

  std::string_view name_;
  Ladder* ladder_;
  Rewriter w_;
  const Expr* zero_ = nullptr;
};

// A rational function: the value of its lowest terms.
const Expr* LimitAtZero::Rational(const Expr& e) {
  const LowestTerms terms =
      InLowestTerms(e, ladder_->arena(), ladder_->budget());
  if (terms.denominator == nullptr) return nullptr;
  const Expr* n = w_.Substitute(*terms.numerator, name_, *zero_);
  const Expr* d = w_.Substitute(*terms.denominator, name_, *zero_);
  if (n == nullptr || d == nullptr || !IsNotZero(*d)) return nullptr;
  return w_.Divide(n, d);
}

const Expr* LimitAtZero::Quotient(const Expr& n, const Expr& d, int steps) {
  const Expr* p = Of(n, steps);
  const Expr* q = p == nullptr ? nullptr : Of(d, steps);
  if (q == nullptr) return nullptr;
  if (IsNotZero(*q)) return w_.Divide(p, q);
  if (steps == 0 || !IsZero(*q) || !IsZero(*p)) return nullptr;
  // 0/0: the quotient of the derivatives.
  const Expr* dn = Differentiate(n, name_, ladder_->arena(), ladder_->budget());
  const Expr* dd = Differentiate(d, name_, ladder_->arena(), ladder_->budget());
  if (dn == nullptr || dd == nullptr) return nullptr;
  return Quotient(*dn, *dd, steps - 1);
}

const Expr* LimitAtZero::Power(const Expr& e, int steps) {
  const Expr* base = Of(e.child(0), steps);
  if (base == nullptr) return nullptr;
  if (!Has(e.child(1), name_)) {
    // 0^c and negative bases only for whole exponents that are not negative.
    const Exact c = ExactValue(e.child(1), nullptr, ladder_->budget());
    const bool whole = c.ok() && c.value.is_integer() && c.value.sign() >= 0;
    if (whole || IsPositive(*base)) return w_.Power(base, &e.child(1));
    return nullptr;
  }
  if (!IsPositive(*base)) return nullptr;
  if (const Expr* exponent = Of(e.child(1), steps)) {
    return w_.Power(base, exponent);
  }
  // 1^infinity: e to the limit of the logarithm over 1/exponent.
  const Expr* excess = w_.Subtract(base, w_.Integer(1));
  if (excess == nullptr || !IsZero(*excess)) return nullptr;
  const Expr* inverse = w_.Divide(w_.Integer(1), &e.child(1));
  const Expr* log = w_.Call(Function::kLn, {&e.child(0)});
  if (inverse == nullptr || log == nullptr) return nullptr;
  const LowestTerms terms =
      InLowestTerms(*inverse, ladder_->arena(), ladder_->budget());
  if (terms.denominator == nullptr) return nullptr;
  const Expr* d = w_.Divide(terms.numerator, terms.denominator);
  const Expr* limit = d == nullptr ? nullptr : Quotient(*log, *d, steps);
  return limit == nullptr ? nullptr : w_.Call(Function::kExp, {limit});
}

// Functions that are continuous where they are asked.
const Expr* LimitAtZero::Call(const Expr& e, int steps) {
  if (e.children_count != 1) return nullptr;
  const Expr* x = Of(e.child(0), steps);
  if (x == nullptr) return nullptr;
  const Function f = static_cast<Function>(e.detail);
  switch (f) {
    case Function::kSin:
    case Function::kCos:
    case Function::kExp:
    case Function::kArctan:
    case Function::kSinh:
    case Function::kCosh:
    case Function::kTanh:
    case Function::kAbs:
      return w_.Call(f, {x});
    case Function::kLn:
    case Function::kSqrt:
      return IsPositive(*x) ? w_.Call(f, {x}) : nullptr;
    case Function::kTan: {
      const Expr* cosine = w_.Call(Function::kCos, {x});
      return cosine != nullptr && IsNotZero(*cosine) ? w_.Call(f, {x})
                                                     : nullptr;
    }
    case Function::kArcsin:
      return IsZero(*x) ? zero_ : nullptr;
    default:
      return nullptr;
  }
}

const Expr* LimitAtZero::Of(const Expr& e, int steps) {
  if (zero_ == nullptr) zero_ = w_.Integer(0);
  if (zero_ == nullptr || !ladder_->budget()->Spend(16)) return nullptr;
  if (!Has(e, name_)) return &e;
  if (const Expr* value = Rational(e)) return value;
  switch (e.kind) {
    case Kind::kAdd:
    case Kind::kMultiply: {
      std::vector<const Expr*> parts;
      for (const Expr* c : e.children()) {
        parts.push_back(Of(*c, steps));
        if (parts.back() == nullptr) return nullptr;
      }
      return w_.Node(e.kind, parts);
    }
    case Kind::kNegate: {
      const Expr* x = Of(e.child(0), steps);
      return x == nullptr ? nullptr : w_.Negate(x);
    }
    case Kind::kDivide:
      return Quotient(e.child(0), e.child(1), steps);
    case Kind::kPower:
      return Power(e, steps);
    case Kind::kRoot: {
      const Expr* x = Of(e.child(0), steps);
      if (x == nullptr || !IsPositive(*x)) return nullptr;
      std::vector<const Expr*> parts(e.children().begin(), e.children().end());
      parts[0] = x;
      return w_.With(e, parts);
    }
    case Kind::kFunction:
      return Call(e, steps);
    default:
      return nullptr;
  }
}

// x -> a as t -> 0 with x = a + t, x -> infinity with x = 1/t.
const Expr* LimitOf(const Expr& e, Ladder* ladder) {
  constexpr std::string_view kNear = "t~";
  if (e.children_count != 3 || e.child(0).kind != Kind::kSymbol) {
    return nullptr;
  }
  Rewriter w(ladder->arena());
  const Expr& point = e.child(1);
  const Expr* t = w.Symbol(kNear);
  const Expr* x;
  if (IsConstant(point, Constant::kInfinity)) {
    x = w.Divide(w.Integer(1), t);
  } else if (point.kind == Kind::kNegate &&
             IsConstant(point.child(0), Constant::kInfinity)) {
    x = w.Negate(w.Divide(w.Integer(1), t));
  } else if (point.contents.Has(Constant::kInfinity)) {
    return nullptr;
  } else {
    x = w.Add({&point, t});
  }
  if (x == nullptr) return nullptr;
  const Expr* body = w.Substitute(e.child(2), e.child(0).text, *x);
  if (body == nullptr) return nullptr;
  return LimitAtZero(kNear, ladder).Of(*body, kLimitSteps);
}

// a + a r + a r^2 + ... with a number |r| < 1.
const Expr* GeometricSum(const Expr& e, Ladder* ladder) {
  if (e.children_count != 4 || e.children()[1] == nullptr ||
      e.children()[2] == nullptr ||
      !IsConstant(e.child(2), Constant::kInfinity) ||
      e.child(0).kind != Kind::kSymbol) {
    return nullptr;
  }
  const std::string_view n = e.child(0).text;
  const Expr& body = e.child(3);
  Rewriter w(ladder->arena());
  const Expr* one = w.Integer(1);
  const Expr* after = w.Add({w.Symbol(n), one});
  const Expr* start = w.Add({&e.child(1), one});
  if (after == nullptr || start == nullptr) return nullptr;
  const Expr* next = w.Substitute(body, n, *after);
  const Expr* first = w.Substitute(body, n, e.child(1));
  const Expr* second = w.Substitute(body, n, *start);
  const Expr* ratio = w.Divide(second, first);
  if (next == nullptr || ratio == nullptr ||
      ratio->contents.Has(Kind::kSymbol)) {
    return nullptr;
  }
  const Expr* room = w.Subtract(one, w.Call(Function::kAbs, {ratio}));
  const Expr* other = w.Multiply({ratio, &body});
  if (room == nullptr || other == nullptr || ladder->SignOf(*room) != 1) {
    return nullptr;
  }
  const Finding geometric = ladder->Compare(*next, *other);
  if (!geometric.equal()) return nullptr;
  return w.Divide(first, w.Subtract(one, ratio));
}

// \sqrt{x} as a letter, so that x + 1 and \sqrt{x} are polynomials in it.
const Expr* GcdOf(const Expr& e, Ladder* ladder) {
  if (e.children_count < 2) return nullptr;
  Rewriter w(ladder->arena());
  std::set<std::string> roots;
  Contains(e, [&roots](const Expr& x) {
    const bool root = IsFunction(x, Function::kSqrt) ||
                      (x.kind == Kind::kRoot && x.children_count == 1);
    if (root && x.child(0).kind == Kind::kSymbol) {
      roots.emplace(x.child(0).text);
    }
    return false;
  });
  const Expr* total = nullptr;
  for (const Expr* c : e.children()) {
    const Expr* x = w.Transform(*c, [&](const Expr& y) -> const Expr* {
      const bool root = IsFunction(y, Function::kSqrt) ||
                        (y.kind == Kind::kRoot && y.children_count == 1);
      if (root && y.child(0).kind == Kind::kPower) return &y.child(0).child(0);
      if (y.kind != Kind::kSymbol || roots.count(std::string(y.text)) == 0) {
        return nullptr;
      }
      return w.Power(w.Symbol(std::string(y.text) + "~"), w.Integer(2));
    });
    if (x == nullptr) return nullptr;
    total = total == nullptr
                ? x
                : PolynomialGcd(*total, *x, ladder->arena(), ladder->budget());
    if (total == nullptr) return nullptr;
  }
  for (const std::string& name : roots) {
    const Expr* back = w.Call(Function::kSqrt, {w.Symbol(name)});
    if (back == nullptr) return nullptr;
    total = w.Substitute(*total, name + "~", *back);
    if (total == nullptr) return nullptr;
  }
  return total;
}

}  // namespace

bool MayHaveClosedForm(const Expr& e) {
  const Contents& c = e.contents;
  return c.Has(Kind::kLimit) ||
         (c.Has(Kind::kSum) && c.Has(Constant::kInfinity)) ||
         (c.Has(Function::kGcd) && c.Has(Kind::kSymbol));
}

const Expr* ClosedForm(const Expr& e, Ladder* ladder) {
  if (!MayHaveClosedForm(e)) return &e;
  return Rewriter(ladder->arena())
      .Transform(e, [&](const Expr& x) -> const Expr* {
        if (ladder->budget()->exhausted()) return nullptr;
        if (x.kind == Kind::kLimit) return LimitOf(x, ladder);
        if (x.kind == Kind::kSum) return GeometricSum(x, ladder);
        if (IsFunction(x, Function::kGcd) && x.contents.Has(Kind::kSymbol)) {
          return GcdOf(x, ladder);
        }
        return nullptr;
      });
}

}  // namespace assay::math
