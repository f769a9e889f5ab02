#include "verifier/math/parse.h"

namespace assay::math {

std::string Print(const Expr& expr) { return Outline(expr); }

}  // namespace assay::math
