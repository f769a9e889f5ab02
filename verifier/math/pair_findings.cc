#include "verifier/math/pair_findings.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace assay::math {
namespace {

constexpr double kBitsMax = 255;

// By the number of the rung.
constexpr std::array<std::string_view, 8> kRungs = {
    "", "text", "canonical", "exact", "structure", "residue", "ball", "arb"};

}  // namespace

Rung RungOf(std::string_view name) {
  const auto* const found = std::find(kRungs.begin(), kRungs.end(), name);
  return found == kRungs.end() ? Rung::kUnspecified
                               : static_cast<Rung>(found - kRungs.begin());
}

PairFinding FindingOf(const Decision& decision) {
  PairFinding finding;
  finding.verdict = decision.verdict;
  finding.cause = decision.cause;
  if (!decision.finding) return finding;
  finding.proof = decision.finding->proof;
  finding.rung = RungOf(decision.finding->rung);
  if (finding.proof == Proof::kResidue) {
    finding.error_bound_bits = static_cast<uint8_t>(std::clamp(
        std::floor(-decision.finding->error_bound_log2), 0.0, kBitsMax));
  }
  return finding;
}

PairFinding Refused(Cause cause) {
  PairFinding finding;
  finding.verdict = Verdict::kNoVerdict;
  finding.cause = cause;
  return finding;
}

}  // namespace assay::math
