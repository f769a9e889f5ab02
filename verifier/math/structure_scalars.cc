// Scalars of unlike kinds: units, percent, ratios, rounding, families with an
// integer parameter.
#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "verifier/math/calculus.h"
#include "verifier/math/canonical.h"
#include "verifier/math/closed_forms.h"
#include "verifier/math/quantities.h"
#include "verifier/math/rewrite.h"
#include "verifier/math/structure.h"
#include "verifier/math/structure_kinds.h"

namespace assay::math {
namespace {

bool HasPi(const Expr& e) { return e.contents.Has(Constant::kPi); }

// "2000 m" beside "2 km": the letters are units, where those of the other
// side measure the same.
void ReadLettersAsUnit(const Expr& e, const Measured& other, Arena* arena,
                       Measured* m) {
  if (m->unit != nullptr || m->percent || other.unit == nullptr) return;
  Measured read;
  UnitFacts own, others;
  if (ReadUnitLetters(e, true, arena, &read) &&
      FindUnit(read.unit->text, &own) && FindUnit(other.unit->text, &others) &&
      own.dimension == others.dimension) {
    *m = read;
  }
}

// A lone number, which no variable could equal.
bool IsNumeral(const Expr& e) {
  const Expr& x = e.kind == Kind::kNegate ? e.child(0) : e;
  return x.kind == Kind::kNumber ||
         (x.kind == Kind::kDivide && x.child(0).kind == Kind::kNumber &&
          x.child(1).kind == Kind::kNumber);
}

// "apples" and "apple".
bool SameThings(std::string_view a, std::string_view b) {
  if (a.size() < b.size()) std::swap(a, b);
  return a == b || (a.substr(0, b.size()) == b &&
                    (a.substr(b.size()) == "s" || a.substr(b.size()) == "es"));
}

// "25 per cent", "5 percentage points": words for the sign.
bool CountsPercents(std::string_view unit) {
  return unit == "per cent" || unit.ends_with("points") ||
         unit.ends_with("point");
}

// gcd or lcm with a negative argument.
bool IsSignedDivisor(const Expr& e) {
  if (!IsFunction(e, Function::kGcd) && !IsFunction(e, Function::kLcm)) {
    return false;
  }
  for (const Expr* c : e.children()) {
    if (c->kind == Kind::kNegate) return true;
  }
  return false;
}

}  // namespace

std::optional<Finding> Structure::Quantities(const Expr& gold,
                                             const Expr& answer) {
  Arena* arena = ladder_->arena();
  Rewriter w(arena);
  Measured g = SplitUnit(gold, arena);
  Measured a = SplitUnit(answer, arena);
  ReadLettersAsUnit(gold, a, arena, &g);
  ReadLettersAsUnit(answer, g, arena, &a);
  // "5 m" for a gold of 5: a space, and no variable could be meant.
  const std::string_view written = Source(answer, answer_text_);
  if (!unit_ignored_ && g.unit == nullptr && a.unit == nullptr &&
      IsNumeral(gold) && written.find(' ') != std::string_view::npos &&
      ReadUnitLetters(answer, false, arena, &a)) {
    return Any(gold, *a.value)
        .Note("letters read as a unit and ignored: " +
              std::string(a.unit->text));
  }
  if (g.value == nullptr || a.value == nullptr) {
    return Finding::Undecided("structure", "too large");
  }
  for (const Measured* m : {&g, &a}) {
    measured_ |= m->unit != nullptr && m->unit->text != "degree" &&
                 m->unit->text != "rad";
  }
  const bool g_bare = g.value == &gold, a_bare = a.value == &answer;
  if (g_bare && a_bare) {
    // 3 J and 3 N m.
    Measured x, y;
    UnitFacts own, others;
    if (!ReadUnitLetters(gold, false, arena, &x) ||
        !ReadUnitLetters(answer, false, arena, &y) ||
        x.unit->text == y.unit->text || !FindUnit(x.unit->text, &own) ||
        !FindUnit(y.unit->text, &others) || own.dimension != others.dimension) {
      return std::nullopt;
    }
    Finding plain = ladder_->Compare(gold, answer);
    if (plain.equal()) return plain;
    g = x;
    a = y;
  }
  if (g.percent || a.percent || g.per_mille || a.per_mille) {
    if (g.percent && a.percent) return Any(*g.value, *a.value);
    const Expr* unit = g.unit != nullptr ? g.unit : a.unit;
    if (UnitFacts facts; unit != nullptr && FindUnit(unit->text, &facts)) {
      return Finding::Different("a percentage beside a unit");
    }
    Finding f = ladder_->Compare(gold, answer);
    if (f.equal() || (g.per_mille || a.per_mille)) return f;
    // 28% is 28/100, and also answers "how many percent": 28; 28%% does not.
    if ((g.percent && g.value->contents.Has(Kind::kPercent)) ||
        (a.percent && a.value->contents.Has(Kind::kPercent))) {
      return f;
    }
    const Measured& other = g.percent ? a : g;
    if (other.unit != nullptr && !CountsPercents(other.unit->text) &&
        !other.value->contents.Has(Kind::kPercent)) {
      return Finding::Undecided("structure", "a percentage beside a count");
    }
    const bool saved = unit_ignored_;
    unit_ignored_ = true;
    Finding bare = Any(*g.value, *a.value);
    unit_ignored_ = saved;
    if (bare.equal()) return std::move(bare).Note("percent: p% equals bare p");
    return bare.undecided() ? bare : f;
  }
  if (g.unit != nullptr && a.unit != nullptr) {
    if (SameThings(g.unit->text, a.unit->text)) {
      return Any(*g.value, *a.value);
    }
    if (Finding f; Angles(g, a, &f)) return f;
    const bool pounds = (g.unit->text == "GBP" && a.unit->text == "lb") ||
                        (g.unit->text == "lb" && a.unit->text == "GBP");
    if (pounds) return Any(*g.value, *a.value);
    UnitFacts x, y;
    if (!FindUnit(g.unit->text, &x) || !FindUnit(a.unit->text, &y)) {
      Finding f = Any(*g.value, *a.value);
      if (f.different()) return f;
      return Finding::Undecided("structure", "units that are not known");
    }
    if (x.dimension != y.dimension) {
      const Expr* p = InKelvin(g, arena);
      const Expr* q = InKelvin(a, arena);
      if (p != nullptr && q != nullptr) {
        return Any(*p, *q).Note("temperatures converted");
      }
      return Finding::Different("units of other dimensions");
    }
    const Expr* p = w.Multiply({g.value, w.Value(x.factor)});
    const Expr* q = w.Multiply({a.value, w.Value(y.factor)});
    if (p == nullptr || q == nullptr) {
      return Finding::Undecided("structure", "too large");
    }
    return Any(*p, *q).Note("units converted: " + std::string(g.unit->text) +
                            ", " + std::string(a.unit->text));
  }
  const Expr* unit = g.unit != nullptr ? g.unit : a.unit;
  const Expr& bare = g.unit != nullptr ? *a.value : *g.value;
  if (unit->text == "degree" && HasPi(bare)) {
    return ladder_->Compare(gold, answer).Note("degrees against radians");
  }
  const bool saved = unit_ignored_;
  unit_ignored_ = true;
  Finding f = Any(*g.value, *a.value);
  unit_ignored_ = saved;
  return std::move(f).Note("unit on one side ignored: " +
                           std::string(unit->text));
}

// Degrees and radians, both named.
bool Structure::Angles(const Measured& g, const Measured& a, Finding* f) {
  const bool degrees = g.unit->text == "degree";
  if ((g.unit->text != "rad" || a.unit->text != "degree") &&
      (!degrees || a.unit->text != "rad")) {
    return false;
  }
  Rewriter w(ladder_->arena());
  const Expr* turn = w.Divide(w.Constant(Constant::kPi), w.Integer(180));
  const Expr* x = degrees ? w.Multiply({g.value, turn}) : g.value;
  const Expr* y = degrees ? a.value : w.Multiply({a.value, turn});
  if (x == nullptr || y == nullptr) return false;
  *f = Any(*x, *y).Note("degrees against radians");
  return true;
}

std::optional<Finding> Structure::Ratios(const Expr& gold, const Expr& answer) {
  if (gold.kind != Kind::kRatio && answer.kind != Kind::kRatio) {
    return std::nullopt;
  }
  if (gold.kind != answer.kind ||
      gold.children_count != answer.children_count) {
    const Expr& ratio = gold.kind == Kind::kRatio ? gold : answer;
    if (ratio.children_count > 2) {
      return Finding::Different("a ratio of other length");
    }
    return std::nullopt;  // The quotient.
  }
  if (gold.children_count == 2) return std::nullopt;
  // Projective: g_i a_0 = g_0 a_i.
  Rewriter w(ladder_->arena());
  Finding total = Finding::Equal(Proof::kIdentical, "structure");
  for (size_t i = 0; i < gold.children_count; ++i) {
    const bool dots = gold.child(i).kind == Kind::kEllipsis;
    if (dots != (answer.child(i).kind == Kind::kEllipsis)) {
      return Finding::Different("an ellipsis at another place");
    }
    if (dots) continue;
    const Expr* p = w.Multiply({&gold.child(i), &answer.child(0)});
    const Expr* q = w.Multiply({&gold.child(0), &answer.child(i)});
    if (p == nullptr || q == nullptr) {
      return Finding::Undecided("structure", "too large");
    }
    Finding f = ladder_->Compare(*p, *q);
    if (f.different()) return f;
    total = Both(std::move(total), std::move(f));
  }
  return std::move(total).Note("ratios up to a common factor");
}

std::optional<Finding> Structure::Rounded(const Expr& gold,
                                          const Expr& answer) {
  if (ladder_->policy().exact_decimals) return std::nullopt;
  Rational own;
  std::optional<Rational> half =
      RoundingHalfUnit(gold, &own, ladder_->budget());
  if (!half) return std::nullopt;
  Rewriter w(ladder_->arena());
  // |answer - gold| <= half unit, by signs that are certain.
  const Expr* low = w.Subtract(&answer, w.Value(own - *half));
  const Expr* high = w.Subtract(w.Value(own + *half), &answer);
  if (low == nullptr || high == nullptr) return std::nullopt;
  const std::optional<int> a = ladder_->SignOf(*low);
  const std::optional<int> b = ladder_->SignOf(*high);
  if (!a || !b || *a < 0 || *b < 0) return std::nullopt;
  Finding f = Finding::Equal(Proof::kNumeric, "structure");
  ladder_->Trace(
      "structure: the gold is rounded, and the answer within half "
      "a unit of its last digit");
  f.notes.push_back("assumption: ROUNDED");
  return f;
}

// log without a base is the decimal one, or the natural one where the other
// side says ln.
std::optional<Finding> Structure::Logarithms(const Expr& gold,
                                             const Expr& answer) {
  auto bare = [](const Expr& e) {
    return IsFunction(e, Function::kLog) && e.children_count == 1;
  };
  if (gold.contents.Has(Function::kLn) == answer.contents.Has(Function::kLn)) {
    return std::nullopt;
  }
  const bool g_bare = Contains(gold, bare), a_bare = Contains(answer, bare);
  if (g_bare == a_bare) return std::nullopt;
  const Expr& old = g_bare ? gold : answer;
  const Expr& other = g_bare ? answer : gold;
  if (!other.contents.Has(Function::kLn)) return std::nullopt;
  Rewriter w(ladder_->arena());
  const Expr* read = w.Transform(old, [&](const Expr& e) -> const Expr* {
    return bare(e) ? w.Call(Function::kLn, {&e.child(0)}) : nullptr;
  });
  if (read == nullptr) return std::nullopt;
  Finding f = g_bare ? Scalars(*read, answer) : Scalars(gold, *read);
  if (!f.equal()) return std::nullopt;
  return std::move(f).Note("log without a base read as ln");
}

// Limits, endless sums and gcds of polynomials by their closed forms.
std::optional<Finding> Structure::Closed(const Expr& gold, const Expr& answer) {
  if (!MayHaveClosedForm(gold) && !MayHaveClosedForm(answer)) {
    return std::nullopt;
  }
  const Expr* g = ClosedForm(gold, ladder_);
  const Expr* a = g == nullptr ? nullptr : ClosedForm(answer, ladder_);
  if (a == nullptr || (g == &gold && a == &answer)) return std::nullopt;
  ladder_->Trace("structure: a limit, an endless sum or a gcd in closed form");
  Finding f = ladder_->Compare(*g, *a);
  if (f.undecided()) return std::nullopt;
  return std::move(f).Note("closed form of a limit, a sum or a gcd");
}

Finding Structure::Scalars(const Expr& gold, const Expr& answer) {
  if (std::optional<Finding> f = Logarithms(gold, answer)) {
    return *std::move(f);
  }
  if (!IsPlainNumber(gold) || !IsPlainNumber(answer)) {
    if (std::optional<Finding> f = Quantities(gold, answer)) {
      return *std::move(f);
    }
    if (std::optional<Finding> f = Ratios(gold, answer)) return *std::move(f);
    if (std::optional<Finding> f = Antiderivative(gold, answer)) {
      return *std::move(f);
    }
    if (std::optional<Finding> f = Constants(gold, answer)) {
      return *std::move(f);
    }
    if (std::optional<Finding> f = Families(gold, answer)) {
      return *std::move(f);
    }
  }
  Finding f = ladder_->Compare(gold, answer);
  if (f.equal()) return f;
  if (std::optional<Finding> r = Rounded(gold, answer)) return *std::move(r);
  if (f.undecided()) {
    if (std::optional<Finding> c = Closed(gold, answer)) return *std::move(c);
  }
  // lcm(25, -30) is 150 up to a unit of the integers.
  if (IsSignedDivisor(gold) || IsSignedDivisor(answer)) {
    const Expr* negative = Rewriter(ladder_->arena()).Negate(&answer);
    if (negative == nullptr) return f;
    Finding other = ladder_->Compare(gold, *negative);
    if (other.equal()) {
      return std::move(other).Note("gcd and lcm of negatives up to their sign");
    }
  }
  return f;
}

}  // namespace assay::math
