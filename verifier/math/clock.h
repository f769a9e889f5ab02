// Times of the day: "3:45 PM", "15:45", "\text{8 a.m.}", and days of the year.
//
//   CompareClocks("3:45 PM", "15:45")->first;   // "15:45", as ->second
//   DateInWords("5th of june 2020");            // "june 5 2020"
//
// Threads: pure.
#ifndef VERIFIER_MATH_CLOCK_H_
#define VERIFIER_MATH_CLOCK_H_

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace assay::math {

// Both times in one spelling, where both texts are times and at least one
// says a.m. or p.m.; nothing otherwise, as 3:45 alone may be a ratio. A time
// that leaves out its half of the day is taken in the other's.
std::optional<std::pair<std::string, std::string>> CompareClocks(
    std::string_view gold, std::string_view answer);

// Of normalised words: month, day and perhaps year in one spelling; empty for
// other words.
std::string DateInWords(std::string_view words);

}  // namespace assay::math

#endif  // VERIFIER_MATH_CLOCK_H_
