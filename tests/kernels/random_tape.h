// Seeded random tapes over all operations of a domain.
#ifndef TESTS_KERNELS_RANDOM_TAPE_H_
#define TESTS_KERNELS_RANDOM_TAPE_H_

#include <random>
#include <utility>

#include "kernels/tape.h"

namespace assay::kernels {

inline int RandomLeaf(TapeBuilder* b, std::mt19937_64* random, int variables) {
  const auto small = [&](int n) {
    return static_cast<int64_t>((*random)() % n);
  };
  switch ((*random)() % 8) {
    case 0:
      return b->Constant(Rational::FromInts(small(41) - 20, 1 + small(12)));
    case 1:
      return b->Integer(small(11));
    case 2:
      return b->Surd(Rational::FromInts(1 + small(60), 1 + small(4)),
                     2 + small(4));
    case 3:
      return b->CosTurn(small(360), 360);
    case 4:
      return (*random)() % 2 == 0 ? b->Apply(Op::kPi) : b->Apply(Op::kE);
    default:
      return b->Variable(static_cast<int>(small(variables)));
  }
}

// About `size` operations over `variables` (at least 1) variables.
inline Tape RandomTape(std::mt19937_64* random, int size, int variables,
                       uint8_t domain, bool arithmetic = false) {
  TapeBuilder b(variables);
  std::vector<int> open;
  for (int i = 0; i < size / 2 + 2; ++i) {
    open.push_back(RandomLeaf(&b, random, variables));
  }
  while (open.size() > 1) {
    const size_t at = (*random)() % open.size();
    std::swap(open[at], open.back());
    const int x = open.back();
    open.pop_back();
    Op op = static_cast<Op>((*random)() % kOpsCount);
    const bool usual = arithmetic || (*random)() % 2 == 0;
    if (usual) {
      const Op common[] = {Op::kAdd, Op::kSubtract, Op::kMultiply, Op::kDivide};
      op = common[(*random)() % 4];
    }
    if (Facts(op).arity == 0 || (Facts(op).domains & domain) == 0) {
      open.push_back(x);
      continue;
    }
    if (Facts(op).arity == 2) {
      const int y = open.back();
      open.pop_back();
      open.push_back(b.Apply(op, x, y));
    } else if (op == Op::kPowInt) {
      open.push_back(b.PowInt(x, static_cast<int64_t>((*random)() % 9) - 3));
    } else if (op == Op::kRoot) {
      open.push_back(b.Root(x, 2 + static_cast<int64_t>((*random)() % 4)));
    } else {
      open.push_back(b.Apply(op, x));
    }
  }
  return *b.Build(open[0]);
}

}  // namespace assay::kernels

#endif  // TESTS_KERNELS_RANDOM_TAPE_H_
