#include "verifier/math/kept_findings.h"

#include "absl/hash/hash.h"

namespace assay::math {

std::string KeptFindings::Key(std::string_view gold, std::string_view answer,
                              const MathPolicy& policy) {
  std::string key;
  // The gold's size tells where the answer begins.
  if (gold.size() + answer.size() > kKeptKeyBytesMax) return key;
  static_assert(sizeof(MathPolicy) == 6, "every policy is part of the key");
  const unsigned flags =
      (policy.domain == MathPolicy::Domain::kComplex) | policy.strict << 1 |
      policy.strict_domain << 2 | policy.ordered_lists << 3 |
      policy.exact_decimals << 4 | policy.optional_constant << 5;
  key.reserve(3 + gold.size() + answer.size());
  key += static_cast<char>(flags);
  key += static_cast<char>(gold.size() & 0xff);
  key += static_cast<char>(gold.size() >> 8);
  key += gold;
  key += answer;
  return key;
}

size_t KeptFindings::SlotOf(std::string_view key) const {
  return absl::HashOf(key) % slots_.size();
}

const KeptFinding* KeptFindings::Find(std::string_view key) const {
  if (key.empty()) return nullptr;
  const KeptFinding& slot = slots_[SlotOf(key)];
  return slot.key == key ? &slot : nullptr;
}

void KeptFindings::Put(std::string_view key, const Finding& finding,
                       Fault fault) {
  if (key.empty()) return;
  KeptFinding& slot = slots_[SlotOf(key)];
  slot.key = key;
  slot.finding.outcome = finding.outcome;
  slot.finding.proof = finding.proof;
  slot.finding.rung = finding.rung;
  slot.finding.error_bound_log2 = finding.error_bound_log2;
  slot.fault = fault;
}

}  // namespace assay::math
