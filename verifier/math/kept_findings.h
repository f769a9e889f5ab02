// What was found lately of the same two texts under the same policy?
//
//   KeptFindings kept(kKeptFindingsCount);
//   const std::string key = KeptFindings::Key(gold, answer, policy);
//   if (const KeptFinding* f = kept.Find(key)) ...
//   kept.Put(key, finding, fault);
//
// The texts are those after extraction, so that the candidates of a problem
// whose final answers agree share what is found, whatever leads up to them.
// Kept is what decides, without reasons, notes and witness. Whole texts are
// compared: that two of them hash alike costs time, never a verdict.
//
// Bounds: a slot a hash, the latest stays; longer keys are not kept.
// Threads: one at a time.
#ifndef VERIFIER_MATH_KEPT_FINDINGS_H_
#define VERIFIER_MATH_KEPT_FINDINGS_H_

#include <string>
#include <string_view>
#include <vector>

#include "verifier/math/candidates.h"
#include "verifier/math/finding.h"
#include "verifier/sample.h"

namespace assay::math {

inline constexpr size_t kKeptFindingsCount = 4096;
inline constexpr size_t kKeptKeyBytesMax = 512;

struct KeptFinding {
  std::string key;  // Empty: nothing is here.
  Finding finding;
  Fault fault = Fault::kNone;
};

class KeptFindings {
 public:
  explicit KeptFindings(size_t count) : slots_(count) {}

  // Different for two different questions; empty where it would be too long.
  static std::string Key(std::string_view gold, std::string_view answer,
                         const MathPolicy& policy);
  // Null: nothing is kept of it. Empty keys have nothing.
  const KeptFinding* Find(std::string_view key) const;
  void Put(std::string_view key, const Finding& finding, Fault fault);

 private:
  size_t SlotOf(std::string_view key) const;

  std::vector<KeptFinding> slots_;
};

}  // namespace assay::math

#endif  // VERIFIER_MATH_KEPT_FINDINGS_H_
