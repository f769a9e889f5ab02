// How many node-points a second can a device reach at most, and what stops it
// there? A model: what a batch's lane code needs of each part of the device,
// divided by what that part gives. The slowest part is the limit.
//
//   Machine machine = {.processors = 132, .clock_hz = 1.98e9, ...};
//   Limit limit = LimitOf(machine, WorkOf(batch, nodes));
//   // {3.1e12, "shared memory"}
//
// Counted: an operation's instructions in its own pipe and in all, operands
// that are variables or temporaries and stores of temporaries (through shared
// memory), and values written to memory. Not counted: dispatch of words, words
// and constants (read once for several points). So a limit is never reached,
// and is no limit of a design that joins nodes of an expression.
//
// Costs of operations are the counts of sm_90 machine code in the research on
// GPU evaluators. Derived and not counted: residues' lane-cycles, chosen so
// that a sum and a product have the research's mean; Montgomery's products;
// functions of balls, the double's and the radius. Functions are CUDA's there
// and our own here. Host loops are held to the same counts.
//
// Threads: pure.
#ifndef BENCH_KERNELS_LIMITS_H_
#define BENCH_KERNELS_LIMITS_H_

#include <cstdint>
#include <type_traits>

#include "kernels/lanes/lane_batch.h"

namespace assay::kernels::lanes {

// Per processor (SM) and clock, but for the first two and the last.
struct Machine {
  double processors = 0;
  double clock_hz = 0;
  double fp64_lanes = 0;
  double integer_lanes = 64;
  double issue_lanes = 128;
  double shared_bytes = 128;
  double memory_bytes_per_s = 0;
};

// Double-precision lanes of a processor, from CUDA's tables of throughput.
constexpr double Fp64Lanes(int major, int minor) {
  switch (major * 10 + minor) {
    case 80:
      return 32;
    case 90:
    case 100:
      return 64;
    default:
      return 2;  // Processors for graphics, and those for small numbers.
  }
}

// What one point of a batch needs.
struct Work {
  double nodes = 0;
  double fp64 = 0;      // Lane-cycles of that pipe.
  double integer = 0;   // The same.
  double issued = 0;    // Instructions of a lane.
  double products = 0;  // 64-bit ones, on a host.
  double shared_bytes = 0;
  double memory_bytes = 0;
};

struct Limit {
  double nodes_per_s = 0;
  const char* what = "nothing";
};

inline Limit LimitOf(const Machine& m, const Work& w) {
  const double clocks = m.processors * m.clock_hz;
  const struct {
    const char* what;
    double need, give;
  } parts[] = {
      {"fp64 pipe", w.fp64, clocks * m.fp64_lanes},
      {"integer pipe", w.integer, clocks * m.integer_lanes},
      {"issue", w.issued, clocks * m.issue_lanes},
      {"shared memory", w.shared_bytes, clocks * m.shared_bytes},
      {"memory", w.memory_bytes, m.memory_bytes_per_s},
  };
  Limit limit;
  for (const auto& part : parts) {
    if (part.need <= 0 || part.give <= 0) continue;
    const double rate = w.nodes * part.give / part.need;
    if (limit.nodes_per_s == 0 || rate < limit.nodes_per_s) {
      limit = {rate, part.what};
    }
  }
  return limit;
}

// Of one operation at one point.
struct Cost {
  double pipe;  // In fp64 or in integers, by the domain.
  double issued;
  double products = 0;
};

constexpr Cost CostOfDouble(Op op) {
  switch (op) {
    case Op::kAdd:
    case Op::kSubtract:
    case Op::kMultiply:
      return {1, 1};
    case Op::kNegate:
      return {0, 1};
    case Op::kPowInt:
      return {2, 2};
    case Op::kDivide:
      return {8, 16};
    case Op::kSqrt:
      return {8, 18};
    case Op::kExp:
      return {18, 58};
    case Op::kLog:
      return {30, 81};
    case Op::kSin:
    case Op::kCos:
      return {17, 41};
    case Op::kAtan:
      return {39, 110};
    default:
      return {18, 60};
  }
}

constexpr Cost CostOfComplexBall(Op op) {
  switch (op) {
    case Op::kAdd:
    case Op::kSubtract:
      return {5, 5};
    case Op::kMultiply:
      return {11, 11};
    case Op::kNegate:
      return {0, 2};
    case Op::kPowInt:
      return {22, 22};
    case Op::kDivide:
      return {24, 30};
    case Op::kSqrt:
      return {31 + 8, 78 + 8};
    case Op::kExp:
      return {42 + 8, 135 + 8};
    case Op::kLog:
      return {72 + 8, 192 + 8};
    default:
      return {51 + 8, 152 + 8};
  }
}

constexpr Cost CostOfResidue(Op op, bool montgomery, bool quadratic) {
  const Cost sum = quadratic ? Cost{14, 16, 0} : Cost{7, 8, 0};
  Cost product = {14, 24, 1};
  if (quadratic) product = {46, 88, 4};
  if (montgomery) {
    // Two more wide products for each reduction, and their carries.
    const int reductions = quadratic ? 2 : 1;
    product.pipe += 8 * reductions;
    product.issued += 12 * reductions;
    product.products += 2 * reductions;
  }
  // Divisors are inverted together: three products each, and one for the
  // quotient; the one inverse is nothing among many.
  const double times = op == Op::kMultiply ? 1 : op == Op::kPowInt ? 2 : 4;
  switch (op) {
    case Op::kAdd:
    case Op::kSubtract:
    case Op::kNegate:
      return sum;
    default:
      return {product.pipe * times, product.issued * times,
              product.products * times};
  }
}

template <typename D>
constexpr Cost CostOf(Op op) {
  if constexpr (std::is_same_v<D, PlainDomain>) {
    return CostOfDouble(op);
  } else if constexpr (std::is_same_v<D, ComplexDomain>) {
    return CostOfComplexBall(op);
  } else if constexpr (std::is_same_v<D, RealDomain>) {
    if (op == Op::kNegate) return {0, 1};
    if (op == Op::kAdd || op == Op::kSubtract) return {3, 3};
    if (op == Op::kMultiply) return {5, 5};
    if (op == Op::kPowInt) return {10, 10};
    const Cost f = CostOfDouble(op);
    return {f.pipe + 5, f.issued + 5};
  } else {
    return CostOfResidue(op, std::is_same_v<typename D::Field, Montgomery>,
                         D::kParts == 2);
  }
}

// All tapes of a batch at one point; `nodes` are theirs, leaves counted.
template <typename D>
Work WorkOf(const LaneBatch<D>& batch, double nodes) {
  constexpr bool kDoubles = std::is_same_v<typename D::Scalar, double>;
  constexpr double kValueBytes = D::kParts * sizeof(typename D::Scalar);
  Work work;
  work.nodes = nodes;
  for (const uint32_t bits : batch.words()) {
    const Word w(bits);
    const bool moves = w.op() == kLoad || w.op() == kStore;
    const bool operand = moves || ArityOf(static_cast<Op>(w.op())) == 2;
    if (operand && w.place() != Place::kConstant) {
      work.shared_bytes += kValueBytes;
      work.issued += D::kParts;
    }
    if (moves) continue;
    const Cost cost = CostOf<D>(static_cast<Op>(w.op()));
    (kDoubles ? work.fp64 : work.integer) += cost.pipe;
    work.issued += cost.issued;
    work.products += cost.products;
  }
  work.memory_bytes = static_cast<double>(batch.tapes().size()) *
                      (kValueBytes + (kDoubles ? 0 : 1));
  return work;
}

}  // namespace assay::kernels::lanes

#endif  // BENCH_KERNELS_LIMITS_H_
