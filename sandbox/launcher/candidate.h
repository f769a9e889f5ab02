// How does a box's init start the candidate, and what does it say of it?
//
//   Started started = StartCandidate(&plan, &setup, Confine);
//   if (started.step != SetupStep::kNone) ...     // It did not start.
//   SendBoxEvent(plan.status_fd, StartedEvent(started));
//   KeepOnly(plan.status_fd);
//   ...                                           // Reap until it has ended.
//   SendBoxEvent(plan.status_fd, EndedEvent(wait_status));
//
// Threads: the init has one.
#ifndef SANDBOX_LAUNCHER_CANDIDATE_H_
#define SANDBOX_LAUNCHER_CANDIDATE_H_

#include <sys/types.h>

#include <cstdint>

#include "sandbox/launcher/box_plan.h"
#include "sandbox/launcher/box_setup.h"

namespace assay::sandbox {

struct Started {
  pid_t pid = -1;
  int64_t time_ns = 0;
  // What kept it from starting; kNone: it runs, or its own program in the box
  // could not be executed, which is its own affair.
  SetupStep step = SetupStep::kNone;
  int error = 0;
};

// `confine` runs in the candidate once its descriptors are in place; where it
// fails, `setup` knows the step.
Started StartCandidate(BoxPlan* plan, BoxSetup* setup,
                       bool (*confine)(BoxSetup*));

BoxEvent StartedEvent(const Started& started);
// With what all reaped children have used.
BoxEvent EndedEvent(int wait_status);

// Closes all descriptors but one: the candidate's pipes must end when the
// candidate ends them.
void KeepOnly(int fd);

}  // namespace assay::sandbox

#endif  // SANDBOX_LAUNCHER_CANDIDATE_H_
