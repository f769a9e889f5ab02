// Folds signs that look different and mean the same into ASCII and LaTeX:
// x², ½, ≤, π, full-width and non-Latin digits, HTML marks, lost escapes,
// doubled backslashes.
//
//   Folded f;
//   Fold("x² ≤ ½", &arena, &f);  // f.text == R"(x^{2} \le \frac{1}{2})"
//
// One pass; the result is at most kFoldFactor times as long as the text.
// Threads: pure.
#ifndef VERIFIER_MATH_FOLD_H_
#define VERIFIER_MATH_FOLD_H_

#include <cstdint>
#include <string_view>

#include "verifier/math/expr.h"

namespace assay::math {

inline constexpr size_t kFoldFactor = 8;

struct Folded {
  std::string_view text;  // The text itself where nothing had to be folded.
  // Of each byte of `text`, and of its end, the offset in the original; null
  // where they agree.
  const uint32_t* offsets = nullptr;
};

// False where the arena is full.
bool Fold(std::string_view text, Arena* arena, Folded* folded);

}  // namespace assay::math

#endif  // VERIFIER_MATH_FOLD_H_
