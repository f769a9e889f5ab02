// Conditions beside what they belong to: "a_n = 2n - 1 (n \in N)", "f(x) = x
// for all x", {x : x = 2k, k \in Z}.
//
//   ConditionApart(tree of "2k (k \in \mathbb{Z})", &arena);
//       // the list 2k, k \in \mathbb{Z}
//   IsIdleRemark(tree of "c is a constant", equation);   // true
//
// Threads: as the arena. Errors: null where the arena is full.
#ifndef VERIFIER_MATH_CONDITIONS_H_
#define VERIFIER_MATH_CONDITIONS_H_

#include <string>
#include <string_view>

#include "verifier/math/expr.h"
#include "verifier/math/meaning.h"

namespace assay::math {

// A relation in brackets behind the last factor, which the grammar reads as
// one more factor, as a list's second item; `e` itself where there is none.
const Expr* ConditionApart(const Expr& e, Arena* arena);

// "all x \ne 0" as "x \ne 0"; `e` itself where no such words begin it.
const Expr* WithoutForAll(const Expr& e, Arena* arena);

// Whether `remark`, an item behind the equation `first`, only says which
// letters are bound or constant: "for all real x", "c is a constant".
bool IsIdleRemark(const Expr& remark, const Expr& first);

// "c is any real number": the letter; empty for other words.
std::string RealInWords(std::string_view text);

// {x : x = 2k, k \in Z} as 2k, {x : x \ne 2k, k \in Z} as x \ne 2k, the
// letter k declared; `e` itself for other sets.
const Expr* WithoutElement(const Expr& e, Declared* declared);

// Z, N and N^*.
bool IsIntegral(NamedSet set);
// "k \in \mathbb{Z}", "k is an integer": the letter; empty otherwise.
std::string IntegerDeclaration(const Expr& e);
// Whether `e`, which declares integers, leaves none out.
bool DeclaresAll(const Expr& e);

}  // namespace assay::math

#endif  // VERIFIER_MATH_CONDITIONS_H_
