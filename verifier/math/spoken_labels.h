// Values behind labels in words: "最大值为 5, 最小值为 -3", "\text{max} = 12".
//
//   WithSpokenLabels("最大值5，最小值-3");
//       // "\\text{最大值} = 5, \\text{最小值} = -3"
//   WithSpokenLabels("不是 5");   // ""
//
// Threads: pure. Bounds: texts up to kSpokenBytesMax.
#ifndef VERIFIER_MATH_SPOKEN_LABELS_H_
#define VERIFIER_MATH_SPOKEN_LABELS_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace assay::math {

inline constexpr size_t kSpokenBytesMax = 300;

// The text with its labels as the grammar knows them; empty where it has
// none, or where one denies, bounds or counts on.
std::string WithSpokenLabels(std::string_view text);

}  // namespace assay::math

#endif  // VERIFIER_MATH_SPOKEN_LABELS_H_
