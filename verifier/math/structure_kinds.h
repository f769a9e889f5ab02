// Which kinds are values and which are structures; for structure*.cc.
#ifndef VERIFIER_MATH_STRUCTURE_KINDS_H_
#define VERIFIER_MATH_STRUCTURE_KINDS_H_

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "verifier/math/canonical.h"
#include "verifier/math/expr.h"
#include "verifier/math/label_words.h"
#include "verifier/math/meaning.h"
#include "verifier/math/rewrite.h"
#include "verifier/math/words.h"

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

// Arithmetic alone, which nothing but its value can mean.
inline bool IsPlain(const Expr& e) {
  constexpr uint64_t kArithmetic =
      Contents::Bit(Kind::kNumber) | Contents::Bit(Kind::kConstant) |
      Contents::Bit(Kind::kSymbol) | Contents::Bit(Kind::kAdd) |
      Contents::Bit(Kind::kMultiply) | Contents::Bit(Kind::kNegate) |
      Contents::Bit(Kind::kDivide) | Contents::Bit(Kind::kPower) |
      Contents::Bit(Kind::kRoot) | Contents::Bit(Kind::kFactorial) |
      Contents::Bit(Kind::kFunction);
  return e.contents.Only(kArithmetic);
}

// Arithmetic of numbers alone.
inline bool IsPlainNumber(const Expr& e) {
  return IsPlain(e) && !e.contents.Has(Kind::kSymbol);
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

inline bool IsSequence(const Expr& e) {
  return e.kind == Kind::kTuple || e.kind == Kind::kVector ||
         (e.kind == Kind::kMatrix && e.text != "v");
}

// A matrix of one row or one column, or no matrix.
inline bool IsFlat(const Expr& e) {
  return e.kind != Kind::kMatrix || e.detail <= 1 ||
         e.children_count == e.detail;
}

// Where in \angle ABC, or m\angle ABC, read as a product of the sign and of
// capital letters, the sign stands; -1 where it is no such product.
inline int ShapeAt(const Expr& e) {
  if (e.kind != Kind::kMultiply || e.children_count < 2) return -1;
  for (const Expr* c : e.children()) {
    if (c->kind != Kind::kSymbol) return -1;
  }
  const bool measure = e.child(0).text == "m" && e.children_count > 2;
  const std::string_view sign = e.child(measure ? 1 : 0).text;
  if (sign != "angle" && (measure || sign != "triangle")) return -1;
  return measure ? 1 : 0;
}
inline bool IsShape(const Expr& e) { return ShapeAt(e) >= 0; }

// An angle may be read from either end, a triangle from any corner.
inline std::string ShapeText(const Expr& e) {
  const auto sign = static_cast<size_t>(ShapeAt(e));
  std::vector<std::string_view> corners;
  for (size_t i = sign + 1; i < e.children_count; ++i) {
    corners.push_back(e.child(i).text);
  }
  if (e.child(sign).text == "triangle") {
    std::sort(corners.begin(), corners.end());
  } else if (corners.back() < corners.front()) {
    std::reverse(corners.begin(), corners.end());
  }
  std::string text(e.child(sign).text);
  for (const std::string_view corner : corners) {
    text += " " + std::string(corner);
  }
  return text;
}

// x and t, which a definition binds; A of P(A) and a of f(a) are things.
inline bool IsArgumentName(std::string_view name) {
  return (name.size() == 1 && name[0] >= 'k' && name[0] <= 'z' &&
          name[0] != 'p' && name[0] != 'q') ||
         name == "theta" || name == "varphi" || name == "alpha";
}

inline std::string LabelText(const Expr& label, Budget* budget) {
  // f(x) and f(t) are one label: its arguments may be renamed.
  if (label.kind == Kind::kApply) {
    for (const Expr* c : label.children()) {
      if (c->kind != Kind::kSymbol ||
          (c != &label.child(0) && !IsArgumentName(c->text))) {
        return CanonicalText(label, budget).value_or("");
      }
    }
    return std::string(label.child(0).text);
  }
  if (IsShape(label)) return ShapeText(label);
  // |AB| is the length AB.
  if (label.kind == Kind::kFunction && IsFunction(label, Function::kAbs) &&
      label.child(0).kind == Kind::kMultiply) {
    return LabelText(label.child(0), budget);
  }
  if (label.kind == Kind::kText) return LabelKey(label.text);
  return CanonicalText(label, budget).value_or("");
}

// f(n), a_n: values that belong to their index.
inline bool IsIndexed(const Expr& label) {
  return label.kind == Kind::kApply ||
         (label.kind == Kind::kSymbol &&
          label.text.find('_') != std::string_view::npos);
}

// The letters that stand for integers in families of solutions.
inline bool IsParameterName(std::string_view name) {
  return name == "k" || name == "n" || name == "m" || name == "l" ||
         name == "ell";
}

// x and \theta, for which equations are solved; S and A are other things.
inline bool IsUnknown(const Expr& label) {
  if (label.kind != Kind::kSymbol) return false;
  const std::string_view name = label.text.substr(0, label.text.find('_'));
  if (name.size() == 1) {
    return name[0] >= 'a' && name[0] <= 'z' && !IsParameterName(name);
  }
  return name == "theta" || name == "alpha" || name == "beta" ||
         name == "varphi" || name == "phi" || name == "gamma" ||
         name == "omega";
}

inline const Expr* Stripped(const Expr* e, Arena* arena) {
  return SplitLabel(*e, arena).value;
}

}  // namespace assay::math

#endif  // VERIFIER_MATH_STRUCTURE_KINDS_H_
