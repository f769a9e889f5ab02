#include "verifier/math/finding.h"

#include <algorithm>
#include <cmath>

namespace assay::math {
namespace {

// The weaker evidence of equality has the higher number.
int Weakness(Proof proof) {
  switch (proof) {
    case Proof::kIdentical:
      return 0;
    case Proof::kResidue:
      return 1;
    case Proof::kNumeric:
      return 2;
    default:
      return 3;
  }
}

}  // namespace

Finding Both(Finding a, Finding b) {
  if (a.different()) return a;
  if (b.different()) return b;
  if (a.undecided()) return a;
  if (b.undecided()) return b;
  double bound = 0;
  if (a.error_bound_log2 != 0 && b.error_bound_log2 != 0) {
    const double high = std::max(a.error_bound_log2, b.error_bound_log2);
    const double low = std::min(a.error_bound_log2, b.error_bound_log2);
    bound = high + std::log2(1 + std::exp2(low - high));
  } else {
    bound = a.error_bound_log2 + b.error_bound_log2;
  }
  Finding& weaker = Weakness(a.proof) >= Weakness(b.proof) ? a : b;
  Finding& other = &weaker == &a ? b : a;
  weaker.error_bound_log2 =
      weaker.proof == Proof::kResidue ? bound : weaker.error_bound_log2;
  for (std::string& note : other.notes) {
    if (std::find(weaker.notes.begin(), weaker.notes.end(), note) ==
        weaker.notes.end()) {
      weaker.notes.push_back(std::move(note));
    }
  }
  return std::move(weaker);
}

}  // namespace assay::math
