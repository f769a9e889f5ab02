// "(1, 2, 3) and its permutations": the tuples that such words stand for.
//
//   PermutedHead(text of "(1, 1, 2) and all permutations");   // "(1, 1, 2)"
//   WithPermutations(tree of "(1, 1, 2)", Permuted::kAll, &arena);
//   // (1, 1, 2), (1, 2, 1), (2, 1, 1)
//
// Threads: as the arena. Bounds: texts of kPermutedBytesMax, tuples of
// kPermutedMax items, kListedMax of them in all; what is longer stays words.
#ifndef VERIFIER_MATH_PERMUTATIONS_H_
#define VERIFIER_MATH_PERMUTATIONS_H_

#include <cstddef>
#include <string_view>

#include "verifier/math/expr.h"

namespace assay::math {

inline constexpr size_t kPermutedBytesMax = 2000;
inline constexpr size_t kPermutedMax = 5;
inline constexpr size_t kListedMax = 240;

enum class Permuted { kNo, kCyclically, kAll };

// What stands before the words, up to the last bracket, and what they say;
// kNo, and the whole text, where no such words end it.
std::string_view PermutedHead(std::string_view text, Permuted* how);

// A tuple, "(a, b, c) = (1, 2, 3)" or a list of these as the list of all that
// are meant, each once. Null for other trees, and where the arena is full.
const Expr* WithPermutations(const Expr& e, Permuted how, Arena* arena);

}  // namespace assay::math

#endif  // VERIFIER_MATH_PERMUTATIONS_H_
