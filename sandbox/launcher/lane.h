// One launcher: a single-threaded loop that starts and watches the boxes of
// its lane. It never waits for a run.
#ifndef SANDBOX_LAUNCHER_LANE_H_
#define SANDBOX_LAUNCHER_LANE_H_

#include "sandbox/launcher/world.h"
#include "sandbox/wire/fd.h"

namespace assay::sandbox {

// Serves `socket` until its other end is closed, then kills all runs. Never
// returns.
[[noreturn]] void RunLane(World* world, int lane, UniqueFd socket);

}  // namespace assay::sandbox

#endif  // SANDBOX_LAUNCHER_LANE_H_
