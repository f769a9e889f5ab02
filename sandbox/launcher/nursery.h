// The parent of all launchers: it sets the world up once, starts a launcher
// for each lane, and starts one again when the service asks. It lives in a
// pid namespace of its own, so that nothing outlives it.
#ifndef SANDBOX_LAUNCHER_NURSERY_H_
#define SANDBOX_LAUNCHER_NURSERY_H_

namespace assay::sandbox {

// Serves the control socket until the service closes it, then removes all
// that was made. The exit status of the process.
int RunNursery(int control_fd);

}  // namespace assay::sandbox

#endif  // SANDBOX_LAUNCHER_NURSERY_H_
