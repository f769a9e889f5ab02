// The value in a sentence: "the value is 3", "x is at least 3", "option (B)".
//
//   ValueOfProse("The area is 12 cm");   // "12 cm"
//   ValueOfProse("x is at most 3");      // "x \\le 3"
//   ValueOfProse("it is not 3");         // ""
//   CanonicalPhrase("dne");              // "does not exist"
//
// Sentences that hedge or deny have no value.
//
// Threads: pure. Bounds: texts up to kProseBytesMax.
#ifndef VERIFIER_MATH_PROSE_H_
#define VERIFIER_MATH_PROSE_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace assay::math {

inline constexpr size_t kProseBytesMax = 400;

// Empty where the text is no sentence of this kind.
std::string ValueOfProse(std::string_view text);

// Whether two sentences that ValueOfProse reads speak of other things: "the
// radius is 3" and "the diameter is 3". Where one says no more than the other,
// or nothing, as "the answer is 3", they do not.
bool SpeakOfOthers(std::string_view a, std::string_view b);

// Of normalised words: what a sentence says of its subject, "odd" of
// "function f is odd"; empty where it hedges or denies.
std::string SaidOfSubject(std::string_view words);

// Of normalised words: one spelling of what is said in many ways; the words
// themselves where they are nothing special.
std::string CanonicalPhrase(std::string words);

// "no real roots" and "no integer solutions": there may be others. Where one
// side says no more than "no solutions" they do not differ.
bool LackOtherThings(std::string_view a, std::string_view b);

// "5 or more", "no fewer than 5" as "at least 5"; empty for other words.
std::string BoundInWords(std::string_view words);

}  // namespace assay::math

#endif  // VERIFIER_MATH_PROSE_H_
