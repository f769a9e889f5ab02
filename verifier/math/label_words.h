// Labels in words: of what "radius = 3", "stable: x = 1" and "pole at z = 1"
// speak.
//
//   CompareLabelWords("the mode", "volume");        // kOther
//   CompareLabelWords("Area", "area of circle");    // kAlike
//   CompareLabelWords("stable", "unstable at");     // kOpposite
//   SaysNot("all x except x");                      // true
//
// Threads: pure.
#ifndef VERIFIER_MATH_LABEL_WORDS_H_
#define VERIFIER_MATH_LABEL_WORDS_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace assay::math {

enum class LabelWords : uint8_t {
  kAlike,     // The one says no more than the other, or nothing.
  kOther,     // Each says what the other does not.
  kOpposite,  // The one denies what the other says.
};
LabelWords CompareLabelWords(std::string_view a, std::string_view b);

// Of labels that mean the same in one spelling: "max" as "maximum".
std::string LabelKey(std::string_view label);

// "not", "except" and their kin: the value is what it is not.
bool SaysNot(std::string_view label);

}  // namespace assay::math

#endif  // VERIFIER_MATH_LABEL_WORDS_H_
