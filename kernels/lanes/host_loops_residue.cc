// Loops of residues.
#include "kernels/lanes/host_loops_choice.h"

namespace assay::kernels::lanes {

template const LoopTable<PrimeDomain<Mersenne61>>& LoopsOf();
template const LoopTable<PrimeDomain<Montgomery>>& LoopsOf();
template const LoopTable<QuadraticDomain<Mersenne61>>& LoopsOf();
template const LoopTable<QuadraticDomain<Montgomery>>& LoopsOf();

}  // namespace assay::kernels::lanes
