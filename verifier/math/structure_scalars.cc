// Scalars of unlike kinds: units, percent, ratios, constants of integration,
// rounding, families with an integer parameter.
#include <array>
#include <cmath>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "verifier/math/calculus.h"
#include "verifier/math/canonical.h"
#include "verifier/math/quantities.h"
#include "verifier/math/rewrite.h"
#include "verifier/math/structure.h"

namespace assay::math {
namespace {

bool HasPi(const Expr& e) {
  return Contains(e,
                  [](const Expr& x) { return IsConstant(x, Constant::kPi); });
}

bool IsConstantName(std::string_view name) {
  return name == "C" || name == "c" || name == "K" || name == "C_1" ||
         name == "C_0" || name == "c_1" || name == "const";
}

// E + C: the constant's name and E; null where there is no such term.
const Expr* WithoutConstant(const Expr& e, Rewriter* w, std::string* name) {
  if (e.kind != Kind::kAdd) return nullptr;
  const Expr* constant = nullptr;
  std::vector<const Expr*> rest;
  for (const Expr* c : e.children()) {
    const Expr* term = c->kind == Kind::kNegate ? &c->child(0) : c;
    if (constant == nullptr && term->kind == Kind::kSymbol &&
        IsConstantName(term->text)) {
      constant = term;
    } else {
      rest.push_back(c);
    }
  }
  if (constant == nullptr || rest.empty()) return nullptr;
  const Expr* others = rest.size() == 1 ? rest[0] : w->Add(rest);
  if (others == nullptr) return nullptr;
  // Elsewhere too: then it is a parameter. Without a variable there is
  // nothing to integrate.
  std::set<std::string> names;
  FreeSymbols(*others, &names);
  if (names.empty() || names.count(std::string(constant->text)) > 0) {
    return nullptr;
  }
  *name = std::string(constant->text);
  return others;
}

// "2000 m" beside "2 km": the letter is a unit, where that of the other side
// measures the same.
void ReadLetterAsUnit(const Measured& other, Measured* m) {
  if (m->unit != nullptr || other.unit == nullptr || m->value == nullptr ||
      m->value->kind != Kind::kMultiply || m->value->children_count != 2 ||
      m->value->child(0).kind != Kind::kNumber ||
      m->value->child(1).kind != Kind::kSymbol) {
    return;
  }
  UnitFacts own, others;
  if (!FindUnit(m->value->child(1).text, &own) ||
      !FindUnit(other.unit->text, &others) ||
      own.dimension != others.dimension) {
    return;
  }
  m->unit = &m->value->child(1);
  m->value = &m->value->child(0);
}

// The letters that stand for integers in families of solutions.
bool IsParameterName(std::string_view name) {
  return name == "k" || name == "n" || name == "m" || name == "l" ||
         name == "ell";
}

}  // namespace

std::optional<Finding> Structure::Quantities(const Expr& gold,
                                             const Expr& answer) {
  Arena* arena = ladder_->arena();
  Rewriter w(arena);
  Measured g = SplitUnit(gold, arena);
  Measured a = SplitUnit(answer, arena);
  ReadLetterAsUnit(a, &g);
  ReadLetterAsUnit(g, &a);
  if (g.value == nullptr || a.value == nullptr) {
    return Finding::Undecided("structure", "too large");
  }
  const bool g_bare = g.value == &gold, a_bare = a.value == &answer;
  if (g_bare && a_bare) return std::nullopt;
  if (g.percent || a.percent || g.per_mille || a.per_mille) {
    if (g.percent && a.percent) return Any(*g.value, *a.value);
    Finding f = ladder_->Compare(gold, answer);
    if (f.equal() || (g.per_mille || a.per_mille)) return f;
    // 28% is 28/100, and also answers "how many percent": 28.
    Finding bare = Any(*g.value, *a.value);
    if (bare.equal()) return std::move(bare).Note("percent: p% equals bare p");
    return bare.undecided() ? bare : f;
  }
  if (g.unit != nullptr && a.unit != nullptr) {
    if (g.unit->text == a.unit->text) return Any(*g.value, *a.value);
    UnitFacts x, y;
    if (!FindUnit(g.unit->text, &x) || !FindUnit(a.unit->text, &y)) {
      Finding f = Any(*g.value, *a.value);
      if (f.different()) return f;
      return Finding::Undecided("structure", "units that are not known");
    }
    if (x.dimension != y.dimension) {
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
  return Any(*g.value, *a.value)
      .Note("unit on one side ignored: " + std::string(unit->text));
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

std::optional<Finding> Structure::Constants(const Expr& gold,
                                            const Expr& answer) {
  Rewriter w(ladder_->arena());
  std::string g_name, a_name;
  const Expr* g = WithoutConstant(gold, &w, &g_name);
  const Expr* a = WithoutConstant(answer, &w, &a_name);
  if (g == nullptr && a == nullptr) {
    // (x^2 + C)/2 is x^2/2 + C, but that form is rare: left to the ladder.
    return std::nullopt;
  }
  if (g == nullptr || a == nullptr) {
    std::set<std::string> names;
    FreeSymbols(g == nullptr ? gold : answer, &names);
    if (names.count(g == nullptr ? a_name : g_name) > 0) return std::nullopt;
    const bool optional = ladder_->policy().optional_constant && g != nullptr;
    if (!optional) {
      Finding f = ladder_->Compare(gold, answer);
      if (!f.undecided()) return f;
      return Finding::Different("+ C on one side only");
    }
    a = &answer;
  }
  // Equal up to a constant: the difference does not change with the variable.
  const Expr* difference = w.Subtract(g, a);
  if (difference == nullptr) return std::nullopt;
  std::set<std::string> names, others;
  FreeSymbols(*g, &names);
  FreeSymbols(*a, &others);
  Finding last = ladder_->Compare(*g, *a);
  if (last.equal()) return last;
  for (const std::string& name : names) {
    if (others.count(name) == 0) continue;
    const Expr* other = w.Symbol(name + "~");
    const Expr* moved =
        other == nullptr ? nullptr : w.Substitute(*difference, name, *other);
    if (moved == nullptr) return std::nullopt;
    Finding f = ladder_->Compare(*difference, *moved);
    if (f.equal()) {
      return std::move(f).Note("equal up to the constant of integration");
    }
  }
  return last;
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

// a + b k with an integer k: the parameter may have another name, run
// backwards and start elsewhere.
std::optional<Finding> Structure::Families(const Expr& gold,
                                           const Expr& answer) {
  std::set<std::string> x, y;
  FreeSymbols(gold, &x);
  FreeSymbols(answer, &y);
  const bool angles = HasPi(gold) && HasPi(answer);
  auto parameter = [&](const std::set<std::string>& names) {
    std::string found;
    for (const std::string& name : names) {
      const bool declared = ladder_->IsInteger(name);
      if (!declared && !(angles && IsParameterName(name))) continue;
      if (!found.empty()) return std::string();
      found = name;
    }
    return found;
  };
  const std::string g = parameter(x), a = parameter(y);
  if (g.empty() || a.empty()) return std::nullopt;
  Arena* arena = ladder_->arena();
  Rewriter w(arena);
  const Expr* zero = w.Integer(0);
  const Expr* one = w.Integer(1);
  const Expr* to = w.Symbol(g);
  if (zero == nullptr || one == nullptr || to == nullptr) return std::nullopt;
  const Expr* renamed = g == a ? &answer : w.Substitute(answer, a, *to);
  if (renamed == nullptr) return std::nullopt;
  auto named = [&](Finding f) {
    if (g == a) return f;
    return std::move(f).Note("integer parameter renamed: " + a + " is " + g);
  };
  if (Finding f = ladder_->Compare(gold, *renamed); f.equal()) {
    return named(std::move(f));
  }
  // Start and step of both; only linear families have a constant step.
  const Expr* start[2];
  const Expr* step[2];
  const Expr* sides[] = {&gold, renamed};
  for (int i = 0; i < 2; ++i) {
    step[i] = Differentiate(*sides[i], g, arena, ladder_->budget());
    start[i] = w.Substitute(*sides[i], g, *zero);
    if (step[i] == nullptr || start[i] == nullptr) return std::nullopt;
    std::set<std::string> names;
    const Expr* at_one = w.Substitute(*step[i], g, *one);
    const Expr* at_zero = w.Substitute(*step[i], g, *zero);
    if (at_one == nullptr || at_zero == nullptr ||
        !ladder_->Compare(*at_one, *at_zero).equal()) {
      return Finding::Undecided("structure", "families that are not linear");
    }
    step[i] = at_zero;
  }
  Finding same = ladder_->Compare(*step[0], *step[1]);
  if (!same.equal()) {
    const Expr* back = w.Negate(step[1]);
    if (back == nullptr) return std::nullopt;
    same = ladder_->Compare(*step[0], *back);
    if (same.different()) return Finding::Different("families of other steps");
    if (!same.equal()) return same;
  }
  const Expr* shift = w.Divide(w.Subtract(start[0], start[1]), step[0]);
  if (shift == nullptr) return std::nullopt;
  std::optional<Form> form = FormOf(*shift, ladder_->budget());
  const std::optional<Rational> periods = form ? form->Number() : std::nullopt;
  if (!periods) {
    return Finding::Undecided("structure", "a shift that is not known");
  }
  if (!periods->is_integer()) return Finding::Different("families shifted");
  return named(std::move(same).Note("families shifted by whole periods"));
}

// log without a base is the decimal one, or the natural one where the other
// side says ln.
std::optional<Finding> Structure::Logarithms(const Expr& gold,
                                             const Expr& answer) {
  auto bare = [](const Expr& e) {
    return IsFunction(e, Function::kLog) && e.children_count == 1;
  };
  auto natural = [](const Expr& e) { return IsFunction(e, Function::kLn); };
  const bool g_bare = Contains(gold, bare), a_bare = Contains(answer, bare);
  if (g_bare == a_bare) return std::nullopt;
  const Expr& old = g_bare ? gold : answer;
  const Expr& other = g_bare ? answer : gold;
  if (!Contains(other, natural) || Contains(old, natural)) {
    return std::nullopt;
  }
  Rewriter w(ladder_->arena());
  const Expr* read = w.Transform(old, [&](const Expr& e) -> const Expr* {
    return bare(e) ? w.Call(Function::kLn, {&e.child(0)}) : nullptr;
  });
  if (read == nullptr) return std::nullopt;
  Finding f =
      g_bare ? ladder_->Compare(*read, answer) : ladder_->Compare(gold, *read);
  if (!f.equal()) return std::nullopt;
  return std::move(f).Note("log without a base read as ln");
}

Finding Structure::Scalars(const Expr& gold, const Expr& answer) {
  if (std::optional<Finding> f = Quantities(gold, answer)) {
    return *std::move(f);
  }
  if (std::optional<Finding> f = Ratios(gold, answer)) return *std::move(f);
  if (std::optional<Finding> f = Constants(gold, answer)) {
    return *std::move(f);
  }
  if (std::optional<Finding> f = Families(gold, answer)) return *std::move(f);
  Finding f = ladder_->Compare(gold, answer);
  if (f.equal()) return f;
  if (std::optional<Finding> l = Logarithms(gold, answer)) {
    return *std::move(l);
  }
  if (std::optional<Finding> r = Rounded(gold, answer)) return *std::move(r);
  return f;
}

}  // namespace assay::math
