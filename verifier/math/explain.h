// What was found on the way, for `assay explain`.
//
// Threads: plain values. Bounds: kLinesMax lines of kLineBytesMax bytes.
#ifndef VERIFIER_MATH_EXPLAIN_H_
#define VERIFIER_MATH_EXPLAIN_H_

#include <string>
#include <string_view>
#include <vector>

#include "verifier/math/candidates.h"
#include "verifier/math/extract.h"
#include "verifier/math/finding.h"

namespace assay::math {

// At most 4 KiB of a text, cut at a character.
std::string Clipped(std::string_view text);

class Explanation {
 public:
  explicit Explanation(bool wanted) : wanted_(wanted) {}

  void Question(std::string_view text);
  void Answer(const Extraction& answer);
  void Gold(const Extraction& gold);
  void Reading(const math::Reading& reading);
  void Found(const Finding& finding);
  void Line(std::string line);
  // Where the ladder writes; null where no explanation is wanted.
  std::vector<std::string>* trace() { return wanted_ ? &trace_ : nullptr; }
  std::vector<std::string> Take();

 private:
  static constexpr size_t kLinesMax = 400;
  void FlushTrace();
  void Extracted(std::string_view side, const Extraction& x);
  void Block(std::string_view title, std::string_view text);

  bool wanted_;
  std::vector<std::string> lines_;
  std::vector<std::string> trace_;
};

}  // namespace assay::math

#endif  // VERIFIER_MATH_EXPLAIN_H_
