// Finds the final answer in a response (or a gold, which passes the same way).
//
//   Extraction x = Extract("... so \\boxed{42}.", ExtractOptions());
//   x.text;  // "42"
//   x.mark;  // "boxed"
//
// One linear pass; one candidate is judged, never "any match". Marks, the
// strongest first: boxed, an answer tag, ####, "answer is" and its kin in many
// languages, a lone formula, the last formula or number (marked as the last
// resort).
//
// Threads: pure. Bounds: texts of any size; what is extracted is at most
// kTextBytesMax or nothing.
#ifndef VERIFIER_MATH_EXTRACT_H_
#define VERIFIER_MATH_EXTRACT_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace assay::math {

struct ExtractOptions {
  // A bare answer or gold: the whole text where no mark is found.
  bool bare = false;
  // A choice letter is expected.
  bool choice = false;
};

struct Extraction {
  bool found = false;
  // The answer without delimiters; several boxes of one sentence are joined
  // by ", ".
  std::string text;
  std::string mark;  // E.g. "boxed", "####", "answer is", "last number".
  // Of the (first) box or phrase in the whole text.
  size_t begin_bytes = 0;
  size_t end_bytes = 0;
};

Extraction Extract(std::string_view text, const ExtractOptions& options);

}  // namespace assay::math

#endif  // VERIFIER_MATH_EXTRACT_H_
