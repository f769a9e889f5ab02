#include <algorithm>
#include <cmath>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "kernels/evaluator.h"

namespace assay::kernels {

std::string BallValue::Print() const {
  if (state == State::kUndefined) return "undefined";
  if (state == State::kUnknown) return "unknown";
  std::string text = absl::StrFormat("%.17g", re);
  if (im != 0) absl::StrAppend(&text, absl::StrFormat(" %+.17g i", im));
  if (radius != 0) absl::StrAppend(&text, absl::StrFormat(" +/- %.2g", radius));
  return text;
}

bool Disjoint(const BallValue& a, const BallValue& b) {
  if (!a.defined() || !b.defined()) return false;
  // Each difference and the sum of radii err by 2^-53, far less than the
  // margin; the larger part of a distance is at most the distance.
  const double apart = std::max(std::fabs(a.re - b.re), std::fabs(a.im - b.im));
  const double reach = (a.radius + b.radius) * (1 + 0x1p-50);
  if (apart * (1 - 0x1p-50) > reach) return true;
  const double distance = std::hypot(a.re - b.re, a.im - b.im);
  return std::isfinite(distance) && distance * (1 - 0x1p-48) > reach;
}

bool Overlap(const BallValue& a, const BallValue& b) {
  return a.defined() && b.defined() && !Disjoint(a, b);
}

std::optional<int> CertainSign(const BallValue& value) {
  if (!value.defined()) return std::nullopt;
  if (std::fabs(value.re) * (1 - 0x1p-50) > value.radius && value.im == 0) {
    return value.re > 0 ? 1 : -1;
  }
  if (value.re == 0 && value.im == 0 && value.radius == 0) return 0;
  return std::nullopt;
}

}  // namespace assay::kernels
