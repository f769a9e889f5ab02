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
// in other languages; the last one whose answer is no mere prose. *denied is
// the last one that takes its answer back: "the answer is not", "isn't".
Place FindPhrase(std::string_view text, size_t from, bool choice,
                 Place* denied);

// "The correct option is C", "so option C" at the end.
Place FindOption(std::string_view text, size_t from);

// The last **bold** value or the last formula, whichever is later.
Place FindFormula(std::string_view text, size_t from);

// The last number, the last resort.
Place FindNumber(std::string_view text, size_t from);

// A lone letter that chooses: "(B)", "B.", "B不是 A".
Place FindChoice(std::string_view text, size_t from);

inline bool IsLetter(char c) {
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'z';
}
// A letter, or a byte of one beyond ASCII.
inline bool IsWordByte(char c) {
  return IsLetter(c) || static_cast<unsigned char>(c) >= 0x80;
}

// Whether words right before a number deny it.
bool DeniesNext(std::string_view words);
// Whether they deny it, bound it or operate on it:
// "definitely not", "at least", "half of".
bool QualifiesNext(std::string_view words);
// The same of words right after it: "or more".
bool QualifiesPrevious(std::string_view words);
// Whether the sentence before `at` denies what follows: "it is not true that".
bool DeniesClaim(std::string_view text, size_t from, size_t at);
// Whether the sentence before `at` sets a condition for the claim there that
// does not hold: "if x were 3, ... would be", "if x is 3, .... But x is 4".
bool IsTakenBack(std::string_view text, size_t from, size_t at,
                 std::string_view claim, size_t end);
// Up to where a denial in [begin, end) reaches: "17" of "not 17 but 18".
size_t DenialEnd(std::string_view text, size_t begin, size_t end);

// The last formula with those before it that it is listed with: items of one
// label, "$x = -1$ and $x = 3$", or after a plural, "are $-1$ and $3$".
Place WithEarlierItems(std::string_view text, size_t from, const Place& last,
                       std::string_view open, std::string_view close);
// Where the last equation of aligned rows begins; rows that begin with a sign
// of equality continue the row before.
size_t LastEquation(std::string_view text, size_t begin, size_t end);

// The end of the answer in [begin, end) without a last remark in brackets that
// adds nothing: "(simplified)", "(about 58.3%)" after 7/12.
size_t BeforeRemark(std::string_view text, size_t begin, size_t end);

// Without white space, dollar signs, asterisks, quotes and punctuation around
// it.
void Trim(std::string_view text, size_t* begin, size_t* end);

// Two or more words of three letters in a row, outside of commands.
bool LooksLikeProse(std::string_view text);

// Length in bytes of the decimal digit of any script at `at`; 0 for none.
size_t DigitAt(std::string_view text, size_t at);

}  // namespace assay::math

#endif  // VERIFIER_MATH_EXTRACT_RULES_H_
