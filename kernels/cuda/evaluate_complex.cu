#include "kernels/cuda/evaluate.cuh"

namespace assay::kernels::cuda {

ASSAY_DEVICE_DOMAIN(lanes::ComplexDomain)

}  // namespace assay::kernels::cuda
