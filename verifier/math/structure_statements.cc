// Statements: equations, chains, congruences, pieces, and relations that are
// compared part by part.
#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "verifier/math/canonical.h"
#include "verifier/math/equations.h"
#include "verifier/math/real_sets.h"
#include "verifier/math/rewrite.h"
#include "verifier/math/structure.h"
#include "verifier/math/structure_kinds.h"

namespace assay::math {
namespace {

bool IsSymmetric(const Expr& e) {
  if (e.kind != Kind::kRelation) return false;
  switch (static_cast<Relation>(e.detail)) {
    case Relation::kEqual:
    case Relation::kNotEqual:
    case Relation::kApproximate:
    case Relation::kParallel:
    case Relation::kPerpendicular:
    case Relation::kIff:
      return e.children_count == 2;
    default:
      return false;
  }
}

// The function of something named, of which an equation gives the value:
// \cos\theta = 1/2, |S| = 12, n(A \cup B) = 12. Powers and roots are steps
// of a calculation that somebody has not finished.
bool IsNamedQuantity(const Expr& e) {
  constexpr uint64_t kFunctions =
      Contents::Bit(Function::kAbs) | Contents::Bit(Function::kNorm) |
      Contents::Bit(Function::kSin) | Contents::Bit(Function::kCos) |
      Contents::Bit(Function::kTan) | Contents::Bit(Function::kCot) |
      Contents::Bit(Function::kSec) | Contents::Bit(Function::kCsc) |
      Contents::Bit(Function::kGcd) | Contents::Bit(Function::kLcm) |
      Contents::Bit(Function::kMax) | Contents::Bit(Function::kMin) |
      Contents::Bit(Function::kArg);
  if (e.kind == Kind::kLimit) return true;
  if (e.kind == Kind::kFunction) {
    return (Contents::Bit(static_cast<Function>(e.detail)) & kFunctions) != 0 &&
           e.contents.Has(Kind::kSymbol);
  }
  if (e.kind != Kind::kMultiply || e.child(0).kind != Kind::kSymbol) {
    return false;
  }
  // A product of vectors.
  constexpr std::string_view kVector = "vec{";
  if (e.children_count == 2 && e.child(1).kind == Kind::kSymbol &&
      e.child(0).text.substr(0, kVector.size()) == kVector &&
      e.child(1).text.substr(0, kVector.size()) == kVector) {
    return true;
  }
  if (e.children_count == 2) {
    const Kind set = e.child(1).kind;
    return set == Kind::kUnion || set == Kind::kIntersection ||
           set == Kind::kDifference;
  }
  // m\angle ABC
  return e.child(0).text == "m" && e.child(1).kind == Kind::kSymbol &&
         e.child(1).text == "angle";
}

}  // namespace

Finding Structure::Chains(const Expr& gold, const Expr& answer) {
  auto forward = [](const Expr& e, std::vector<const Expr*>* members) {
    *members = ChildrenOf(e);
    std::string relations(e.text);
    const Relation first = static_cast<Relation>(relations[0]);
    if (first == Relation::kGreater || first == Relation::kGreaterEqual) {
      std::reverse(members->begin(), members->end());
      std::reverse(relations.begin(), relations.end());
      for (char& r : relations) {
        const Relation x = static_cast<Relation>(r);
        if (x == Relation::kGreater) r = static_cast<char>(Relation::kLess);
        if (x == Relation::kGreaterEqual) {
          r = static_cast<char>(Relation::kLessEqual);
        }
      }
    }
    return relations;
  };
  std::vector<const Expr*> x, y;
  const std::string relations = forward(gold, &x);
  if (relations != forward(answer, &y) || x.size() != y.size()) {
    return Finding::Different("chains of other relations");
  }
  const char equal = static_cast<char>(Relation::kEqual);
  if (relations.find_first_not_of(equal) == std::string::npos) {
    // Other members may say the same, as other points of a line do.
    Finding f = Match(std::move(x), std::move(y), false);
    if (!f.different()) return f;
    return Finding::Undecided("structure", "systems of other equations");
  }
  Finding f = InOrder(x, y);
  if (!f.undecided()) return f;
  // The same members in another order make another statement.
  std::vector<std::string> p, q;
  for (const Expr* e : x) {
    p.push_back(CanonicalText(*e, ladder_->budget()).value_or(""));
  }
  for (const Expr* e : y) {
    q.push_back(CanonicalText(*e, ladder_->budget()).value_or(""));
  }
  const bool other_order = p != q;
  std::sort(p.begin(), p.end());
  std::sort(q.begin(), q.end());
  if (other_order && p == q) {
    return Finding::Different("the members stand in another order");
  }
  return f;
}

std::optional<Finding> Structure::Statements(const Expr& gold,
                                             const Expr& answer) {
  if (IsRelation(gold, Relation::kEqual) &&
      IsRelation(answer, Relation::kEqual)) {
    return CompareEquations(gold, answer, ladder_);
  }
  for (const Expr* side : {&gold, &answer}) {
    const Expr& other = side == &gold ? answer : gold;
    if (!IsRelation(*side, Relation::kEqual) || !IsScalar(other)) continue;
    if (IsScalar(side->child(0)) && IsScalar(side->child(1)) &&
        ladder_->Compare(side->child(0), side->child(1)).equal()) {
      ladder_->Trace("structure: an identity stands for its value");
      const Expr& value = side->child(1);
      return side == &gold ? Scalars(value, answer) : Scalars(gold, value);
    }
    std::set<std::string> names;
    FreeSymbols(side->child(1), &names);
    FreeSymbols(other, &names);
    if (names.empty() && IsNamedQuantity(side->child(0))) {
      ladder_->Trace("structure: the name of a quantity is stripped");
      const Expr& value = side->child(1);
      return side == &gold ? Any(value, answer) : Any(gold, value);
    }
    const Expr* solved = SolvedFor(*side, other, ladder_);
    if (solved == nullptr) {
      return Finding::Different("an equation against a value");
    }
    ladder_->Trace("structure: the equation is solved for its variable");
    return side == &gold ? Scalars(*solved, answer) : Scalars(gold, *solved);
  }
  if (IsOrder(gold) && IsOrder(answer)) {
    return CompareInequalities(gold, answer, ladder_);
  }
  if (gold.kind == Kind::kChain && answer.kind == Kind::kChain) {
    return Chains(gold, answer);
  }
  if (std::optional<Finding> f = Congruences(gold, answer)) return f;
  return Piecewise(gold, answer);
}

// x^2 = 4 against x = \pm 2, \{-2, 2\} or "x = 2 or x = -2".
std::optional<Finding> Structure::Solutions(const Expr& gold,
                                            const Expr& answer) {
  Arena* arena = ladder_->arena();
  auto is_equation = [arena](const Expr& e) {
    if (!IsRelation(e, Relation::kEqual)) return false;
    std::set<std::string> names;
    FreeSymbols(e, &names);
    return names.size() == 1 && SplitLabel(e, arena).value == &e &&
           !e.contents.Has(Kind::kPlusMinus);
  };
  const bool gold_is = is_equation(gold);
  if (gold_is == is_equation(answer)) return std::nullopt;
  const Expr& equation = gold_is ? gold : answer;
  const Expr& other = gold_is ? answer : gold;
  if (!IsCollection(other)) return std::nullopt;
  std::optional<RealSet> zeros = ReadRealSet(equation, ladder_);
  if (!zeros || !zeros->sorted) return std::nullopt;
  std::vector<const Expr*> items;
  if (!Members(other, arena, &items)) return std::nullopt;
  RealSet values;
  for (const Expr* item : items) {
    const Labelled l = SplitLabel(*item, arena);
    std::set<std::string> names;
    FreeSymbols(*l.value, &names);
    const bool about = l.label == nullptr || (l.label->kind == Kind::kSymbol &&
                                              l.label->text == zeros->variable);
    if (!about || !names.empty() || !IsScalar(*l.value)) return std::nullopt;
    values.pieces.push_back({l.value, l.value, true, true});
    if (values.pieces.size() > RealSet::kPiecesMax) return std::nullopt;
  }
  ladder_->Trace("structure: the equation's real solutions");
  if (!SortRealSet(&values, ladder_)) return std::nullopt;
  auto compare = [this](const Expr& g, const Expr& a) { return Any(g, a); };
  Finding f = gold_is ? CompareRealSets(*zeros, values, compare, ladder_)
                      : CompareRealSets(values, *zeros, compare, ladder_);
  return std::move(f).Note("an equation and its solutions");
}

// Part by part; parts that differ decide only for simple relations.
Finding Structure::SameKind(const Expr& gold, const Expr& answer) {
  std::optional<std::string> x = CanonicalText(gold, ladder_->budget());
  std::optional<std::string> y = CanonicalText(answer, ladder_->budget());
  if (x && y && *x == *y) {
    return Finding::Equal(Proof::kIdentical, "canonical");
  }
  if (gold.detail != answer.detail || gold.text != answer.text) {
    return Finding::Different("another relation");
  }
  if (gold.children_count != answer.children_count) {
    return Finding::Undecided("structure", "statements of other shapes");
  }
  if (gold.kind == Kind::kQuantifier) return Propositions(gold, answer);
  if (IsSymmetric(gold)) {
    Finding f = Both(Any(gold.child(0), answer.child(1)),
                     Any(gold.child(1), answer.child(0)));
    if (f.equal()) return f;
  }
  Finding total = Finding::Equal(Proof::kIdentical, "structure");
  for (size_t i = 0; i < gold.children_count; ++i) {
    if (gold.children()[i] == nullptr || answer.children()[i] == nullptr) {
      return Finding::Undecided("structure", "statements of other shapes");
    }
    Finding f = Any(gold.child(i), answer.child(i));
    if (f.different() && gold.kind == Kind::kRelation) return f;
    if (!f.equal()) {
      return Finding::Undecided("structure", "a part is not equal");
    }
    total = Both(std::move(total), std::move(f));
  }
  return total;
}

// "There is an x with ..." says more than which x there are: its relation is
// compared as it is written, with its sides exchanged or on one side.
Finding Structure::Propositions(const Expr& gold, const Expr& answer) {
  Rewriter w(ladder_->arena());
  Finding total = Finding::Equal(Proof::kIdentical, "structure");
  for (size_t i = 0; i < gold.children_count; ++i) {
    const Expr* g = gold.children()[i];
    const Expr* a = answer.children()[i];
    if (g == nullptr || a == nullptr) {
      return Finding::Undecided("structure", "statements of other shapes");
    }
    const bool compared = g->kind == Kind::kRelation &&
                          a->kind == Kind::kRelation && IsOrder(*g) &&
                          IsOrder(*a);
    if (!compared) {
      Finding f = Any(*g, *a);
      if (!f.equal()) return f;
      total = Both(std::move(total), std::move(f));
      continue;
    }
    auto less = [](const Expr& e) {
      return IsRelation(e, Relation::kLess) ||
             IsRelation(e, Relation::kLessEqual);
    };
    auto strict = [](const Expr& e) {
      return IsRelation(e, Relation::kLess) ||
             IsRelation(e, Relation::kGreater);
    };
    if (strict(*g) != strict(*a)) {
      return Finding::Different("another relation");
    }
    const Expr* x = w.Subtract(&g->child(less(*g)), &g->child(!less(*g)));
    const Expr* y = w.Subtract(&a->child(less(*a)), &a->child(!less(*a)));
    if (x == nullptr || y == nullptr) {
      return Finding::Undecided("structure", "too large");
    }
    Finding f = Scalars(*x, *y);
    if (!f.equal()) {
      return Finding::Undecided("structure", "propositions of other sides");
    }
    total = Both(std::move(total), std::move(f));
  }
  return total;
}

// x = 1 (mod 5) against x = 5k + 1 and against "1 (mod 5)".
std::optional<Finding> Structure::CongruenceAndOther(const Expr& gold,
                                                     const Expr& answer,
                                                     bool gold_is) {
  const Expr& congruence = gold_is ? gold : answer;
  const Expr* other =
      SplitLabel(gold_is ? answer : gold, ladder_->arena()).value;
  Rewriter w(ladder_->arena());
  if (other->kind == Kind::kModulo) {
    const Expr* full =
        w.Node(Kind::kRelation,
               {&congruence.child(0), &other->child(0), &other->child(1)},
               congruence.detail);
    if (full == nullptr) return std::nullopt;
    return gold_is ? Congruences(gold, *full) : Congruences(*full, answer);
  }
  std::set<std::string> names;
  FreeSymbols(*other, &names);
  if (names.size() != 1 || names.begin()->size() != 1 || !IsScalar(*other) ||
      congruence.child(0).kind != Kind::kSymbol ||
      *names.begin() == congruence.child(0).text) {
    return std::nullopt;
  }
  const std::string& name = *names.begin();
  ladder_->DeclareInteger(name);
  const Expr* family =
      w.Add({&congruence.child(1),
             w.Multiply({&congruence.child(2), w.Symbol(name)})});
  if (family == nullptr) return std::nullopt;
  Finding f = gold_is ? Scalars(*family, *other) : Scalars(*other, *family);
  return std::move(f).Note("a congruence and its solutions");
}

// a = b (mod m): the same left side and modulus, residues that differ by a
// multiple of it.
std::optional<Finding> Structure::Congruences(const Expr& gold,
                                              const Expr& answer) {
  auto is_congruence = [](const Expr& e) {
    return IsRelation(e, Relation::kCongruent) && e.children_count == 3;
  };
  if (is_congruence(gold) != is_congruence(answer)) {
    return CongruenceAndOther(gold, answer, is_congruence(gold));
  }
  if (!is_congruence(gold)) return std::nullopt;
  Finding f = Any(gold.child(2), answer.child(2));
  if (f.different()) return Finding::Different("another modulus");
  if (!f.equal()) return f;
  const Finding left = Any(gold.child(0), answer.child(0));
  Rewriter w(ladder_->arena());
  // n = 1 and n - 1 = 0: what both sides differ by.
  const Expr* g = &gold.child(1);
  const Expr* a = &answer.child(1);
  if (!left.equal()) {
    g = w.Subtract(g, &gold.child(0));
    a = w.Subtract(a, &answer.child(0));
  }
  const Expr* quotient = w.Divide(w.Subtract(g, a), &gold.child(2));
  if (quotient == nullptr) {
    return Finding::Undecided("structure", "too large");
  }
  const std::optional<Form> form = FormOf(*quotient, ladder_->budget());
  const std::optional<Rational> turns = form ? form->Number() : std::nullopt;
  if (!left.equal() && !turns) {
    return Finding::Undecided("structure", "congruences of other shapes");
  }
  if (!turns) return Both(std::move(f), Any(*g, *a));
  if (!turns->is_integer()) return Finding::Different("another residue");
  return std::move(f).Note("residues up to a multiple of the modulus");
}

// The same pieces in any order.
std::optional<Finding> Structure::Piecewise(const Expr& gold,
                                            const Expr& answer) {
  if (gold.kind != Kind::kPiecewise || answer.kind != Kind::kPiecewise) {
    return std::nullopt;
  }
  if (std::optional<Finding> f = ByPieces(gold, answer)) return f;
  if (gold.children_count != answer.children_count) return std::nullopt;
  const size_t pieces = gold.children_count / 2;
  if (pieces > 16) return std::nullopt;
  std::vector<bool> used(pieces, false);
  Finding total = Finding::Equal(Proof::kIdentical, "structure");
  for (size_t i = 0; i < pieces; ++i) {
    bool found = false;
    for (size_t j = 0; j < pieces && !found; ++j) {
      if (used[j]) continue;
      Finding f = Any(gold.child(2 * i + 1), answer.child(2 * j + 1));
      if (f.equal()) {
        f = Both(std::move(f), Any(gold.child(2 * i), answer.child(2 * j)));
      }
      if (!f.equal()) continue;
      used[j] = found = true;
      total = Both(std::move(total), std::move(f));
    }
    if (!found) {
      return Finding::Undecided("structure", "a piece has no partner");
    }
  }
  if (gold.children_count % 2 == 1) {
    total = Both(std::move(total),
                 Any(gold.child(2 * pieces), answer.child(2 * pieces)));
  }
  return total;
}

}  // namespace assay::math
