// Reads one side in the light of the other: R beside \mathbb{R} is the set,
// 2i + 3j beside a vector is one, C(5, 2) beside a number is a binomial.
//
//   Resolve(&gold, &answer, &arena, &notes);   // either may be replaced
//
// A symbol is read so only where its plain reading could not be equal, and
// the reading is said in `notes`.
//
// Threads: as the arena. Errors: sides stay as they are where it is full.
#ifndef VERIFIER_MATH_RESOLVE_H_
#define VERIFIER_MATH_RESOLVE_H_

#include <string>
#include <vector>

#include "verifier/math/expr.h"

namespace assay::math {

void Resolve(const Expr** gold, const Expr** answer, Arena* arena,
             std::vector<std::string>* notes);

}  // namespace assay::math

#endif  // VERIFIER_MATH_RESOLVE_H_
