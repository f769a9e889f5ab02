// Reads an answer, in LaTeX or plain text, as a typed tree.
//
//   Arena arena;
//   auto e = Parse(R"(x \in (-\infty, 3])", ParseOptions(), &arena);
//   if (!e.ok()) ...  // INVALID_ARGUMENT: where and what; the text is then
//                     // no mathematics, perhaps words.
//
// A partial parse is a failed parse: nothing of the text is dropped but white
// space, $ and \( \), sizes (\left, \big), fonts (\mathbf, \displaystyle), a
// final full stop, and the words "only", "exactly" and "just". Linear in the
// text but for bounded look-ahead; never evaluates.
//
// How what could be read in two ways is read:
//   1/2x           (1/2) x; from left to right
//   \sin 2x \cos x the argument ends at an operator or the next function
//   -2x, -5 cm     the sign stands before the whole term
//   1\frac{1}{2}   a mixed number where the fraction is proper
//   x(t) = ...     an application alone on the left of an equals sign, of f,
//                  g, h and the like, and of several arguments; else a product
//   {1, 2}         a set; {x} LaTeX's invisible brackets
//   (1,234)        a pair: commas group digits outside of brackets only, or
//                  where another comma is followed by a space
//   a<1 or a>2     kOr; "or" between values a kList of detail 1; "and"
//                  between inequalities kAnd, between values a kList
//   5 km           a unit; 5 m, in plain letters, a product
//   12 red balls   a kQuantity of the unit "red balls"
//   words alone    kText; words beside mathematics fail
//
// Errors: INVALID_ARGUMENT (byte offset and what was expected);
// RESOURCE_EXHAUSTED (a bound of Arena, or kTextBytesMax).
// Threads: pure.
#ifndef VERIFIER_MATH_PARSE_H_
#define VERIFIER_MATH_PARSE_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "verifier/math/expr.h"

namespace assay::math {

inline constexpr size_t kTextBytesMax = 1 << 16;

struct ParseOptions {
  // How "1,234" is read. The gold fixes the reading of both sides.
  enum class Comma : uint8_t { kThousands, kDecimal, kSeparator };
  Comma comma = Comma::kThousands;
  // "(B)", "B." and "B" are choices, not symbols.
  bool choice = false;
};

absl::StatusOr<const Expr*> Parse(std::string_view text,
                                  const ParseOptions& options, Arena* arena);

// The tree as text that Parse reads back to an equal tree (kText excepted).
std::string Print(const Expr& expr);
// The tree as an indented outline, a node a line, for `assay explain`.
std::string Outline(const Expr& expr);
// The tree drawn with lines, a part a line with its LaTeX; small parts are not
// taken apart. At most kDrawnLinesMax lines.
inline constexpr int kDrawnLinesMax = 120;
std::string Drawing(const Expr& expr);
// Structural equality, spans apart.
bool Same(const Expr& a, const Expr& b);

}  // namespace assay::math

#endif  // VERIFIER_MATH_PARSE_H_
