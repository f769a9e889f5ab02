#include "kernels/exact.h"

#include <flint/fmpz.h>
#include <flint/ulong_extras.h>

#include <cmath>
#include <limits>
#include <optional>

namespace assay::kernels {
namespace {

// Trial division goes up to here; what is left must fit one word.
constexpr uint64_t kTrialMax = 4096;
// Beyond it a perfect power is not looked for.
constexpr flint_bitcnt_t kPerfectPowerBitsMax = 2048;
constexpr slong kLeafPrecisionBits = 128;

// Takes the primes of n > 0 with the sign of their exponent; false where a
// part is too large to split.
bool TakeFactors(fmpz_t n, int64_t sign,
                 std::vector<SurdImmediate::Factor>* factors) {
  // One word is n_factor's own business.
  const uint64_t trial_end = fmpz_abs_fits_ui(n) ? 0 : kTrialMax;
  for (uint64_t p = 2; p < trial_end; p = n_nextprime(p, 1)) {
    fmpz_t prime;
    fmpz_init_set_ui(prime, p);
    const slong times = fmpz_remove(n, n, prime);
    fmpz_clear(prime);
    if (times > 0) factors->push_back({p, sign * times});
  }
  if (fmpz_is_one(n)) return true;
  int64_t power = 1;
  if (fmpz_bits(n) > kPerfectPowerBitsMax) return false;
  if (!fmpz_abs_fits_ui(n)) {
    fmpz_t root;
    fmpz_init(root);
    power = fmpz_is_perfect_power(root, n);
    if (power > 0) fmpz_swap(n, root);
    fmpz_clear(root);
    if (power == 0 || !fmpz_abs_fits_ui(n)) return false;
  }
  n_factor_t found;
  n_factor_init(&found);
  n_factor(&found, fmpz_get_ui(n), 1);
  for (int i = 0; i < found.num; ++i) {
    factors->push_back({found.p[i], sign * power * found.exp[i]});
  }
  return true;
}

void SetTurn(fmpq_t q, const Turn& turn) {
  // In half turns, which Arb's functions count in.
  fmpq_set_si(q, turn.numerator, turn.denominator);
  fmpq_mul_2exp(q, q, 1);
}

// The double next to x, and a bound of what it misses of all of x.
double RoundPart(const arb_t x, double* rad) {
  const double mid = arf_get_d(arb_midref(x), ARF_RND_NEAR);
  if (!std::isfinite(mid)) {
    *rad = std::numeric_limits<double>::infinity();
    return std::numeric_limits<double>::quiet_NaN();
  }
  arb_t rest;
  arb_init(rest);
  arf_t d;
  arf_init(d);
  arf_set_d(d, mid);
  arb_sub_arf(rest, x, d, kLeafPrecisionBits);
  mag_t bound;
  mag_init(bound);
  arb_get_mag(bound, rest);
  *rad = mag_get_d(bound);
  mag_clear(bound);
  arf_clear(d);
  arb_clear(rest);
  return mid;
}

}  // namespace

void SetInteger(fmpz_t z, const Limbs& limbs) {
  if (limbs.empty()) {
    fmpz_zero(z);
  } else {
    fmpz_set_ui_array(z, limbs.data(), static_cast<slong>(limbs.size()));
  }
}

void SetRational(fmpq_t q, const Rational& value) {
  SetInteger(fmpq_numref(q), value.numerator);
  SetInteger(fmpq_denref(q), value.denominator);
  if (value.negative) fmpz_neg(fmpq_numref(q), fmpq_numref(q));
  fmpq_canonicalise(q);
}

void SetEnclosure(arb_t x, const Rational& value, slong precision_bits) {
  fmpq_t q;
  fmpq_init(q);
  SetRational(q, value);
  if (fmpz_is_one(fmpq_denref(q))) {
    arb_set_round_fmpz(x, fmpq_numref(q), precision_bits);
  } else {
    arb_set_fmpq(x, q, precision_bits);
  }
  fmpq_clear(q);
}

void Factor(SurdImmediate* surd) {
  fmpq_t q;
  fmpq_init(q);
  SetRational(q, surd->radicand);
  surd->factors.clear();
  surd->factored = TakeFactors(fmpq_numref(q), 1, &surd->factors) &&
                   TakeFactors(fmpq_denref(q), -1, &surd->factors);
  if (!surd->factored) surd->factors.clear();
  fmpq_clear(q);
}

void EncloseLeaf(arb_t re, arb_t im, const Tape::Parts& parts,
                 const Instruction& leaf, slong precision_bits) {
  fmpq_t q;
  fmpq_init(q);
  switch (leaf.op) {
    case Op::kConstant:
      SetEnclosure(re, parts.constants[leaf.a], precision_bits);
      break;
    case Op::kSurd:
      SetEnclosure(re, parts.surds[leaf.a].radicand, precision_bits);
      arb_root_ui(re, re, parts.surds[leaf.a].index, precision_bits);
      break;
    case Op::kPi:
      arb_const_pi(re, precision_bits);
      break;
    case Op::kE:
      arb_const_e(re, precision_bits);
      break;
    case Op::kI:
      arb_one(im);
      break;
    case Op::kCosTurn:
      SetTurn(q, parts.turns[leaf.a]);
      arb_cos_pi_fmpq(re, q, precision_bits);
      break;
    case Op::kSinTurn:
      SetTurn(q, parts.turns[leaf.a]);
      arb_sin_pi_fmpq(re, q, precision_bits);
      break;
    case Op::kRootOfUnity:
      SetTurn(q, parts.turns[leaf.a]);
      arb_sin_cos_pi_fmpq(im, re, q, precision_bits);
      break;
    default:
      arb_indeterminate(re);
  }
  fmpq_clear(q);
}

LeafBall RoundOutwards(const arb_t re, const arb_t im) {
  LeafBall ball;
  double re_rad = 0, im_rad = 0;
  ball.re = RoundPart(re, &re_rad);
  ball.im = RoundPart(im, &im_rad);
  ball.rad = re_rad == 0   ? im_rad
             : im_rad == 0 ? re_rad
                           : (re_rad + im_rad) * (1 + 0x1p-50);
  return ball;
}

namespace {

// The common constants without a detour: quotients of two integers of at
// most 53 bits. The remainder of a division is exact.
std::optional<LeafBall> BallOfSmall(const Rational& r) {
  constexpr uint64_t kMax = uint64_t{1} << 53;
  if (r.denominator.size() != 1 || r.denominator[0] > kMax ||
      r.numerator.size() > 1) {
    return std::nullopt;
  }
  const uint64_t n = r.numerator.empty() ? 0 : r.numerator[0];
  if (n > kMax) return std::nullopt;
  const double numerator = static_cast<double>(n);
  const double denominator = static_cast<double>(r.denominator[0]);
  const double x = numerator / denominator;
  const double rest = std::fabs(std::fma(x, denominator, -numerator));
  return LeafBall{r.negative && n != 0 ? -x : x, 0,
                  rest / denominator * (1 + 0x1p-50)};
}

// Square roots of integers of at most 53 bits. x is the double next to the
// root r, so n - x^2 fits a double and |r - x| = |n - x^2| / (r + x).
std::optional<LeafBall> BallOfSmallRoot(const SurdImmediate& surd) {
  const Rational& r = surd.radicand;
  if (surd.index != 2 || r.denominator.size() != 1 || r.denominator[0] != 1 ||
      r.numerator.size() != 1 || r.numerator[0] == 0 ||
      r.numerator[0] > uint64_t{1} << 53) {
    return std::nullopt;
  }
  const double n = static_cast<double>(r.numerator[0]);
  const double x = std::sqrt(n);
  const double rest = std::fabs(std::fma(x, x, -n));
  return LeafBall{x, 0, rest / (2 * x) * (1 + 0x1p-50)};
}

}  // namespace

LeafBall BallOfLeaf(const Tape::Parts& parts, const Instruction& leaf) {
  switch (leaf.op) {
    case Op::kConstant:
      if (const auto small = BallOfSmall(parts.constants[leaf.a])) {
        return *small;
      }
      break;
    case Op::kSurd:
      if (const auto small = BallOfSmallRoot(parts.surds[leaf.a])) {
        return *small;
      }
      break;
    case Op::kPi: {
      static const LeafBall pi = SlowBallOfLeaf(parts, leaf);
      return pi;
    }
    case Op::kE: {
      static const LeafBall e = SlowBallOfLeaf(parts, leaf);
      return e;
    }
    default:
      break;
  }
  return SlowBallOfLeaf(parts, leaf);
}

LeafBall SlowBallOfLeaf(const Tape::Parts& parts, const Instruction& leaf) {
  arb_t re, im;
  arb_init(re);
  arb_init(im);
  EncloseLeaf(re, im, parts, leaf, kLeafPrecisionBits);
  const LeafBall ball = RoundOutwards(re, im);
  arb_clear(re);
  arb_clear(im);
  return ball;
}

}  // namespace assay::kernels
