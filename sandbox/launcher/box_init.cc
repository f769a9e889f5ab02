#include "sandbox/launcher/box_init.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>

#include "sandbox/launcher/box_setup.h"
#include "sandbox/launcher/candidate.h"
#include "sandbox/wire/fd.h"

namespace assay::sandbox {
namespace {

[[noreturn]] void Fail(const BoxPlan& plan, SetupStep step, int error) {
  BoxEvent event;
  event.kind = BoxEventKind::kFailed;
  event.step = step;
  event.error = error;
  SendBoxEvent(plan.status_fd, event);
  _exit(1);
}

bool Confine(BoxSetup* setup) { return setup->Confine(); }

// Reaps until the candidate has ended, then ends what it left behind.
BoxEvent ReapAll(pid_t candidate) {
  int wait_status = 0;
  bool killed = false;
  while (true) {
    int status = 0;
    const pid_t pid = waitpid(-1, &status, __WALL);
    if (pid < 0 && errno == EINTR) continue;
    if (pid < 0) break;  // ECHILD: all are dead.
    if (pid != candidate || killed) continue;
    wait_status = status;
    killed = true;
    kill(-1, SIGKILL);
  }
  return EndedEvent(wait_status);
}

}  // namespace

void RunBoxInit(BoxPlan plan) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  char go;
  if (read(plan.status_fd, &go, 1) != 1) _exit(1);
  BoxSetup setup(&plan);
  if (!setup.MakeWorld() || !setup.DropPrivileges()) {
    Fail(plan, setup.step(), setup.error());
  }
  // Again, for the change of user clears it. Nobody in the box may look into
  // this process: it is a copy of the launcher.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  prctl(PR_SET_DUMPABLE, 0);
  prctl(PR_SET_NAME, "box-init");
  const Started started = StartCandidate(&plan, &setup, Confine);
  if (started.step != SetupStep::kNone) {
    Fail(plan, started.step, started.error);
  }
  // The launcher may have died while we could not be told of it.
  if (!SendBoxEvent(plan.status_fd, StartedEvent(started))) _exit(1);
  KeepOnly(plan.status_fd);
  SendBoxEvent(plan.status_fd, ReapAll(started.pid));
  _exit(0);
}

}  // namespace assay::sandbox
