// Loops of doubles and of real balls.
#include "kernels/lanes/host_loops_choice.h"

namespace assay::kernels::lanes {

template const LoopTable<PlainDomain>& LoopsOf();
template const LoopTable<RealDomain>& LoopsOf();

}  // namespace assay::kernels::lanes
