// The sources of both domains compile for a device: every operation is
// instantiated in a kernel. Nothing is run here.
#include "kernels/ball_tape.h"
#include "kernels/modular.h"

namespace assay::kernels {

template <typename Ball>
__global__ void ApplyAll(const Op* ops, const Ball* a, const Ball* b,
                         const int64_t* n, Ball* out, int count) {
  const int k = static_cast<int>(blockIdx.x * blockDim.x + threadIdx.x);
  if (k >= count) return;
  out[2 * k] = Unary(ops[k], a[k], n[k]);
  out[2 * k + 1] = Binary(ops[k], a[k], b[k]);
}

template <typename Field>
__global__ void Combine(const Field field, const Fp2* a, const Fp2* b,
                        const uint64_t* n, Fp2* out, int count) {
  const int k = static_cast<int>(blockIdx.x * blockDim.x + threadIdx.x);
  if (k >= count) return;
  const Fp2 sum = Add(field, a[k], Subtract(field, b[k], a[k]));
  const Fp2 product = Multiply(field, sum, Conjugate(field, b[k]));
  out[k] =
      Raise(field, IsZero(product) ? One(field) : Invert(field, product), n[k]);
}

template __global__ void ApplyAll<RealBall>(const Op*, const RealBall*,
                                            const RealBall*, const int64_t*,
                                            RealBall*, int);
template __global__ void ApplyAll<ComplexBall>(const Op*, const ComplexBall*,
                                               const ComplexBall*,
                                               const int64_t*, ComplexBall*,
                                               int);
template __global__ void Combine<Montgomery>(const Montgomery, const Fp2*,
                                             const Fp2*, const uint64_t*, Fp2*,
                                             int);
template __global__ void Combine<Mersenne61>(const Mersenne61, const Fp2*,
                                             const Fp2*, const uint64_t*, Fp2*,
                                             int);

}  // namespace assay::kernels
