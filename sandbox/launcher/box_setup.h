// The steps that turn a fresh child into a box, run inside it.
//
//   BoxSetup setup(plan);
//   if (!setup.MakeWorld() || !setup.TakeDescriptors() || !setup.Confine()) {
//     // setup.step() failed with setup.error().
//   }
//
// Used by the init of a cold box and, in the fork server's shim, by a warm
// child. Errors: the named step and errno. Threads: a single-threaded child.
#ifndef SANDBOX_LAUNCHER_BOX_SETUP_H_
#define SANDBOX_LAUNCHER_BOX_SETUP_H_

#include <string>

#include "sandbox/launcher/box_plan.h"

namespace assay::sandbox {

class BoxSetup {
 public:
  explicit BoxSetup(BoxPlan* plan) : plan_(plan) {}

  // Identity, hostname, /box, /tmp, /proc, the command's files. Sends the
  // folder's descriptor where files are to be collected.
  bool MakeWorld();
  // The same without namespaces: a folder of the host's for /box and /tmp, and
  // the command's files. MakeBareWorld is the parent's, BecomeBareUser, which
  // drops all privileges too, the candidate's.
  bool MakeBareWorld();
  bool BecomeBareUser();
  // Whether a program came into the box with its files.
  bool IsOfTheBox(const std::string& path) const;
  // Drops every capability, for ever.
  bool DropPrivileges();
  // Puts the descriptors where the command finds them, closes all others but
  // the status socket.
  bool TakeDescriptors();
  // Resource limits, Landlock, the filter: the last steps.
  bool Confine();

  SetupStep step() const { return step_; }
  int error() const { return error_; }

 private:
  bool EnterGroups();
  bool TakeIdentity();
  bool NameHost();
  bool MountFolders();
  bool MountProc();
  bool WriteFiles();
  bool SendFolder();
  bool NestUserNamespace();
  bool SetLimits();
  bool Done(SetupStep step, bool ok);

  BoxPlan* plan_;
  SetupStep step_ = SetupStep::kNone;
  int error_ = 0;
};

// Limits that are the same in every box: set once, in its ancestor. Nobody
// without privileges over the host can raise them again.
bool SetCommonLimits();

// One record on the status socket, with a descriptor beside it unless -1.
bool SendBoxEvent(int status_fd, const BoxEvent& event, int fd = -1);

}  // namespace assay::sandbox

#endif  // SANDBOX_LAUNCHER_BOX_SETUP_H_
