// Operations of the real domain on Arb's enclosures, with the domain's rules
// of undefined and unknown. Private to this room.
//
// Threads: pure. Ownership: the caller initialises and clears what it passes;
// the result may not alias an operand.
#ifndef KERNELS_ARB_REAL_H_
#define KERNELS_ARB_REAL_H_

#include <arb.h>

#include <cstdint>

#include "kernels/high_precision.h"
#include "kernels/tape_op.h"

namespace assay::kernels {

// Values of a magnitude beyond 2^kExponentMax are not computed with.
inline constexpr int64_t kExponentMax = int64_t{1} << 40;

Enclosure::State RealUnary(Op op, arb_t out, const arb_t a, int64_t n,
                           slong prec);
Enclosure::State RealBinary(Op op, arb_t out, const arb_t a, const arb_t b,
                            slong prec);
Enclosure::State RealPowInt(arb_t out, const arb_t a, int64_t n, slong prec);
// Finite, and within the exponents that are computed with.
bool IsTame(const arb_t a);
// Whether a^n stays within them.
bool IsTamePower(const mag_t a_high, int64_t n);
// The exact integer that b is, if it fits; false otherwise.
bool IsExactInteger(const arb_t b, int64_t* n);

}  // namespace assay::kernels

#endif  // KERNELS_ARB_REAL_H_
