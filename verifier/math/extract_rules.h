// The rules of extraction, a kind of mark each. Each takes the region in
// which an answer may stand and says where it stands, or found = false.
//
// Threads: pure. Each is linear in the region, or bounded by a constant.
#ifndef VERIFIER_MATH_EXTRACT_RULES_H_
#define VERIFIER_MATH_EXTRACT_RULES_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace assay::math {

// A place in the whole text.
struct Place {
  bool found = false;
  size_t begin = 0;
  size_t end = 0;
  const char* mark = "";
  // The text where it is not text[begin, end): several boxes joined.
  std::string joined = {};
};

// The last \boxed{...} that holds something, with the boxes of its sentence;
// \fbox and \boxed 5 too. A box that is cut off counts where no other is.
Place FindBox(std::string_view text, size_t from);

// Whether the last box holds nothing or is denied: "not \\boxed{2}".
bool HasVoidBox(std::string_view text, size_t from);

// <answer>42</answer>.
Place FindTag(std::string_view text, size_t from);

// "#### 42".
Place FindHashes(std::string_view text, size_t from);

// "The answer is", "Answer:", "A:", a heading "Final answer", and their kin
// in other languages; the last one whose answer is no mere prose.
Place FindPhrase(std::string_view text, size_t from, bool choice);

// The last **bold** value or the last formula, whichever is later.
Place FindFormula(std::string_view text, size_t from);

// The last number, the last resort.
Place FindNumber(std::string_view text, size_t from);

// A lone letter that chooses: "(B)", "B.", "B不是 A".
Place FindChoice(std::string_view text, size_t from);

// Without white space, dollar signs, asterisks, quotes and punctuation around
// it.
void Trim(std::string_view text, size_t* begin, size_t* end);

// Two or more words of three letters in a row, outside of commands.
bool LooksLikeProse(std::string_view text);

// Length in bytes of the decimal digit of any script at `at`; 0 for none.
size_t DigitAt(std::string_view text, size_t at);

}  // namespace assay::math

#endif  // VERIFIER_MATH_EXTRACT_RULES_H_
