// Families with an integer parameter: a + b k.
#include <array>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "verifier/math/calculus.h"
#include "verifier/math/canonical.h"
#include "verifier/math/rewrite.h"
#include "verifier/math/structure.h"
#include "verifier/math/structure_kinds.h"

namespace assay::math {
namespace {

bool HasPi(const Expr& e) { return e.contents.Has(Constant::kPi); }

// Within a call or an exponent a letter makes no line.
bool IsCurved(const Expr& e, const std::string& name) {
  return Contains(e, [&](const Expr& x) {
    if (x.kind != Kind::kFunction && x.kind != Kind::kPower &&
        x.kind != Kind::kRoot && x.kind != Kind::kApply) {
      return false;
    }
    std::set<std::string> names;
    FreeSymbols(x, &names);
    return names.count(name) > 0;
  });
}

FamilyLine LineOf(const Expr& e, const std::string& name, Ladder* ladder) {
  Rewriter w(ladder->arena());
  const Expr* zero = w.Integer(0);
  const Expr* one = w.Integer(1);
  if (zero == nullptr || one == nullptr || IsCurved(e, name)) return {};
  const Expr* step = Differentiate(e, name, ladder->arena(), ladder->budget());
  const Expr* start = w.Substitute(e, name, *zero);
  if (step == nullptr || start == nullptr) return {};
  const Expr* at_one = w.Substitute(*step, name, *one);
  const Expr* at_zero = w.Substitute(*step, name, *zero);
  if (at_one == nullptr || at_zero == nullptr ||
      !ladder->Compare(*at_one, *at_zero).equal() ||
      !ladder->Compare(*at_zero, *zero).different()) {
    return {};
  }
  return {start, at_zero};
}

std::optional<Rational> PeriodsBetween(const Expr* a, const Expr* b,
                                       const Expr* step, Ladder* ladder) {
  Rewriter w(ladder->arena());
  const Expr* shift = w.Divide(w.Subtract(a, b), step);
  if (shift == nullptr) return std::nullopt;
  std::optional<Form> form = FormOf(*shift, ladder->budget());
  return form ? form->Number() : std::nullopt;
}

// The first parts of both that are values with the letter, in one place.
bool FirstParts(const Expr& gold, const Expr& answer, const std::string& name,
                int depth, const Expr** g, const Expr** a) {
  constexpr int kPartsDepthMax = 6;
  std::set<std::string> x, y;
  FreeSymbols(gold, &x);
  FreeSymbols(answer, &y);
  if (x.count(name) == 0 || y.count(name) == 0 || depth > kPartsDepthMax) {
    return false;
  }
  if (IsScalar(gold) && IsScalar(answer)) {
    *g = &gold;
    *a = &answer;
    return true;
  }
  if (gold.kind != answer.kind ||
      gold.children_count != answer.children_count) {
    return false;
  }
  for (size_t i = 0; i < gold.children_count; ++i) {
    if (gold.children()[i] == nullptr || answer.children()[i] == nullptr) {
      return false;
    }
    if (FirstParts(gold.child(i), answer.child(i), name, depth + 1, g, a)) {
      return true;
    }
  }
  return false;
}

}  // namespace

// a + b k with an integer k: the parameter may have another name, run
// backwards and start elsewhere; but not where other parts share it.
std::optional<Finding> Structure::Families(const Expr& gold,
                                           const Expr& answer) {
  const bool angles = HasPi(gold) && HasPi(answer);
  if (!angles && !ladder_->HasIntegers()) return std::nullopt;
  std::set<std::string> x, y;
  FreeSymbols(gold, &x);
  FreeSymbols(answer, &y);
  auto parameter = [&](const std::set<std::string>& names, int side) {
    std::string found;
    for (const std::string& name : names) {
      // 2n + 1 beside 2k + 1, k \in Z, where k alone is declared.
      const bool declared = whole_[side].count(name) > 0 ||
                            partial_[side].count(name) > 0 ||
                            (!tied_ && ladder_->IsInteger(name));
      const bool lone = !tied_ && (angles || names.size() == 1);
      if (!declared && !(lone && IsParameterName(name))) continue;
      if (!found.empty()) return std::string();
      found = name;
    }
    return found;
  };
  const std::string g = parameter(x, 0), a = parameter(y, 1);
  if (g.empty() || a.empty()) return std::nullopt;
  // Of two parameters, which is which?
  const auto count = [this](int side) {
    return whole_[side].size() + partial_[side].size();
  };
  if (tied_ && g != a && (count(0) != 1 || count(1) != 1)) return std::nullopt;
  const bool g_partial = partial_[0].count(g) > 0;
  const bool a_partial = partial_[1].count(a) > 0;
  if ((g_partial && whole_[1].count(a) > 0) ||
      (a_partial && whole_[0].count(g) > 0)) {
    return Finding::Different("families over other integers");
  }
  Rewriter w(ladder_->arena());
  const Expr* to = w.Symbol(g);
  if (to == nullptr) return std::nullopt;
  const Expr* renamed = g == a ? &answer : w.Substitute(answer, a, *to);
  if (renamed == nullptr) return std::nullopt;
  auto named = [&](Finding f) {
    if (g == a) return f;
    return std::move(f).Note("integer parameter renamed: " + a + " is " + g);
  };
  if (Finding f = ladder_->Compare(gold, *renamed); f.equal()) {
    return named(std::move(f));
  }
  // The term of an index, or one of a first term: none starts elsewhere.
  if (is_indexed_ || g_partial || a_partial || tied_) return std::nullopt;
  const FamilyLine own = LineOf(gold, g, ladder_);
  const FamilyLine other = LineOf(*renamed, g, ladder_);
  if (own.step == nullptr || other.step == nullptr) {
    return Finding::Undecided("structure", "families that are not linear");
  }
  Finding same = ladder_->Compare(*own.step, *other.step);
  if (!same.equal()) {
    const Expr* back = w.Negate(other.step);
    if (back == nullptr) return std::nullopt;
    same = ladder_->Compare(*own.step, *back);
    if (same.different()) return Finding::Different("families of other steps");
    if (!same.equal()) return same;
  }
  const std::optional<Rational> periods =
      PeriodsBetween(own.start, other.start, own.step, ladder_);
  if (!periods) {
    return Finding::Undecided("structure", "a shift that is not known");
  }
  if (!periods->is_integer()) return Finding::Different("families shifted");
  if (!MayStartElsewhere(own, x, y, g, a)) {
    return Finding::Undecided("structure",
                              "a family of values or a formula in " + g);
  }
  return named(std::move(same).Note("families shifted by whole periods"));
}

// Of "(n - 2) \pi" nothing says that n runs through the integers: it may be a
// sum of angles. x = \pi/4 + n \pi solves for x; \pi/4 + n \pi alone can only
// be a family, where its first member is no multiple of half a step.
bool Structure::MayStartElsewhere(const FamilyLine& line,
                                  const std::set<std::string>& gold_names,
                                  const std::set<std::string>& answer_names,
                                  const std::string& g, const std::string& a) {
  if ((whole_[0].count(g) > 0 || whole_[1].count(a) > 0) && !measured_) {
    return true;
  }
  if (measured_ || label_ == LabelKind::kOther || gold_names.size() > 1 ||
      answer_names.size() > 1) {
    return false;
  }
  if (label_ == LabelKind::kUnknown) return true;
  Rewriter w(ladder_->arena());
  const Expr* halves =
      w.Divide(w.Multiply({w.Integer(2), line.start}), line.step);
  if (halves == nullptr) return false;
  std::optional<Form> form = FormOf(*halves, ladder_->budget());
  const std::optional<Rational> count = form ? form->Number() : std::nullopt;
  return count && !count->is_integer();
}

const Expr* Structure::Reparametrised(const Expr& gold, const Expr& answer) {
  if (whole_[0].size() != 1 || whole_[1].size() != 1 || is_indexed_) {
    return nullptr;
  }
  const std::string &g = *whole_[0].begin(), &a = *whole_[1].begin();
  Rewriter w(ladder_->arena());
  const Expr* letter = w.Symbol(g);
  if (letter == nullptr) return nullptr;
  const Expr* renamed = &answer;
  if (g != a) {
    std::set<std::string> names;
    FreeSymbols(answer, &names);
    if (names.count(g) > 0) return nullptr;
    renamed = w.Substitute(answer, a, *letter);
  }
  const Expr* x = nullptr;
  const Expr* y = nullptr;
  if (renamed == nullptr || !FirstParts(gold, *renamed, g, 0, &x, &y)) {
    return nullptr;
  }
  const FamilyLine own = LineOf(*x, g, ladder_), other = LineOf(*y, g, ladder_);
  if (own.step == nullptr || other.step == nullptr) return nullptr;
  const Expr* back = w.Negate(other.step);
  if (back == nullptr) return nullptr;
  const bool forward = ladder_->Compare(*own.step, *other.step).equal();
  if (!forward && !ladder_->Compare(*own.step, *back).equal()) return nullptr;
  // The gold's k is the answer's n: s + b k = t + c n.
  const std::optional<Rational> periods =
      PeriodsBetween(own.start, other.start, other.step, ladder_);
  if (!periods || !periods->is_integer()) return nullptr;
  const Expr* moved =
      w.Add({forward ? letter : w.Negate(letter), w.Value(*periods)});
  return moved == nullptr ? nullptr : w.Substitute(*renamed, g, *moved);
}

// Parts that share a parameter: as they are, or all moved alike.
Finding Structure::Tied(const Expr& gold, const Expr& answer) {
  tied_ = true;
  Finding f = AnyInside(gold, answer);
  if (!f.equal()) {
    if (const Expr* moved = Reparametrised(gold, answer)) {
      Finding again = AnyInside(gold, *moved);
      if (again.equal()) {
        f = std::move(again).Note("families shifted by whole periods");
      }
    }
  }
  tied_ = false;
  return f;
}

}  // namespace assay::math
