#include "verifier/math/polynomial.h"

#include <flint/fmpz.h>
#include <flint/fmpz_mpoly.h>
#include <flint/fmpz_mpoly_factor.h>
#include <flint/fmpz_poly.h>
#include <flint/fmpz_poly_factor.h>

#include <algorithm>
#include <initializer_list>
#include <set>

#include "verifier/math/rewrite.h"

namespace assay::math {
namespace {

// Polynomials over Z in a fixed list of variables.
class Ring {
 public:
  explicit Ring(size_t variables) {
    fmpz_mpoly_ctx_init(ctx_, static_cast<slong>(variables), ORD_LEX);
  }
  ~Ring() { fmpz_mpoly_ctx_clear(ctx_); }
  Ring(const Ring&) = delete;
  Ring& operator=(const Ring&) = delete;
  const fmpz_mpoly_ctx_struct* get() const { return ctx_; }

 private:
  fmpz_mpoly_ctx_t ctx_;
};

class Polynomial {
 public:
  explicit Polynomial(const Ring& ring) : ring_(&ring) {
    fmpz_mpoly_init(p_, ring.get());
  }
  Polynomial(const Polynomial& o) : Polynomial(*o.ring_) {
    fmpz_mpoly_set(p_, o.p_, ring_->get());
  }
  Polynomial& operator=(const Polynomial& o) {
    fmpz_mpoly_set(p_, o.p_, ring_->get());
    return *this;
  }
  ~Polynomial() { fmpz_mpoly_clear(p_, ring_->get()); }
  fmpz_mpoly_struct* get() { return p_; }
  const fmpz_mpoly_struct* get() const { return p_; }
  const fmpz_mpoly_ctx_struct* ctx() const { return ring_->get(); }

 private:
  const Ring* ring_;
  fmpz_mpoly_t p_;
};

struct Fraction {
  Polynomial n, d;
  explicit Fraction(const Ring& ring) : n(ring), d(ring) {
    fmpz_mpoly_one(d.get(), ring.get());
  }
};

class Reader {
 public:
  Reader(const Ring& ring, const std::vector<std::string>& names,
         Budget* budget)
      : ring_(ring), names_(names), budget_(budget) {}

  bool Read(const Expr& e, Fraction* f);

 private:
  bool Bounded(const Polynomial& p) {
    const slong terms = fmpz_mpoly_length(p.get(), ring_.get());
    if (terms > kPolynomialTermsMax ||
        fmpz_mpoly_total_degree_si(p.get(), ring_.get()) >
            2 * kPolynomialDegreeMax ||
        std::abs(fmpz_mpoly_max_bits(p.get())) > 2000) {
      return false;
    }
    return budget_->Spend(4 + terms);
  }
  bool Times(const Polynomial& a, const Polynomial& b, Polynomial* r) {
    if (!budget_->Spend(fmpz_mpoly_length(a.get(), ring_.get()) *
                        fmpz_mpoly_length(b.get(), ring_.get()))) {
      return false;
    }
    fmpz_mpoly_mul(r->get(), a.get(), b.get(), ring_.get());
    return Bounded(*r);
  }
  bool Number(const Rational& value, Fraction* f) {
    if (value.bits() > 1000) return false;
    fmpz_mpoly_set_fmpz(f->n.get(), value.numerator(), ring_.get());
    fmpz_mpoly_set_fmpz(f->d.get(), value.denominator(), ring_.get());
    return true;
  }
  bool Fold(const Expr& e, Fraction* f);
  bool Power(const Expr& e, Fraction* f);

  const Ring& ring_;
  const std::vector<std::string>& names_;
  Budget* budget_;
};

bool Reader::Fold(const Expr& e, Fraction* f) {
  const bool add = e.kind == Kind::kAdd;
  if (!Number(Rational(add ? 0 : 1), f)) return false;
  for (const Expr* c : e.children()) {
    Fraction g(ring_), r(ring_);
    if (!Read(*c, &g) || !Times(f->d, g.d, &r.d)) return false;
    if (add) {
      Polynomial x(ring_), y(ring_);
      if (!Times(f->n, g.d, &x) || !Times(g.n, f->d, &y)) return false;
      fmpz_mpoly_add(r.n.get(), x.get(), y.get(), ring_.get());
      if (!Bounded(r.n)) return false;
    } else if (!Times(f->n, g.n, &r.n)) {
      return false;
    }
    *f = r;
  }
  return true;
}

bool Reader::Power(const Expr& e, Fraction* f) {
  Exact n = ExactValue(e.child(1), nullptr, budget_);
  int64_t power;
  if (!n.ok() || !n.value.ToInt64(&power) ||
      std::abs(power) > kPolynomialDegreeMax) {
    return false;
  }
  Fraction base(ring_);
  if (!Read(e.child(0), &base) || !Number(Rational(1), f)) return false;
  if (power < 0) {
    if (fmpz_mpoly_is_zero(base.n.get(), ring_.get())) return false;
    std::swap(*base.n.get(), *base.d.get());
    power = -power;
  }
  for (; power > 0; --power) {
    Fraction r(ring_);
    if (!Times(f->n, base.n, &r.n) || !Times(f->d, base.d, &r.d)) return false;
    *f = r;
  }
  return true;
}

bool Reader::Read(const Expr& e, Fraction* f) {
  if (!budget_->Spend(8)) return false;
  switch (e.kind) {
    case Kind::kSymbol: {
      const auto it = std::find(names_.begin(), names_.end(), e.text);
      if (it == names_.end()) return false;
      fmpz_mpoly_gen(f->n.get(), it - names_.begin(), ring_.get());
      fmpz_mpoly_one(f->d.get(), ring_.get());
      return true;
    }
    case Kind::kAdd:
    case Kind::kMultiply:
      return Fold(e, f);
    case Kind::kNegate:
      if (!Read(e.child(0), f)) return false;
      fmpz_mpoly_neg(f->n.get(), f->n.get(), ring_.get());
      return true;
    case Kind::kRatio:
      if (e.children_count != 2) return false;
      [[fallthrough]];
    case Kind::kDivide: {
      Fraction a(ring_), b(ring_);
      if (!Read(e.child(0), &a) || !Read(e.child(1), &b) ||
          fmpz_mpoly_is_zero(b.n.get(), ring_.get())) {
        return false;
      }
      return Times(a.n, b.d, &f->n) && Times(a.d, b.n, &f->d);
    }
    case Kind::kPower:
      return Power(e, f);
    default: {
      Exact x = ExactValue(e, nullptr, budget_);
      return x.ok() && Number(x.value, f);
    }
  }
}

// The primitive squarefree part of the numerator in lowest terms, its sign
// fixed; false where it is too large.
bool SquarefreeNumerator(const Fraction& f, const Ring& ring,
                         Polynomial* result) {
  Polynomial common(ring), numerator(ring);
  const auto* ctx = ring.get();
  if (fmpz_mpoly_is_zero(f.n.get(), ctx)) return false;
  if (!fmpz_mpoly_gcd(common.get(), f.n.get(), f.d.get(), ctx)) return false;
  if (!fmpz_mpoly_divides(numerator.get(), f.n.get(), common.get(), ctx)) {
    return false;
  }
  if (fmpz_mpoly_total_degree_si(numerator.get(), ctx) > kPolynomialDegreeMax) {
    return false;
  }
  fmpz_mpoly_factor_t factors;
  fmpz_mpoly_factor_init(factors, ctx);
  const bool ok =
      fmpz_mpoly_factor_squarefree(factors, numerator.get(), ctx) != 0;
  fmpz_mpoly_one(result->get(), ctx);
  if (ok) {
    for (slong i = 0; i < factors->num; ++i) {
      fmpz_mpoly_mul(result->get(), result->get(), factors->poly + i, ctx);
    }
  }
  fmpz_mpoly_factor_clear(factors, ctx);
  // The factors are primitive, and so is their product.
  return ok && fmpz_mpoly_length(result->get(), ctx) > 0;
}

// The polynomial as a sum of products; null where the arena is full.
const Expr* TreeOf(const Polynomial& p, const std::vector<std::string>& names,
                   Rewriter* w) {
  const auto* ctx = p.ctx();
  std::vector<const Expr*> terms;
  for (slong i = 0; i < fmpz_mpoly_length(p.get(), ctx); ++i) {
    Rational c(1);
    fmpz_mpoly_get_term_coeff_fmpz(c.numerator(), p.get(), i, ctx);
    std::vector<const Expr*> factors = {w->Value(c)};
    for (size_t v = 0; v < names.size(); ++v) {
      const slong power = fmpz_mpoly_get_term_var_exp_si(
          p.get(), i, static_cast<slong>(v), ctx);
      if (power == 0) continue;
      factors.push_back(w->Power(w->Symbol(names[v]), w->Integer(power)));
    }
    terms.push_back(factors.size() == 1 ? factors[0] : w->Multiply(factors));
  }
  if (terms.empty()) return w->Integer(0);
  return terms.size() == 1 ? terms[0] : w->Add(terms);
}

constexpr size_t kVariablesMax = 6;

std::vector<std::string> VariablesOf(std::initializer_list<const Expr*> trees) {
  std::set<std::string> names;
  for (const Expr* e : trees) FreeSymbols(*e, &names);
  return {names.begin(), names.end()};
}

}  // namespace

const Expr* PolynomialGcd(const Expr& a, const Expr& b, Arena* arena,
                          Budget* budget) {
  const std::vector<std::string> names = VariablesOf({&a, &b});
  if (names.empty() || names.size() > kVariablesMax) return nullptr;
  const Ring ring(names.size());
  Reader reader(ring, names, budget);
  Fraction x(ring), y(ring);
  if (!reader.Read(a, &x) || !reader.Read(b, &y) || !budget->Spend(20'000) ||
      !fmpz_mpoly_is_one(x.d.get(), ring.get()) ||
      !fmpz_mpoly_is_one(y.d.get(), ring.get())) {
    return nullptr;
  }
  Polynomial common(ring);
  if (!fmpz_mpoly_gcd(common.get(), x.n.get(), y.n.get(), ring.get())) {
    return nullptr;
  }
  Rewriter w(arena);
  return TreeOf(common, names, &w);
}

LowestTerms InLowestTerms(const Expr& e, Arena* arena, Budget* budget) {
  const std::vector<std::string> names = VariablesOf({&e});
  if (names.empty() || names.size() > kVariablesMax) return {};
  const Ring ring(names.size());
  const auto* ctx = ring.get();
  Reader reader(ring, names, budget);
  Fraction f(ring);
  Polynomial common(ring), n(ring), d(ring);
  if (!reader.Read(e, &f) || !budget->Spend(20'000) ||
      !fmpz_mpoly_gcd(common.get(), f.n.get(), f.d.get(), ctx) ||
      !fmpz_mpoly_divides(n.get(), f.n.get(), common.get(), ctx) ||
      !fmpz_mpoly_divides(d.get(), f.d.get(), common.get(), ctx)) {
    return {};
  }
  Rewriter w(arena);
  LowestTerms result = {TreeOf(n, names, &w), TreeOf(d, names, &w)};
  if (result.numerator == nullptr || result.denominator == nullptr) return {};
  return result;
}

ZeroSets CompareZeroSets(const Expr& a, const Expr& b,
                         const std::vector<std::string>& names,
                         Budget* budget) {
  if (names.empty() || names.size() > kVariablesMax) {
    return ZeroSets::kUnknown;
  }
  const Ring ring(names.size());
  Reader reader(ring, names, budget);
  Fraction x(ring), y(ring);
  if (!reader.Read(a, &x) || !reader.Read(b, &y) || !budget->Spend(20'000)) {
    return ZeroSets::kUnknown;
  }
  Polynomial p(ring), q(ring);
  if (!SquarefreeNumerator(x, ring, &p) || !SquarefreeNumerator(y, ring, &q)) {
    return ZeroSets::kUnknown;
  }
  if (fmpz_mpoly_equal(p.get(), q.get(), ring.get())) return ZeroSets::kEqual;
  fmpz_mpoly_neg(q.get(), q.get(), ring.get());
  return fmpz_mpoly_equal(p.get(), q.get(), ring.get()) ? ZeroSets::kEqual
                                                        : ZeroSets::kDifferent;
}

namespace {

// A polynomial in one variable; owns its FLINT value.
class Univariate {
 public:
  Univariate() { fmpz_poly_init(p_); }
  Univariate(const Univariate&) = delete;
  Univariate& operator=(const Univariate&) = delete;
  ~Univariate() { fmpz_poly_clear(p_); }
  fmpz_poly_struct* get() { return p_; }

 private:
  fmpz_poly_t p_;
};

Rational Coefficient(const fmpz_poly_struct* p, slong i) {
  Rational r;
  fmpz_poly_get_coeff_fmpz(r.numerator(), p, i);
  fmpz_one(r.denominator());
  return r;
}

// The real roots of an irreducible factor; false where they have no form.
bool RootsOf(const fmpz_poly_struct* factor, Rewriter* w,
             std::vector<const Expr*>* roots) {
  const slong degree = fmpz_poly_degree(factor);
  if (degree <= 0) return true;
  const Rational a = Coefficient(factor, degree);
  if (degree == 1) {
    roots->push_back(w->Value(-(Coefficient(factor, 0) / a)));
    return roots->back() != nullptr;
  }
  if (degree > 2) return fmpz_poly_num_real_roots(factor) == 0;
  const Rational b = Coefficient(factor, 1), c = Coefficient(factor, 0);
  const Rational inside = b * b - Rational(4) * a * c;
  if (inside.sign() < 0) return true;
  const Rational twice = Rational(2) * a;
  const Expr* root =
      w->Divide(w->Call(Function::kSqrt, {w->Value(inside)}), w->Value(twice));
  const Expr* middle = w->Value(-(b / twice));
  roots->push_back(w->Subtract(middle, root));
  roots->push_back(w->Add({middle, root}));
  return (*roots)[roots->size() - 2] != nullptr && roots->back() != nullptr;
}

// The roots of `p`, factor by factor.
bool AddCuts(const Polynomial& p, bool pole, Rewriter* w, Budget* budget,
             std::vector<RealCut>* cuts) {
  Univariate u;
  if (!fmpz_mpoly_get_fmpz_poly(u.get(), p.get(), 0, p.ctx())) return false;
  if (fmpz_poly_degree(u.get()) > kPolynomialDegreeMax ||
      !budget->Spend(4000)) {
    return false;
  }
  fmpz_poly_factor_t factors;
  fmpz_poly_factor_init(factors);
  fmpz_poly_factor(factors, u.get());
  bool ok = true;
  for (slong i = 0; i < factors->num && ok; ++i) {
    std::vector<const Expr*> roots;
    ok = RootsOf(factors->p + i, w, &roots);
    for (const Expr* root : roots) cuts->push_back({root, pole});
  }
  fmpz_poly_factor_clear(factors);
  return ok;
}

}  // namespace

bool RealCuts(const Expr& e, const std::string& name, Arena* arena,
              Budget* budget, std::vector<RealCut>* cuts) {
  const std::vector<std::string> names = {name};
  const Ring ring(1);
  Reader reader(ring, names, budget);
  Fraction f(ring);
  if (!reader.Read(e, &f) || !budget->Spend(4000)) return false;
  const auto* ctx = ring.get();
  if (fmpz_mpoly_is_zero(f.n.get(), ctx)) return false;
  // A zero that is a pole too is a pole: (x - 1) / (x - 1).
  Polynomial common(ring), numerator(ring);
  if (!fmpz_mpoly_gcd(common.get(), f.n.get(), f.d.get(), ctx) ||
      !fmpz_mpoly_divides(numerator.get(), f.n.get(), common.get(), ctx)) {
    return false;
  }
  while (true) {
    fmpz_mpoly_t shared;
    fmpz_mpoly_init(shared, ctx);
    const bool ok =
        fmpz_mpoly_gcd(shared, numerator.get(), f.d.get(), ctx) != 0;
    const bool constant = ok && fmpz_mpoly_is_fmpz(shared, ctx);
    if (ok && !constant) {
      fmpz_mpoly_divides(numerator.get(), numerator.get(), shared, ctx);
    }
    fmpz_mpoly_clear(shared, ctx);
    if (!ok) return false;
    if (constant) break;
  }
  Rewriter w(arena);
  return AddCuts(f.d, true, &w, budget, cuts) &&
         AddCuts(numerator, false, &w, budget, cuts);
}

}  // namespace assay::math
