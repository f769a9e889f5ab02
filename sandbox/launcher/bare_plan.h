// What is different about a run where there are no namespaces: the host's
// folder stands for /box and /tmp, and where a warm interpreter would be
// cloned a cold one is started, with the same runtime.
#ifndef SANDBOX_LAUNCHER_BARE_PLAN_H_
#define SANDBOX_LAUNCHER_BARE_PLAN_H_

#include <string>

#include "sandbox/launcher/box_run.h"

namespace assay::sandbox {

// Why the profile cannot be had here; empty: it can. Starts its interpreter
// once and waits for it; no candidate's code runs.
std::string BareProfileError(const World& world, const ProfileConfig& profile);

// Completes a plan that MakePlan has begun.
void MakeBarePlan(const RunHost& host, int slot, BoxPlan* plan);

}  // namespace assay::sandbox

#endif  // SANDBOX_LAUNCHER_BARE_PLAN_H_
