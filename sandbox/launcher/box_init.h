// Pid 1 of a cold box: it sets the box up, starts the candidate as its child,
// reaps whatever the candidate leaves, and tells how it ended. When it exits
// or is killed, the kernel kills all that is left in the box.
#ifndef SANDBOX_LAUNCHER_BOX_INIT_H_
#define SANDBOX_LAUNCHER_BOX_INIT_H_

#include "sandbox/launcher/box_plan.h"

namespace assay::sandbox {

// Waits for one byte on the status socket ("go": the identity map and the
// cgroup are in place), then runs the box. Never returns.
[[noreturn]] void RunBoxInit(BoxPlan plan);

}  // namespace assay::sandbox

#endif  // SANDBOX_LAUNCHER_BOX_INIT_H_
