// Finds by trying which walls this host gives us.
#ifndef SANDBOX_LAUNCHER_PROBE_H_
#define SANDBOX_LAUNCHER_PROBE_H_

#include "sandbox/launcher/world.h"

namespace assay::sandbox {

// Called in the nursery, inside the base root. Fills the walls of `world` and
// a line in `missing` for each that is not up. Each trial is a short-lived
// child of ours.
void ProbeWalls(World* world);

// The same for a host that gives no namespaces.
void ProbeBareWalls(World* world);
// Whether we may become the users of that range.
bool CanChangeUser(const IdRange& ids);

}  // namespace assay::sandbox

#endif  // SANDBOX_LAUNCHER_PROBE_H_
