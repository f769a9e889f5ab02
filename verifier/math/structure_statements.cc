// Statements: equations, chains, congruences, pieces, and relations that are
// compared part by part.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "verifier/math/canonical.h"
#include "verifier/math/equations.h"
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
  if (forward(gold, &x) != forward(answer, &y) || x.size() != y.size()) {
    return Finding::Different("chains of other relations");
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

// a = b (mod m): the same left side and modulus, residues that differ by a
// multiple of it.
std::optional<Finding> Structure::Congruences(const Expr& gold,
                                              const Expr& answer) {
  if (!IsRelation(gold, Relation::kCongruent) ||
      !IsRelation(answer, Relation::kCongruent) || gold.children_count != 3 ||
      answer.children_count != 3) {
    return std::nullopt;
  }
  Finding f = Both(Any(gold.child(0), answer.child(0)),
                   Any(gold.child(2), answer.child(2)));
  if (!f.equal()) {
    return Finding::Undecided("structure", "congruences of other shapes");
  }
  Rewriter w(ladder_->arena());
  const Expr* quotient =
      w.Divide(w.Subtract(&gold.child(1), &answer.child(1)), &gold.child(2));
  if (quotient == nullptr) {
    return Finding::Undecided("structure", "too large");
  }
  Exact x = ExactValue(*quotient, nullptr, ladder_->budget());
  if (!x.ok()) return Both(std::move(f), Any(gold.child(1), answer.child(1)));
  if (!x.value.is_integer()) return Finding::Different("another residue");
  return std::move(f).Note("residues up to a multiple of the modulus");
}

// The same pieces in any order.
std::optional<Finding> Structure::Piecewise(const Expr& gold,
                                            const Expr& answer) {
  if (gold.kind != Kind::kPiecewise || answer.kind != Kind::kPiecewise ||
      gold.children_count != answer.children_count) {
    return std::nullopt;
  }
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
