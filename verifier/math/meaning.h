// What an answer says, apart from how it says it: labels, the value of a
// chain, the alternatives of a plus-minus, the members of a collection.
//
//   Labelled l = SplitLabel(tree of f(x) = x^2, &arena);
//   l.label;   // f(x)
//   l.value;   // x^2
//
// Threads: as the arena. Errors: null members where the arena is full.
#ifndef VERIFIER_MATH_MEANING_H_
#define VERIFIER_MATH_MEANING_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "verifier/math/expr.h"

namespace assay::math {

// Items of one collection after expansion.
inline constexpr size_t kItemsMax = 4096;

struct Labelled {
  const Expr* label = nullptr;  // Null where there is none.
  const Expr* value = nullptr;
};

// Letters that stand for integers: for all of them, or for those from a first
// one on, as those of N do.
struct Declared {
  std::set<std::string> whole;
  std::set<std::string> partial;
  // Of these and of others: the set that was named.
  std::map<std::string, NamedSet> sets;
};

bool IsRelation(const Expr& e, Relation r);
// x, but neither X nor x_1.
bool IsPlainLetter(const Expr& e);

// The chain's value, approximations dropped, declarations such as
// "k \in \mathbb{Z}" taken off and their symbols added to `declared`,
// scalars multiplied into matrices. Never null but where the arena is full.
const Expr* Simplified(const Expr& e, Arena* arena, Declared* declared);

// A lone symbol, application, ratio, name in words or tuple of such on the
// left of "=" or ":", or an arithmetic left side without variables.
Labelled SplitLabel(const Expr& e, Arena* arena);

// True for lists, sets, alternatives, plus-minus, statements joined by
// "and".
bool IsCollection(const Expr& e);
// The members: plus-minus expanded, alternatives and nested "or" flattened.
// A label on the first item alone holds for all: "n = 2, 3, 4". False where
// there are more than kItemsMax.
bool Members(const Expr& e, Arena* arena, std::vector<const Expr*>* items);

// Both readings of every plus-minus of the tree, upper signs first; one
// reading where it has none.
std::vector<const Expr*> Alternatives(const Expr& e, Arena* arena);

}  // namespace assay::math

#endif  // VERIFIER_MATH_MEANING_H_
