// Texts that read like arithmetic and are none: times of the day, dates,
// quotients with a remainder, ranges.
//
//   SpelledAlike("June 5th", "5 June");        // "june 5" and "june 5"
//   SpelledAlike("2020-01-02", "2019-01-01");  // the texts themselves
//   SpelledAlike("5-7 km", "6-8 km");          // "5 - 7 km" and "6 - 8 km"
//   SpelledAlike("5-7", "-2");                 // nothing: a difference
//
// Threads: pure.
#ifndef VERIFIER_MATH_SPELLED_ALIKE_H_
#define VERIFIER_MATH_SPELLED_ALIKE_H_

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace assay::math {

// Both as words, which are the same where they mean the same; nothing where
// they are not both of one of these kinds.
std::optional<std::pair<std::string, std::string>> SpelledAlike(
    std::string_view gold, std::string_view answer);

}  // namespace assay::math

#endif  // VERIFIER_MATH_SPELLED_ALIKE_H_
