// Signs that belong to the letter behind them: dx, \Delta v, \nabla f, and
// dy/dx, of which nothing says what y is.
//
//   NamedDifferentials(tree of "x\,dy - y\,dx", text, &arena);
//   // x [dy] - y [dx], where [dy] is one letter: not 0
//
// Threads: as the arena.
#ifndef VERIFIER_MATH_DIFFERENTIALS_H_
#define VERIFIER_MATH_DIFFERENTIALS_H_

#include <string_view>

#include "verifier/math/expr.h"

namespace assay::math {

// The tree with each of these as a letter of its own. `text` is what the
// tree was read from: d before a letter is one where nothing stands between.
// Null where the arena is full.
const Expr* NamedDifferentials(const Expr& e, std::string_view text,
                               Arena* arena);

}  // namespace assay::math

#endif  // VERIFIER_MATH_DIFFERENTIALS_H_
