// Loops of complex balls.
#include "kernels/lanes/host_loops_choice.h"

namespace assay::kernels::lanes {

template const LoopTable<ComplexDomain>& LoopsOf();

}  // namespace assay::kernels::lanes
