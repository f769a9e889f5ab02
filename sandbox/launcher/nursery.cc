#include "sandbox/launcher/nursery.h"

#include <grp.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <random>
#include <utility>

#include "embedded/fork_server_py.h"
#include "embedded/fork_shim.h"
#include "sandbox/launcher/bare_folder.h"
#include "sandbox/launcher/bare_init.h"
#include "sandbox/launcher/base_root.h"
#include "sandbox/launcher/lane.h"
#include "sandbox/launcher/namespaces.h"
#include "sandbox/launcher/probe.h"
#include "sandbox/launcher/world.h"
#include "sandbox/wire/fd.h"

namespace assay::sandbox {
namespace {

bool Fail(World* world, const std::string& what) {
  world->walls.error = what + ": " + std::strerror(errno);
  return false;
}

// Descriptors of 64 runs, their control groups, and messages in flight.
void RaiseDescriptorLimit() {
  rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

SetupStep StepNamed(const std::string& name) {
  for (int i = 0; i < static_cast<int>(SetupStep::kCount); ++i) {
    if (name == Name(static_cast<SetupStep>(i))) {
      return static_cast<SetupStep>(i);
    }
  }
  return SetupStep::kNone;
}

std::vector<OwnFile> OwnFiles(const World& world) {
  std::vector<OwnFile> files = {
      {"server.py", std::string(embedded::fork_server_py)},
      {"libassay_fork.so", std::string(embedded::fork_shim)},
  };
  for (const ProfileConfig& profile : world.config.profiles) {
    files.push_back({profile.name + ".runtime.py", profile.runtime_source});
    for (size_t i = 0; i < profile.exercise.size(); ++i) {
      files.push_back({profile.name + ".exercise" + std::to_string(i) + ".py",
                       profile.exercise[i]});
    }
  }
  return files;
}

// A folder that is not there is the operator's mistake, not the host's lack.
bool CheckPaths(World* world) {
  for (const std::string& path : world->config.read_only_paths) {
    struct stat info;
    if (stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode)) continue;
    world->walls.error = "no folder " + path;
    return false;
  }
  return true;
}

// Without namespaces. Nobody of this user may look into us then.
bool PrepareBare(World* world, const std::string& reason) {
  world->walls.missing.push_back("namespaces and tree: " + reason);
  if (!MakeBareFolder(OwnFiles(*world), &world->bare_folder, &world->bare_lock,
                      &world->walls.error)) {
    return false;
  }
  prctl(PR_SET_DUMPABLE, 0);
  world->ids = FindIdRange(world->config.lane_count);
  if (Without(*world, "ids") || !CanChangeUser(world->ids)) {
    world->ids = IdRange();
  }
  if (world->ids.separate) setgroups(0, nullptr);
  ProbeBareWalls(world);
  return true;
}

bool PrepareOutside(World* world) {
  world->fail_step = StepNamed(world->config.fail_step);
  world->first_core = std::random_device()();
  std::string error;
  if (!CompilePolicies(&world->filters, &error)) {
    world->walls.error = error;
    return false;
  }
  std::string reason = "left out";
  if (Without(*world, "cgroup") || !world->cgroups.Open(&reason)) {
    world->walls.missing.push_back("cgroup: " + reason);
  }
  if (!CheckPaths(world)) return false;
  const Trial trial = TryBoxes(*world);
  if (!trial.boxes) return PrepareBare(world, trial.reason);
  world->own_proc = trial.proc;
  if (!trial.proc) world->walls.missing.push_back("proc: " + trial.proc_reason);
  if (!EnterOwnNamespaces(&world->walls.error)) return false;
  world->ids = FindIdRange(world->config.lane_count);
  if (Without(*world, "ids")) world->ids = IdRange();
  return true;
}

bool PrepareInside(World* world) {
  if (!world->bare_folder.empty()) return true;
  if (!EnterBaseRoot(world->config.read_only_paths, OwnFiles(*world),
                     world->own_proc, &world->store_fd, &world->walls.error)) {
    return false;
  }
  ProbeWalls(world);
  return true;
}

void StartLane(World* world, int lane, UniqueFd socket, int control_fd) {
  pid_t pid = fork();
  if (pid == 0) {
    close(control_fd);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    signal(SIGCHLD, SIG_DFL);
    RunLane(world, lane, std::move(socket));
  }
  // A failed fork closes the socket: "unavailable".
  const size_t index = static_cast<size_t>(lane);
  world->lanes.resize(std::max(world->lanes.size(), index + 1), -1);
  world->lanes[index] = pid;
}

// Without namespaces nothing but us removes what lanes leave: folders of runs
// that have ended, and processes whose parents died before them.
void AwaitWish(World* world, int control_fd) {
  constexpr int kSweepMs = 100;
  pollfd wish = {control_fd, POLLIN, 0};
  while (!world->bare_folder.empty() && poll(&wish, 1, kSweepMs) == 0) {
    EndDescendants(0, world->lanes);
    SweepBareFolder(world->bare_folder);
  }
}

// Answers each wish for a lane until the service is gone.
void ServeControl(World* world, int control_fd) {
  std::string bytes;
  std::vector<UniqueFd> fds;
  while (AwaitWish(world, control_fd),
         ReceiveMessage(control_fd, &bytes, &fds)) {
    int lane = 0;
    if (!DecodeSpawn(bytes, &lane) || fds.size() != 1) continue;
    if (!world->walls.error.empty()) {
      SendMessage(fds[0].get(), Encode(world->walls), {});
      fds.clear();
      continue;
    }
    if (!world->bare_folder.empty()) {
      EndDescendants(0, world->lanes);
      BuryLane(world->bare_folder, lane);
    }
    StartLane(world, lane, std::move(fds[0]), control_fd);
    fds.clear();
  }
}

[[noreturn]] void ServeInside(World* world, int control_fd) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  prctl(PR_SET_NAME, "assay-nursery");
  signal(SIGCHLD, SIG_IGN);  // Launchers that died are reaped at once.
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  PrepareInside(world);
  ServeControl(world, control_fd);
  _exit(0);  // As pid 1: everything else in the namespace dies with us.
}

bool IsClosed(int control_fd) {
  char byte;
  ssize_t n = recv(control_fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  return n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR);
}

// One life of the nursery. We stay outside its namespaces, to start it again
// if it is killed and to remove what it cannot. Where no /proc can be had for
// a pid namespace it has none: the host's must number as we do, and what it
// leaves dies by the death of its parents.
bool RunInside(World* world, int control_fd) {
  unsigned long flags = SIGCHLD;
  if (world->bare_folder.empty()) flags |= CLONE_NEWNS;
  if (world->own_proc) flags |= CLONE_NEWPID;
  pid_t pid = static_cast<pid_t>(
      syscall(SYS_clone, flags, nullptr, nullptr, nullptr, 0));
  if (pid == 0) ServeInside(world, control_fd);
  if (pid < 0) {
    Fail(world, "pid namespace");
    ServeControl(world, control_fd);
    return false;
  }
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  // Without a pid namespace its children come to us to die.
  if (!world->bare_folder.empty()) EndDescendants(0, {});
  while (waitpid(-1, &status, __WALL) > 0 || errno == EINTR) {
  }
  return true;
}

}  // namespace

int RunNursery(int control_fd) {
  setsid();  // A terminal's interrupt is the service's to handle.
  RaiseDescriptorLimit();
  signal(SIGPIPE, SIG_IGN);
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  World world;
  std::string bytes;
  std::vector<UniqueFd> fds;
  if (!ReceiveMessage(control_fd, &bytes, &fds) ||
      !Decode(bytes, &world.config)) {
    return 1;
  }
  if (!PrepareOutside(&world)) {
    ServeControl(&world, control_fd);
    world.cgroups.Remove();
    return 1;
  }
  while (!IsClosed(control_fd) && RunInside(&world, control_fd)) {
  }
  if (!world.bare_folder.empty()) RemoveBareFolder(world.bare_folder);
  world.cgroups.Remove();
  return 0;
}

}  // namespace assay::sandbox
