#include "kernels/cuda/evaluate.cuh"

namespace assay::kernels::cuda {

ASSAY_DEVICE_DOMAIN(lanes::PrimeDomain<Mersenne61>)
ASSAY_DEVICE_DOMAIN(lanes::PrimeDomain<Montgomery>)
ASSAY_DEVICE_DOMAIN(lanes::QuadraticDomain<Mersenne61>)
ASSAY_DEVICE_DOMAIN(lanes::QuadraticDomain<Montgomery>)

}  // namespace assay::kernels::cuda
