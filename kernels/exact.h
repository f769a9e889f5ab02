// Exact constants of tapes as FLINT and Arb take them. Private to this room.
//
// Threads: pure. Ownership: the caller initialises and clears what it passes.
#ifndef KERNELS_EXACT_H_
#define KERNELS_EXACT_H_

#include <arb.h>
#include <flint/fmpq.h>

#include <cstdint>
#include <vector>

#include "kernels/tape.h"

namespace assay::kernels {

void SetInteger(fmpz_t z, const Limbs& limbs);
// The denominator is not 0.
void SetRational(fmpq_t q, const Rational& value);
void SetEnclosure(arb_t x, const Rational& value, slong precision_bits);

// Fills `factored` and `factors`; the radicand is positive.
void Factor(SurdImmediate* surd);

// Any leaf but a variable; exact where it fits and the number allows.
void EncloseLeaf(arb_t re, arb_t im, const Tape::Parts& parts,
                 const Instruction& leaf, slong precision_bits);

// The smallest fp64 ball around an enclosure that this room can show.
LeafBall RoundOutwards(const arb_t re, const arb_t im);
// Of any leaf but a variable.
LeafBall BallOfLeaf(const Tape::Parts& parts, const Instruction& leaf);
// The same by Arb alone; for tests.
LeafBall SlowBallOfLeaf(const Tape::Parts& parts, const Instruction& leaf);

}  // namespace assay::kernels

#endif  // KERNELS_EXACT_H_
