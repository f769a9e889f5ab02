// Which kinds are values and which are structures; for structure*.cc.
#ifndef VERIFIER_MATH_STRUCTURE_KINDS_H_
#define VERIFIER_MATH_STRUCTURE_KINDS_H_

#include <vector>

#include "verifier/math/expr.h"
#include "verifier/math/meaning.h"

namespace assay::math {

// Statements and structures that are no value.
inline bool IsScalar(const Expr& e) {
  switch (e.kind) {
    case Kind::kRelation:
    case Kind::kChain:
    case Kind::kLabelled:
    case Kind::kAnd:
    case Kind::kOr:
    case Kind::kNot:
    case Kind::kQuantifier:
    case Kind::kPiecewise:
    case Kind::kList:
    case Kind::kTuple:
    case Kind::kSet:
    case Kind::kInterval:
    case Kind::kVector:
    case Kind::kUnion:
    case Kind::kIntersection:
    case Kind::kDifference:
    case Kind::kSetBuilder:
    case Kind::kNamedSet:
    case Kind::kText:
    case Kind::kBoolean:
    case Kind::kChoice:
    case Kind::kEllipsis:
      return false;
    case Kind::kMatrix:
      return e.text == "v";
    default:
      return true;
  }
}

inline bool IsOrder(const Expr& e) {
  return IsRelation(e, Relation::kLess) ||
         IsRelation(e, Relation::kLessEqual) ||
         IsRelation(e, Relation::kGreater) ||
         IsRelation(e, Relation::kGreaterEqual);
}

inline std::vector<const Expr*> ChildrenOf(const Expr& e) {
  return {e.children().begin(), e.children().end()};
}

}  // namespace assay::math

#endif  // VERIFIER_MATH_STRUCTURE_KINDS_H_
