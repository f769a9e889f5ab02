#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <numeric>

#include "kernels/residue.h"

// How sure a match of residues is.
//
// Let d = a - b be a quotient of polynomials over a number field of degree D,
// N / E in the variables, not identically 0, of height h bits: the projective
// height of all coefficients of N and E together. A prime above p divides all
// coefficients of N for at most h D / 60 primes p > 2^60; otherwise N mod p
// is not 0 and vanishes at a random point of GF(p)^n with probability at most
// deg N / p (Schwartz, Zippel). So one prime errs with probability at most
//   h D / (60 n) + deg / 2^60,   n = the number of primes drawn from.
namespace assay::kernels {
namespace {

constexpr double kHeightTimesDegreeMax = 1 << 22;
constexpr double kDegreeMax = 4294967296.0;

double Log2Height(const Rational& r) {
  return 64.0 * static_cast<double>(
                    std::max(r.numerator.size(), r.denominator.size()));
}

// Bits, not limbs, for the common single limb.
double BitsOfRational(const Rational& r) {
  if (r.numerator.size() > 1 || r.denominator.size() > 1) return Log2Height(r);
  const uint64_t n = r.numerator.empty() ? 0 : r.numerator[0];
  const uint64_t d = r.denominator.empty() ? 0 : r.denominator[0];
  return std::bit_width(std::max(n, d));
}

struct Size {
  double height = 0;  // Bits.
  double degree = 0;  // In all variables.
};

// Two quotients joined by an operation: coefficients of a product are sums of
// at most C(min degree + n, n) <= (1 + min degree)^n products.
Size Join(const Size& a, const Size& b, double extra, int variables) {
  const double terms = std::log2(1 + std::min(a.degree, b.degree));
  return {a.height + b.height + 2 * variables * terms + extra,
          a.degree + b.degree};
}

Size Raised(const Size& a, int64_t n, int variables) {
  const double m = std::fabs(static_cast<double>(n));
  return {m * (a.height + 2 * variables * std::log2(1 + a.degree)),
          m * a.degree};
}

// The integer that is constant instruction k, negated or not; for Power.
std::optional<int64_t> ConstantInteger(const Tape& tape, int32_t k) {
  const Instruction* in = &tape.instructions()[k];
  const bool negated = in->op == Op::kNegate;
  if (negated) in = &tape.instructions()[in->a];
  if (in->op != Op::kConstant) return std::nullopt;
  const Rational& r = tape.parts().constants[in->a];
  if (r.denominator.size() != 1 || r.denominator[0] != 1 ||
      r.numerator.size() > 1) {
    return std::nullopt;
  }
  const uint64_t n = r.numerator.empty() ? 0 : r.numerator[0];
  if (n >> 62 != 0) return std::nullopt;
  return r.negative != negated ? -static_cast<int64_t>(n)
                               : static_cast<int64_t>(n);
}

std::optional<Size> SizeOf(const Tape& tape) {
  const int variables = std::popcount(tape.variables_used());
  std::vector<Size> sizes(tape.instructions().size());
  for (size_t k = 0; k < sizes.size(); ++k) {
    const Instruction& in = tape.instructions()[k];
    Size& size = sizes[k];
    switch (in.op) {
      case Op::kConstant:
        size.height = BitsOfRational(tape.parts().constants[in.a]);
        break;
      case Op::kVariable:
        size.degree = 1;
        break;
      case Op::kI:
      case Op::kRootOfUnity:
        break;
      case Op::kCosTurn:
      case Op::kSinTurn:
        size.height = 2;
        break;
      case Op::kSurd:
        size.height = BitsOfRational(tape.parts().surds[in.a].radicand) /
                      tape.parts().surds[in.a].index;
        break;
      case Op::kAdd:
      case Op::kSubtract:
        size = Join(sizes[in.a], sizes[in.b], 1, variables);
        break;
      case Op::kMultiply:
      case Op::kDivide:
        size = Join(sizes[in.a], sizes[in.b], 0, variables);
        break;
      case Op::kNegate:
      case Op::kConj:
        size = sizes[in.a];
        break;
      case Op::kRe:
      case Op::kIm:
        size = Join(sizes[in.a], sizes[in.a], 2, variables);
        break;
      case Op::kPowInt:
        size = Raised(sizes[in.a], tape.parts().integers[in.b], variables);
        break;
      case Op::kPower: {
        const auto n = ConstantInteger(tape, in.b);
        if (!n) return std::nullopt;
        size = Raised(sizes[in.a], *n, variables);
        break;
      }
      default:
        return std::nullopt;
    }
  }
  return sizes.back();
}

// The degree of a field that holds the roots of both tapes.
double FieldDegree(const Tape& a, const Tape& b) {
  uint64_t order = OrderOf(a, b);
  double degree = 1;
  if (order == 0) return kHeightTimesDegreeMax * 2;
  degree = static_cast<double>(order);  // At least phi(order).
  std::map<uint64_t, uint64_t> indices;
  for (const Tape* tape : {&a, &b}) {
    for (const SurdImmediate& surd : tape->parts().surds) {
      for (const SurdImmediate::Factor& factor : surd.factors) {
        uint64_t& n = indices[factor.prime];
        n = std::min<uint64_t>(
            std::lcm(std::max<uint64_t>(n, 1), uint64_t{surd.index}),
            uint64_t{1} << 32);
      }
    }
  }
  for (const auto& [prime, n] : indices) degree *= static_cast<double>(n);
  return degree;
}

double Totient(uint32_t n) {
  double phi = n;
  for (uint32_t q = 2; q * q <= n; ++q) {
    if (n % q != 0) continue;
    phi *= 1 - 1.0 / q;
    while (n % q == 0) n /= q;
  }
  return n > 1 ? phi * (1 - 1.0 / n) : phi;
}

}  // namespace

uint32_t OrderOf(const Tape& a, const Tape& b) {
  uint64_t order = 1;
  for (const Tape* tape : {&a, &b}) {
    for (const Turn& turn : tape->parts().turns) {
      order = std::lcm(order, uint64_t{turn.denominator});
      if (std::lcm(order, uint64_t{ResidueField::kOrder}) >
          ResidueField::kOrderMax) {
        return 0;
      }
    }
    for (const Instruction& in : tape->instructions()) {
      if (in.op == Op::kI || in.op == Op::kSinTurn || in.op == Op::kIm) {
        order = std::lcm(order, uint64_t{4});
      }
    }
  }
  return static_cast<uint32_t>(order);
}

std::optional<double> MatchErrorLog2(const Tape& a, const Tape& b,
                                     int primes_count, uint32_t order) {
  if (order == 0 || order > ResidueField::kOrderMax || primes_count < 1) {
    return std::nullopt;
  }
  const std::optional<Size> sa = SizeOf(a), sb = SizeOf(b);
  if (!sa || !sb) return std::nullopt;
  const int variables = std::popcount(a.variables_used() | b.variables_used());
  const Size size = Join(*sa, *sb, 1, variables);
  const double product =
      std::max(size.height, 1.0) * std::max(FieldDegree(a, b), 1.0);
  // Written so that NaN abstains too.
  if (!(product <= kHeightTimesDegreeMax) || !(size.degree <= kDegreeMax)) {
    return std::nullopt;
  }
  // Primes between 2^60 and 2^61: 2^54.6, of which 1/phi(order) are in the
  // class, and more than half of those have the roots; 2^52.5 / phi is less.
  const double whole =
      std::lcm(uint64_t{order}, uint64_t{ResidueField::kOrder});
  const double primes = std::exp2(52.5) / Totient(static_cast<uint32_t>(whole));
  const double error = product / (60 * primes) + size.degree / 0x1p60;
  return primes_count * std::log2(error);
}

}  // namespace assay::kernels
