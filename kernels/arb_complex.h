// Operations of the complex domain on Arb's enclosures: principal branches,
// and the rules of complex_ball.h for cuts, except that a number known to be
// real (imaginary part exactly 0) may lie on the cut of log, sqrt and powers
// however wide its real part is. Private to this room.
//
// Threads: pure. Ownership: the caller initialises and clears what it passes;
// the result may not alias an operand.
#ifndef KERNELS_ARB_COMPLEX_H_
#define KERNELS_ARB_COMPLEX_H_

#include <acb.h>

#include <cstdint>

#include "kernels/high_precision.h"
#include "kernels/tape_op.h"

namespace assay::kernels {

Enclosure::State ComplexUnary(Op op, acb_t out, const acb_t a, int64_t n,
                              slong prec);
Enclosure::State ComplexBinary(Op op, acb_t out, const acb_t a, const acb_t b,
                               slong prec);

}  // namespace assay::kernels

#endif  // KERNELS_ARB_COMPLEX_H_
