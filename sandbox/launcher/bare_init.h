// The parent of a candidate where there are no namespaces: it does what
// box_init.h says, but is no pid 1, so that it has to find and end what the
// candidate leaves. SIGTERM asks it to end all; its own death would not.
#ifndef SANDBOX_LAUNCHER_BARE_INIT_H_
#define SANDBOX_LAUNCHER_BARE_INIT_H_

#include "sandbox/launcher/box_plan.h"

namespace assay::sandbox {

// Waits for one byte on the status socket, then runs the box. Never returns.
[[noreturn]] void RunBareInit(BoxPlan plan);

// Ends all descendants of this process but those in `kept`, and reaps those
// that are its children. `uid`: theirs, where it is theirs alone; else 0.
void EndDescendants(uint32_t uid, const std::vector<pid_t>& kept);

}  // namespace assay::sandbox

#endif  // SANDBOX_LAUNCHER_BARE_INIT_H_
