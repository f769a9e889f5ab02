#include "sandbox/launcher/probe.h"

#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <functional>

#include "sandbox/launcher/landlock.h"
#include "sandbox/launcher/namespaces.h"

namespace assay::sandbox {
namespace {

// The errno of `trial` in a child with fresh namespaces; 0: it worked.
int TryIn(unsigned long namespaces, const std::function<bool()>& trial) {
  pid_t pid = static_cast<pid_t>(
      syscall(SYS_clone, namespaces | SIGCHLD, nullptr, nullptr, nullptr, 0));
  if (pid < 0) return errno;
  if (pid == 0) _exit(trial() ? 0 : (errno & 0xff));
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : EINTR;
}

bool Always() { return true; }

class Prober {
 public:
  explicit Prober(LauncherHello* walls) : walls_(walls) {}

  bool Try(const char* name, unsigned long namespaces,
           const std::function<bool()>& trial) {
    int error = TryIn(namespaces, trial);
    if (error == 0) return true;
    walls_->missing.push_back(std::string(name) + ": " + std::strerror(error));
    return false;
  }

 private:
  LauncherHello* walls_;
};

bool MountsProc() {
  return mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC,
               nullptr) == 0;
}

bool LoadsFilter(const FilterProgram& filter) {
  sock_fprog program = {static_cast<unsigned short>(filter.size()),
                        const_cast<sock_filter*>(filter.data())};
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0;
}

// The walls that need no namespace.
void ProbeInnerWalls(World* world, Prober* prober) {
  LauncherHello* walls = &world->walls;
  const FilterProgram& filter = world->filters.front().policy.program;
  if (Without(*world, "seccomp")) {
    walls->missing.push_back("seccomp: left out");
  } else {
    walls->seccomp =
        prober->Try("seccomp", 0, [&] { return LoadsFilter(filter); });
  }
  walls->landlock_abi = Without(*world, "landlock") ? 0 : LandlockAbi();
  if (walls->landlock_abi == 0) {
    walls->missing.push_back("landlock: kernel ABI 0");
  }
  walls->cgroup = static_cast<int>(world->cgroups.version());
  walls->separate_uids = world->ids.separate;
}

}  // namespace

void ProbeWalls(World* world) {
  LauncherHello* walls = &world->walls;
  Prober prober(walls);
  unsigned long user = CLONE_NEWUSER;
  walls->user_namespace = prober.Try("userns", user, Always);
  walls->pid_namespace = prober.Try("pidns", user | CLONE_NEWPID, Always);
  walls->mount_namespace = prober.Try("mntns", user | CLONE_NEWNS, Always);
  walls->ipc_namespace = prober.Try("ipcns", user | CLONE_NEWIPC, Always);
  walls->uts_namespace = prober.Try("utsns", user | CLONE_NEWUTS, Always);
  walls->net_namespace = prober.Try("netns", CLONE_NEWNET, Always);
  walls->cgroup_namespace =
      prober.Try("cgroupns", user | CLONE_NEWCGROUP, Always);
  walls->own_root = true;  // We are in it.
  // Boxes can mount theirs only where the launchers have one.
  walls->proc =
      world->own_proc &&
      prober.Try("proc", user | CLONE_NEWPID | CLONE_NEWNS, MountsProc);
  ProbeInnerWalls(world, &prober);
  if (!walls->separate_uids) {
    walls->missing.push_back("separate uids: one user is mapped");
  }
}

void ProbeBareWalls(World* world) {
  Prober prober(&world->walls);
  ProbeInnerWalls(world, &prober);
  std::vector<std::string>* missing = &world->walls.missing;
  if (!world->ids.separate) {
    missing->push_back("separate uids: programs run as this user");
    missing->push_back("processes: bounded with those of this user");
  }
  if (world->walls.landlock_abi == 0) {
    missing->push_back("files: what the user of a program may read, it reads");
  }
  missing->push_back("tmpfs: one file is bounded, all together are not");
  missing->push_back("fork servers: each run starts its interpreter");
}

bool CanChangeUser(const IdRange& ids) {
  const uint32_t uid = ids.Of(0, 0);
  return ids.separate && TryIn(0, [uid] {
                           return setresgid(uid, uid, uid) == 0 &&
                                  setresuid(uid, uid, uid) == 0;
                         }) == 0;
}

}  // namespace assay::sandbox
