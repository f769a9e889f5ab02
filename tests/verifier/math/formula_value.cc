// The value of a formula by Arb, independently of the verifier.
#include <acb.h>
#include <acb_hypgeom.h>

#include "tests/verifier/math/formula.h"

namespace assay::math {
namespace {

constexpr slong kBits = 192;
constexpr int kPoints = 4;

struct Ball {
  Ball() { acb_init(z); }
  ~Ball() { acb_clear(z); }
  Ball(const Ball&) = delete;
  Ball& operator=(const Ball&) = delete;
  acb_t z;
};

bool IsReal(const acb_t z) { return acb_is_real(z) != 0; }

}  // namespace

// False where the value is undefined on the reals, or not surely defined.
bool Formulas::Call(Op op, slong bits, acb_t z) const {
  if (!IsReal(z)) return false;
  arb_ptr x = acb_realref(z);
  switch (op) {
    case Op::kSqrt:
      if (!arb_is_nonnegative(x)) return false;
      arb_sqrt(x, x, bits);
      return true;
    case Op::kCubeRoot: {
      if (arb_contains_zero(x)) return false;
      const bool negative = arb_is_negative(x) != 0;
      if (negative) arb_neg(x, x);
      arb_root_ui(x, x, 3, bits);
      if (negative) arb_neg(x, x);
      return true;
    }
    case Op::kSin:
      arb_sin(x, x, bits);
      return true;
    case Op::kCos:
      arb_cos(x, x, bits);
      return true;
    case Op::kTan:
      arb_tan(x, x, bits);
      return arb_is_finite(x) != 0;
    case Op::kLn:
      if (!arb_is_positive(x)) return false;
      arb_log(x, x, bits);
      return true;
    case Op::kExp:
      arb_exp(x, x, bits);
      return arb_is_finite(x) != 0;
    case Op::kAbs:
      arb_abs(x, x);
      return true;
    case Op::kArctan:
      arb_atan(x, x, bits);
      return true;
    case Op::kSinh:
      arb_sinh(x, x, bits);
      return arb_is_finite(x) != 0;
    case Op::kCosh:
      arb_cosh(x, x, bits);
      return arb_is_finite(x) != 0;
    default:
      return false;
  }
}

bool Formulas::Enclose(int e, const std::array<int64_t, kVariables>& point,
                       slong bits, acb_t value) const {
  const Node& n = nodes_[e];
  Ball b;
  if (n.count > 0 && !Enclose(n.child[0], point, bits, value)) return false;
  if (n.count > 1 && !Enclose(n.child[1], point, bits, b.z)) return false;
  switch (n.op) {
    case Op::kNumber:
      acb_set_si(value, n.number);
      acb_div_si(value, value, n.denominator, bits);
      return true;
    case Op::kVariable:
      acb_set_si(value, point[n.number]);
      acb_mul_2exp_si(value, value, -16);
      return true;
    case Op::kPi:
      acb_const_pi(value, bits);
      return true;
    case Op::kE:
      acb_zero(value);
      arb_const_e(acb_realref(value), bits);
      return true;
    case Op::kI:
      acb_onei(value);
      return true;
    case Op::kAdd:
      acb_add(value, value, b.z, bits);
      break;
    case Op::kMultiply:
      acb_mul(value, value, b.z, bits);
      break;
    case Op::kNegate:
      acb_neg(value, value);
      break;
    case Op::kDivide:
      if (acb_contains_zero(b.z)) return false;
      acb_div(value, value, b.z, bits);
      break;
    case Op::kPower:
      if (n.number <= 0 && acb_contains_zero(value)) return false;
      acb_pow_si(value, value, n.number, bits);
      break;
    default:
      return Call(n.op, bits, value) && acb_is_finite(value);
  }
  return acb_is_finite(value) != 0;
}

bool Formulas::ProvedDifferent(int a, int b) {
  Ball x, y;
  for (int i = 0; i < kPoints; ++i) {
    std::array<int64_t, kVariables> point;
    for (int64_t& c : point) {
      c = 1 + static_cast<int64_t>(Pick(4 << 16));
      if (i % 2 == 1 && Chance(50)) c = -c;
    }
    if (Enclose(a, point, kBits, x.z) && Enclose(b, point, kBits, y.z) &&
        !acb_overlaps(x.z, y.z)) {
      return true;
    }
    if (variables_ == 0) break;
  }
  return false;
}

}  // namespace assay::math
