#include "verifier/math/equations.h"

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "verifier/math/calculus.h"
#include "verifier/math/polynomial.h"
#include "verifier/math/rewrite.h"

namespace assay::math {
namespace {

std::set<std::string> Variables(const Expr& a, const Expr& b) {
  std::set<std::string> names;
  FreeSymbols(a, &names);
  FreeSymbols(b, &names);
  return names;
}

// The tree at another point: every variable x becomes x~.
const Expr* AtOtherPoint(const Expr& e, const std::set<std::string>& names,
                         Rewriter* w) {
  const Expr* x = &e;
  for (const std::string& name : names) {
    const Expr* other = w->Symbol(name + "~");
    if (other == nullptr || x == nullptr) return nullptr;
    x = w->Substitute(*x, name, *other);
  }
  return x;
}

Finding Proportional(const Expr& f, const Expr& g, Ladder* ladder) {
  Rewriter w(ladder->arena());
  const std::set<std::string> names = Variables(f, g);
  const Expr* f_other = AtOtherPoint(f, names, &w);
  const Expr* g_other = AtOtherPoint(g, names, &w);
  const Expr* left = w.Multiply({&f, g_other});
  const Expr* right = w.Multiply({f_other, &g});
  const Expr* zero = w.Integer(0);
  if (left == nullptr || right == nullptr || zero == nullptr) {
    return Finding::Undecided("structure", "too large");
  }
  // 0 = 0 is proportional to everything.
  for (const Expr* side : {&f, &g}) {
    if (!ladder->Compare(*side, *zero).different()) {
      return Finding::Undecided("structure", "a side may vanish everywhere");
    }
  }
  return ladder->Compare(*left, *right);
}

bool IsStrict(Relation r) {
  return r == Relation::kLess || r == Relation::kGreater;
}

// Positive where the inequality holds.
const Expr* PositiveSide(const Expr& e, Rewriter* w) {
  const Relation r = static_cast<Relation>(e.detail);
  const bool less = r == Relation::kLess || r == Relation::kLessEqual;
  return less ? w->Subtract(&e.child(1), &e.child(0))
              : w->Subtract(&e.child(0), &e.child(1));
}

// Whether every solution of f = 0 that solving for one of its variables gives
// solves g = 0 too. `whole`: those are all solutions of f = 0. Undecided where
// f is linear in none.
Finding SolvesToo(const Expr& f, const Expr& g,
                  const std::set<std::string>& names, Ladder* ladder,
                  bool* whole) {
  Rewriter w(ladder->arena());
  const Expr* zero = w.Integer(0);
  Finding found = Finding::Undecided("structure", "not linear");
  *whole = false;
  for (const std::string& name : names) {
    const Expr* slope =
        Differentiate(f, name, ladder->arena(), ladder->budget());
    if (slope == nullptr || zero == nullptr) continue;
    const Expr* curvature =
        Differentiate(*slope, name, ladder->arena(), ladder->budget());
    if (curvature == nullptr || !ladder->Compare(*curvature, *zero).equal() ||
        !ladder->Compare(*slope, *zero).different()) {
      continue;
    }
    const Expr* start = w.Substitute(f, name, *zero);
    const Expr* solved = w.Negate(w.Divide(start, slope));
    const Expr* there =
        solved == nullptr ? nullptr : w.Substitute(g, name, *solved);
    if (there == nullptr) continue;
    Finding here = ladder->Compare(*there, *zero);
    if (here.different()) return here;
    std::set<std::string> in_slope;
    FreeSymbols(*slope, &in_slope);
    if (here.equal() && (in_slope.empty() || !found.equal())) {
      *whole = *whole || in_slope.empty();
      found = std::move(here);
    }
  }
  return found;
}

// By solving either for one of its variables and putting that into the other.
std::optional<Finding> BySolving(const Expr& f, const Expr& g,
                                 const std::set<std::string>& names,
                                 Ladder* ladder) {
  bool f_whole = false, g_whole = false;
  Finding forth = SolvesToo(f, g, names, ladder, &f_whole);
  if (forth.different()) {
    return Finding::Different("a solution of the one solves not the other");
  }
  Finding back = SolvesToo(g, f, names, ladder, &g_whole);
  if (back.different()) {
    return Finding::Different("a solution of the one solves not the other");
  }
  if (!forth.equal() || !back.equal() || !f_whole || !g_whole) {
    return std::nullopt;
  }
  return Both(std::move(forth), std::move(back))
      .Note("equations with the same solutions");
}

}  // namespace

Finding CompareEquations(const Expr& gold, const Expr& answer, Ladder* ladder) {
  Rewriter w(ladder->arena());
  const Expr* f = w.Subtract(&gold.child(0), &gold.child(1));
  const Expr* g = w.Subtract(&answer.child(0), &answer.child(1));
  if (f == nullptr || g == nullptr) {
    return Finding::Undecided("structure", "too large");
  }
  std::set<std::string> gold_names, answer_names;
  FreeSymbols(*f, &gold_names);
  FreeSymbols(*g, &answer_names);
  ladder->Trace("structure: equations, compared up to a factor");
  Finding proportional = Proportional(*f, *g, ladder);
  if (proportional.equal()) {
    return std::move(proportional).Note("equations up to a constant factor");
  }
  const std::set<std::string> all = Variables(*f, *g);
  const ZeroSets zeros =
      CompareZeroSets(*f, *g, std::vector<std::string>(all.begin(), all.end()),
                      ladder->budget());
  if (zeros == ZeroSets::kEqual) {
    return Finding::Equal(Proof::kIdentical, "structure")
        .Note("equations with the same zero set");
  }
  if (zeros == ZeroSets::kDifferent) {
    return Finding::Different("the equations have other zero sets");
  }
  if (gold_names != answer_names) {
    return Finding::Different("the equations are in other variables");
  }
  if (std::optional<Finding> solved = BySolving(*f, *g, all, ladder)) {
    return *std::move(solved);
  }
  return Finding::Undecided("structure", "equations that are not polynomial");
}

Finding CompareInequalities(const Expr& gold, const Expr& answer,
                            Ladder* ladder) {
  Rewriter w(ladder->arena());
  if (IsStrict(static_cast<Relation>(gold.detail)) !=
      IsStrict(static_cast<Relation>(answer.detail))) {
    return Finding::Different("one inequality is strict");
  }
  const Expr* f = PositiveSide(gold, &w);
  const Expr* g = PositiveSide(answer, &w);
  if (f == nullptr || g == nullptr) {
    return Finding::Undecided("structure", "too large");
  }
  Finding finding = Proportional(*f, *g, ladder);
  if (!finding.equal()) {
    return Finding::Undecided("structure", "inequalities not proportional");
  }
  // The factor's sign at a point where neither side is 0.
  const std::set<std::string> names = Variables(*f, *g);
  constexpr int kTries = 4;
  for (int attempt = 0; attempt < kTries; ++attempt) {
    std::vector<Rational> values;
    values.reserve(names.size());
    std::vector<Bindings> chain;
    chain.reserve(names.size());
    for (const std::string& name : names) {
      const int64_t step = static_cast<int64_t>(values.size());
      values.emplace_back(17 * step + 5 * attempt + 2, 7 + 4 * attempt);
      chain.push_back(
          {name, &values.back(), chain.empty() ? nullptr : &chain.back()});
    }
    const Bindings* at = chain.empty() ? nullptr : &chain.back();
    const std::optional<int> a = ladder->SignAt(*f, at);
    const std::optional<int> b = ladder->SignAt(*g, at);
    if (!a || !b || *a == 0 || *b == 0) continue;
    if (*a != *b) return Finding::Different("the inequalities point apart");
    return std::move(finding).Note("inequalities up to a positive factor");
  }
  return Finding::Undecided("structure", "the factor's sign is not known");
}

const Expr* SolvedFor(const Expr& equation, const Expr& value, Ladder* ladder) {
  Rewriter w(ladder->arena());
  const Expr* f = w.Subtract(&equation.child(0), &equation.child(1));
  if (f == nullptr) return nullptr;
  std::set<std::string> names, used;
  FreeSymbols(*f, &names);
  FreeSymbols(value, &used);
  std::string unknown;
  int unknowns = 0;
  for (const std::string& name : names) {
    if (used.count(name) == 0) unknown = name, ++unknowns;
  }
  if (unknowns != 1) return nullptr;
  const Expr* slope =
      Differentiate(*f, unknown, ladder->arena(), ladder->budget());
  if (slope == nullptr) return nullptr;
  const Expr* curvature =
      Differentiate(*slope, unknown, ladder->arena(), ladder->budget());
  const Expr* zero = w.Integer(0);
  if (curvature == nullptr || zero == nullptr) return nullptr;
  if (!ladder->Compare(*curvature, *zero).equal()) return nullptr;
  if (!ladder->Compare(*slope, *zero).different()) return nullptr;
  const Expr* constant = w.Substitute(*f, unknown, *zero);
  const Expr* slope_value = w.Substitute(*slope, unknown, *zero);
  return w.Negate(w.Divide(constant, slope_value));
}

}  // namespace assay::math
