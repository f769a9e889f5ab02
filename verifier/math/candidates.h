// The ways in which a pair of texts can be read.
//
//   std::vector<Reading> r = Readings("1000.99", "1000,99", &arena, &fault);
//   // thousands; then the decimal comma
//
// Threads: as the arena. Bounds: kReadingsMax pairs.
#ifndef VERIFIER_MATH_CANDIDATES_H_
#define VERIFIER_MATH_CANDIDATES_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "verifier/math/expr.h"

namespace assay::math {

inline constexpr size_t kReadingsMax = 4;

struct Reading {
  const Expr* gold = nullptr;
  const Expr* answer = nullptr;
  std::string note;  // Empty for the usual reading.
  // Equality in this reading is no more than a doubt.
  bool doubtful = false;
};

// What hinders a reading.
enum class Fault : uint8_t { kNone, kGold, kAnswer };

// The usual reading first. Empty where a side is no mathematics; words stand
// as kText where the other side parses. `fault` says which side did not.
std::vector<Reading> Readings(std::string_view gold, std::string_view answer,
                              Arena* arena, Fault* fault);

}  // namespace assay::math

#endif  // VERIFIER_MATH_CANDIDATES_H_
