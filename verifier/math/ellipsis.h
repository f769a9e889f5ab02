// Writes out what dots stand for: 1, 3, \ldots, 9 and a_1 + \cdots + a_n at a
// given n.
//
//   WrittenOut(tree of 1 + 2 + \cdots + n, "n", 4, &arena, &budget);
//   // 1 + 2 + 3 + 4
//
// The pattern comes from the terms before the dots: integers and subscripts
// step as they do there, or numbers grow by a constant factor; it must reach
// the term after the dots.
//
// Errors: null where no pattern fits or a bound is passed. Threads: as the
// arena. Bounds: kWrittenTermsMax terms.
#ifndef VERIFIER_MATH_ELLIPSIS_H_
#define VERIFIER_MATH_ELLIPSIS_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "verifier/math/exact.h"
#include "verifier/math/expr.h"

namespace assay::math {

inline constexpr size_t kWrittenTermsMax = 256;
// How much of a list without an end is written.
inline constexpr size_t kEndlessTerms = 12;

// `name` (empty for none) takes the value n, in subscripts too; sums and
// products over subscripts are written out.
const Expr* WrittenOut(const Expr& e, const std::string& name, int64_t n,
                       Arena* arena, Budget* budget);

// The letter that the term after the dots depends on; empty for none.
std::string LetterOfEllipsis(const Expr& e);

}  // namespace assay::math

#endif  // VERIFIER_MATH_ELLIPSIS_H_
