#include "sandbox/launcher/box_run.h"

#include <sched.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "sandbox/launcher/bare_folder.h"
#include "sandbox/launcher/bare_init.h"
#include "sandbox/launcher/bare_plan.h"
#include "sandbox/launcher/box_init.h"
#include "sandbox/launcher/collect.h"
#include "sandbox/launcher/pidfd.h"
#include "sandbox/launcher/plan_codec.h"
#include "sandbox/launcher/tree_usage.h"

namespace assay::sandbox {
namespace {

constexpr int64_t kMillisecond = 1000000;
constexpr int64_t kSetupTimeoutNs = 20000 * kMillisecond;
// The watch over CPU time and memory looks this often at most and at least.
constexpr int64_t kShortestWatchNs = 2 * kMillisecond;
constexpr int64_t kLongestWatchNs = 100 * kMillisecond;
// Where only this watch bounds memory.
constexpr int64_t kLongestMemoryWatchNs = 10 * kMillisecond;
// A look costs a tenth of a short run: none before a box can have used much.
constexpr int64_t kYoungNs = 5 * kMillisecond;
constexpr int64_t kWholeEvery = 8;

int64_t Cores() {
  static const int64_t cores =
      std::max<int64_t>(1, sysconf(_SC_NPROCESSORS_ONLN));
  return cores;
}

}  // namespace

BoxRun::BoxRun(const RunHost* host, int slot, CgroupSlot* cgroup,
               BoxRequest request, std::vector<UniqueFd> fds)
    : host_(host), slot_(slot), cgroup_(cgroup), fds_(std::move(fds)) {
  plan_.request = std::move(request);
  report_.id = plan_.request.id;
  begin_ns_ = MonotonicNs();
  next_time_ns_ = begin_ns_ + kShortestWatchNs;
}

BoxRun::~BoxRun() {
  for (uint64_t id : held_) host_->store->Release(id);
}

bool BoxRun::Watch(int fd, RunEvent event) {
  epoll_event wish = {};
  wish.events = EPOLLIN;
  wish.data.u64 = static_cast<uint64_t>(slot_) << kRunEventBits |
                  static_cast<uint64_t>(event);
  return epoll_ctl(host_->epoll_fd, EPOLL_CTL_ADD, fd, &wish) == 0;
}

// The descriptors beside the request come in the order input, request,
// contents, files of their own, channels.
bool BoxRun::TakeFds() {
  BoxRequest& request = plan_.request;
  size_t wanted = request.channels.size();
  for (bool has :
       {request.has_input, request.has_request, request.has_contents}) {
    wanted += has ? 1 : 0;
  }
  for (const BoxFileEntry& file : request.files) {
    wanted += file.shared_id != 0 ? 1 : 0;
  }
  if (fds_.size() != wanted) {
    errno = EPROTO;
    return false;
  }
  size_t next = 0;
  if (request.has_input) plan_.stdin_fd = fds_[next++].get();
  if (request.has_request) plan_.request_fd = fds_[next++].get();
  if (request.has_contents) plan_.contents_fd = fds_[next++].get();
  for (BoxFileEntry& file : request.files) {
    if (file.shared_id != 0) TakeFile(&file, fds_[next++].get());
  }
  while (next < fds_.size()) plan_.channel_fds.push_back(fds_[next++].get());
  return true;
}

// A program is linked to; what may be written is copied.
void BoxRun::TakeFile(BoxFileEntry* file, int fd) {
  if ((file->mode & 0111) != 0) {
    file->link = host_->store->Hold(file->shared_id, fd, file->size);
  }
  if (file->link.empty()) {
    plan_.file_fds.push_back(fd);
  } else {
    held_.push_back(file->shared_id);
  }
}

bool BoxRun::MakePlan() {
  if (!TakeFds()) return false;
  const World& world = *host_->world;
  const BoxRequest& request = plan_.request;
  plan_.uid = kBoxUid;
  plan_.has_ipc_namespace = world.walls.ipc_namespace;
  plan_.has_uts_namespace = world.walls.uts_namespace;
  plan_.has_cgroup_namespace = world.walls.cgroup_namespace;
  plan_.mount_proc = world.walls.proc;
  plan_.landlock_abi = world.walls.landlock_abi;
  plan_.fail_step = world.fail_step;
  plan_.cores = world.cores;
  bool found = false;
  for (const NamedFilter& filter : world.filters) {
    if (filter.name != request.policy) continue;
    found = true;
    if (world.walls.seccomp) plan_.filter = filter.policy.program;
    plan_.limit_address_space =
        world.cgroups.version() == CgroupVersion::kNone &&
        !filter.policy.reserves_addresses;
  }
  if (!found) {
    errno = ENOENT;
    return false;
  }
  if (!world.bare_folder.empty()) MakeBarePlan(*host_, slot_, &plan_);
  return true;
}

bool BoxRun::OpenPipes() {
  const BoxLimits& limits = plan_.request.limits;
  stdout_ = Capture(limits.stdout_bytes, Capture::Beyond::kStop);
  stderr_ = Capture(limits.stderr_bytes, Capture::Beyond::kDrain);
  reply_ = Capture(limits.reply_bytes, Capture::Beyond::kStop);
  auto open = [this](Capture* capture, RunEvent event, int* box_fd) {
    box_ends_.push_back(capture->Open());
    *box_fd = box_ends_.back().get();
    return *box_fd >= 0 && Watch(capture->fd(), event);
  };
  if (!open(&stdout_, RunEvent::kStdout, &plan_.stdout_fd) ||
      !open(&stderr_, RunEvent::kStderr, &plan_.stderr_fd)) {
    return false;
  }
  if (plan_.request.wants_reply &&
      !open(&reply_, RunEvent::kReply, &plan_.reply_fd)) {
    return false;
  }
  box_ends_.emplace_back();
  if (!MakeSocketPair(&status_, &box_ends_.back())) return false;
  plan_.status_fd = box_ends_.back().get();
  return true;
}

void BoxRun::ReleaseBoxEnds() {
  box_ends_.clear();
  fds_.clear();
}

void BoxRun::FailSetup(SetupStep step, int error) {
  if (!setup_failed_) {
    setup_failed_ = true;
    report_.setup_error = std::string(Name(step)) + ": " + std::strerror(error);
  }
  if (init_ < 0 && main_ < 0 && !awaits_fork_) {
    Finish();
  } else {
    Kill(Outcome::kSetupFailed);
  }
}

// Fault injection has its say on every step.
bool BoxRun::Check(SetupStep step, bool ok) {
  if (ok && host_->world->fail_step == step) {
    errno = EIO;
    ok = false;
  }
  if (!ok) FailSetup(step, errno);
  return ok;
}

// Where it does not enter by itself.
bool BoxRun::PutIntoGroup(pid_t pid) {
  return !plan_.group_fds.empty() ||
         Check(SetupStep::kAttach, cgroup_->Attach(pid));
}

void BoxRun::Start() {
  const World& world = *host_->world;
  if (!Check(SetupStep::kPipes, MakePlan() && OpenPipes())) return;
  const BoxLimits& limits = plan_.request.limits;
  plan_.extra_process_count = 1;
  if (!Check(SetupStep::kCgroup,
             cgroup_->Begin(limits, limits.process_count + 1))) {
    return;
  }
  plan_.group_fds = cgroup_->EntranceFds();
  const bool bare = !plan_.bare.folder.empty();
  unsigned long flags = CLONE_PIDFD | SIGCHLD;
  if (!bare) flags |= CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNS;
  if (plan_.has_ipc_namespace) flags |= CLONE_NEWIPC;
  if (plan_.has_uts_namespace) flags |= CLONE_NEWUTS;
  int pidfd = -1;
  pid_t pid = static_cast<pid_t>(
      syscall(SYS_clone, flags, nullptr, &pidfd, nullptr, 0));
  if (pid == 0) {
    // With our own copy of the launcher's end we would never see it die.
    status_.reset();
    if (bare) RunBareInit(std::move(plan_));
    RunBoxInit(std::move(plan_));
  }
  if (pid > 0) {
    init_ = pid;
    init_fd_.reset(pidfd);
  }
  if (!Check(SetupStep::kClone,
             pid > 0 && Watch(init_fd_.get(), RunEvent::kInit))) {
    return;
  }
  ReleaseBoxEnds();
  uint32_t outer = world.ids.Of(host_->lane, slot_);
  if (!Check(SetupStep::kIdMaps, bare || WriteIdMaps(pid, kBoxUid, outer, 1)) ||
      !PutIntoGroup(pid)) {
    return;
  }
  if (!SendPacket(status_.get(), "g", {})) FailSetup(SetupStep::kInit, errno);
}

bool BoxRun::PrepareWarm() {
  warm_ = true;
  const World& world = *host_->world;
  const BoxLimits& limits = plan_.request.limits;
  if (!Check(SetupStep::kPipes, MakePlan() && OpenPipes()) ||
      !Check(SetupStep::kCgroup,
             cgroup_->Begin(limits, limits.process_count))) {
    return false;
  }
  plan_.group_fds = cgroup_->EntranceFds();
  // Inside the fork server's user namespace; a nested one has all
  // capabilities again, and drops them.
  plan_.uid = world.ids.separate ? static_cast<uint32_t>(slot_ + 1) : 0;
  plan_.nest_user_namespace = !world.ids.separate && world.walls.proc;
  plan_.bounded_by_server = !plan_.nest_user_namespace;
  awaits_fork_ = true;
  return true;
}

std::string BoxRun::WarmMessage(std::vector<int>* fds) {
  ++ask_count_;
  return EncodePlan(plan_, slot_, fds);
}

void BoxRun::FailFork(int error) {
  awaits_fork_ = false;
  if (killed_) return Finish();  // Nothing was started for it.
  FailSetup(SetupStep::kForkServer, error);
}

// The pids are our own children's, and not yet reaped: no other process can
// bear them.
void BoxRun::AdoptWarm(UniqueFd init, UniqueFd main) {
  awaits_fork_ = false;
  init_ = PidOf(init.get());
  main_ = PidOf(main.get());
  init_fd_ = std::move(init);
  main_fd_ = std::move(main);
  ReleaseBoxEnds();
  if (killed_) KillTree();
  if (!Check(SetupStep::kClone, Watch(init_fd_.get(), RunEvent::kInit) &&
                                    Watch(main_fd_.get(), RunEvent::kMain)) ||
      !PutIntoGroup(main_)) {
    return;
  }
  if (!SendPacket(status_.get(), "g", {})) {
    FailSetup(SetupStep::kForkServer, errno);
  }
}

void BoxRun::OnEvent(RunEvent event) {
  if (finished_) return;
  switch (event) {
    case RunEvent::kInit:
      return OnInitDead();
    case RunEvent::kMain:
      return OnMainDead();
    case RunEvent::kStdout:
      return ReadCapture(&stdout_);
    case RunEvent::kStderr:
      return ReadCapture(&stderr_);
    case RunEvent::kReply:
      return ReadCapture(&reply_);
  }
}

void BoxRun::ReadCapture(Capture* capture) {
  if (capture->fd() < 0) return;
  const bool more = capture->Read();
  if (capture->over() && capture != &stderr_) {
    // The pipe stays open until the box is dead: a writer that saw it break
    // might still reply before it is killed.
    epoll_ctl(host_->epoll_fd, EPOLL_CTL_DEL, capture->fd(), nullptr);
    Kill(Outcome::kOutput);
  } else if (!more) {
    capture->Close();
  }
}

void BoxRun::ReadStatus() {
  std::string bytes;
  std::vector<UniqueFd> fds;
  while (status_.valid()) {
    if (!ReceivePacket(status_.get(), &bytes, &fds, MSG_DONTWAIT)) {
      if (errno != EAGAIN) status_.reset();
      return;
    }
    BoxEvent event;
    if (bytes.size() != sizeof(event)) continue;
    std::memcpy(&event, bytes.data(), sizeof(event));
    if (event.kind == BoxEventKind::kFailed) {
      FailSetup(event.step, event.error);
    } else if (event.kind == BoxEventKind::kFolder && fds.size() == 1) {
      folder_ = std::move(fds[0]);
    } else if (event.kind == BoxEventKind::kStarted) {
      started_ns_ = event.time_ns;
    } else if (event.kind == BoxEventKind::kFull) {
      Kill(Outcome::kMemory);
    } else if (event.kind == BoxEventKind::kEnded) {
      has_status_ = true;
      wait_status_ = event.wait_status;
      ended_ns_ = event.time_ns;
      rusage_cpu_ns_ = std::max(rusage_cpu_ns_, event.cpu_ns);
      report_.peak_memory_bytes =
          std::max(report_.peak_memory_bytes, event.peak_bytes);
    }
  }
}

int64_t BoxRun::CpuNs() const {
  return std::max(
      {cgroup_->CpuNs(), rusage_cpu_ns_ + orphans_cpu_ns_, polled_cpu_ns_});
}

void BoxRun::OnTime(int64_t now_ns) {
  if (finished_) return;
  if (killed_) {  // Dying; a stuck kernel is only to be waited for.
    KillTree();
    next_time_ns_ = now_ns + kLongestWatchNs;
    return;
  }
  if (started_ns_ == 0) ReadStatus();
  if (started_ns_ == 0) {
    if (now_ns - begin_ns_ >= kSetupTimeoutNs) {
      return FailSetup(SetupStep::kTimeout, ETIMEDOUT);
    }
    next_time_ns_ = now_ns + std::clamp((now_ns - begin_ns_) / 2,
                                        kShortestWatchNs, kLongestWatchNs);
    return;
  }
  const BoxLimits& limits = plan_.request.limits;
  const bool young = IsYoung(now_ns);
  if (Uncounted() && !young) {
    // Now and then at all of /proc, lest one hides behind others that end.
    const TreeWalk walk =
        ++looks_ % kWholeEvery == 0 ? TreeWalk::kWholeProc : TreeWalk::kLists;
    TreeUsage usage = ReadTreeUsage(TreeRoot(), TreeReaper(), walk);
    now_ns = MonotonicNs();  // A look takes its time.
    polled_cpu_ns_ = std::max(polled_cpu_ns_, usage.cpu_ns);
    report_.peak_memory_bytes =
        std::max(report_.peak_memory_bytes, usage.resident_bytes);
    if (usage.resident_bytes > limits.memory_bytes) {
      return Kill(Outcome::kMemory);
    }
  }
  cgroup_->Look();
  int64_t cpu_left = limits.cpu_ns - CpuNs();
  if (cpu_left <= 0) return Kill(Outcome::kCpuTime);
  int64_t wall_left = started_ns_ + limits.wall_ns - now_ns;
  // One that has ended without being told of yet, for want of a core, is
  // waited for as long again.
  if (wall_left <= 0 && (-wall_left > limits.wall_ns || !HasEnded())) {
    return Kill(Outcome::kWallTime);
  }
  if (cgroup_->OomKills() > 0) return Kill(Outcome::kMemory);
  const int64_t sooner = SoonestEndNs(cpu_left);
  int64_t longest = kLongestWatchNs;
  if (Uncounted() && !plan_.limit_address_space) {
    longest = kLongestMemoryWatchNs;
  }
  if (young) longest = kYoungNs;
  next_time_ns_ =
      now_ns + std::min(wall_left > 0 ? wall_left : longest,
                        std::clamp(sooner, kShortestWatchNs, longest));
}

// Where all its processes had a core each.
int64_t BoxRun::SoonestEndNs(int64_t cpu_left_ns) const {
  return cpu_left_ns /
         std::min(Cores(), plan_.request.limits.process_count + 1);
}

// It cannot have used much yet of what nothing but our own looks counts.
bool BoxRun::IsYoung(int64_t now_ns) const {
  return Uncounted() && now_ns - started_ns_ < kYoungNs &&
         SoonestEndNs(plan_.request.limits.cpu_ns) >= kYoungNs;
}

// The candidate is dead, or all of the box but its pid 1 is.
bool BoxRun::HasEnded() {
  ReadStatus();
  if (has_status_) return true;
  if (warm_) return main_ < 0 || IsExiting(main_);
  const std::vector<pid_t> alive = cgroup_->Pids();
  return alive.size() == 1 && alive[0] == init_;
}

void BoxRun::Kill(Outcome cause) {
  if (killed_ || finished_) return;
  killed_ = true;
  cause_ = cause;
  NoteDelay();
  KillTree();
}

// Before the tree dies: a report of its waiting dies with it.
void BoxRun::NoteDelay() {
  for (const pid_t pid : cgroup_->Pids()) {
    for (int64_t delay : ThreadDelaysNs(pid)) {
      report_.scheduling_delay_ns += delay;
      report_.longest_delay_ns = std::max(report_.longest_delay_ns, delay);
    }
  }
}

void BoxRun::KillTree() {
  if (!plan_.bare.folder.empty()) {
    // Its own death would not end the others: it is asked to.
    if (init_fd_.valid()) {
      syscall(SYS_pidfd_send_signal, init_fd_.get(), SIGTERM, nullptr, 0);
    }
    return;
  }
  for (int fd : {main_fd_.get(), init_fd_.get()}) {
    if (fd >= 0) syscall(SYS_pidfd_send_signal, fd, SIGKILL, nullptr, 0);
  }
}

// The kernel lets pid 1 die only when all others of the box are dead.
void BoxRun::OnInitDead() {
  rusage usage = {};
  int status = 0;
  pid_t result = wait4(init_, &status, WNOHANG | __WALL, &usage);
  if (result == 0) return;
  init_ = -1;
  init_fd_.reset();
  ReadStatus();
  if (warm_) {
    orphans_cpu_ns_ = UsedNs(usage);
  } else {
    rusage_cpu_ns_ = std::max(rusage_cpu_ns_, UsedNs(usage));
  }
  bool unexpected = warm_ ? main_ >= 0 && !killed_
                          : !has_status_ && !killed_ && !setup_failed_;
  if (unexpected && cgroup_->OomKills() == 0) {
    FailSetup(SetupStep::kInit, ECHILD);
  }
  if (init_ < 0 && main_ < 0) Finish();
}

void BoxRun::OnMainDead() {
  rusage usage = {};
  int status = 0;
  pid_t result = wait4(main_, &status, WNOHANG | __WALL, &usage);
  if (result == 0) return;
  main_ = -1;
  main_fd_.reset();
  ReadStatus();
  ended_ns_ = MonotonicNs();
  has_status_ = true;
  wait_status_ = status;
  if (Uncounted()) {
    report_.peak_memory_bytes =
        std::max(report_.peak_memory_bytes, int64_t{usage.ru_maxrss} << 10);
  }
  rusage_cpu_ns_ = std::max(rusage_cpu_ns_, UsedNs(usage));
  // Nobody in the box can end its pid 1; whose end kills them was not theirs.
  if (!killed_ && WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL &&
      init_ >= 0 && IsExiting(init_)) {
    FailSetup(SetupStep::kInit, ECHILD);
  }
  if (init_ >= 0) {
    KillTree();  // The orphans with it.
  } else {
    Finish();
  }
}

void BoxRun::DrainCaptures() {
  for (Capture* capture : {&stdout_, &stderr_, &reply_}) {
    // Bounded: the writers are dead, and a pipe holds little.
    if (capture->fd() >= 0) capture->Read();
    capture->Close();
  }
  report_.stdout_text = stdout_.TakeBytes();
  report_.stderr_text = stderr_.TakeBytes();
  report_.stderr_truncated = stderr_.over();
  report_.reply = reply_.TakeBytes();
}

// Who cancels a run may have seen its end before we did: that of a channel
// comes before that of the process. The kernel's kill for want of memory is
// counted at once; a signal other than ours was its own.
bool BoxRun::EndedBeforeItWasCancelled() const {
  if (cause_ != Outcome::kCancelled) return false;
  if (cgroup_->OomKills() > 0) return true;
  return has_status_ && WIFSIGNALED(wait_status_) &&
         WTERMSIG(wait_status_) != SIGKILL;
}

void BoxRun::Decide(int64_t cpu_ns) {
  Outcome outcome = cause_;
  if (setup_failed_) {
    outcome = Outcome::kSetupFailed;
  } else if (!killed_ || EndedBeforeItWasCancelled()) {
    outcome = Outcome::kExited;
    if (stdout_.over() || reply_.over()) {
      outcome = Outcome::kOutput;
    } else if (cgroup_->OomKills() > 0) {
      outcome = Outcome::kMemory;
    } else if (cpu_ns >= plan_.request.limits.cpu_ns) {
      outcome = Outcome::kCpuTime;
    }
  }
  report_.outcome = static_cast<int>(outcome);
  if (outcome == Outcome::kExited) DecideByStatus();
}

void BoxRun::DecideByStatus() {
  if (WIFEXITED(wait_status_)) {
    report_.exit_code = WEXITSTATUS(wait_status_);
    return;
  }
  report_.signal = WTERMSIG(wait_status_);
  report_.outcome = static_cast<int>(Outcome::kSignaled);
  if (report_.signal == SIGSYS) {
    report_.outcome = static_cast<int>(Outcome::kViolation);
    report_.violation = "forbidden system call";
  }
}

void BoxRun::Finish() {
  if (finished_) return;
  finished_ = true;
  if (ended_ns_ == 0) ended_ns_ = MonotonicNs();
  DrainCaptures();
  int64_t cpu_ns = CpuNs();
  Decide(cpu_ns);
  if (folder_.valid()) {
    report_.files_left_out =
        !CollectFiles(folder_.get(), plan_.request.collect,
                      plan_.request.limits.collect_bytes, &report_.files);
  }
  folder_.reset();
  status_.reset();
  ReleaseBoxEnds();
  report_.cpu_ns = cpu_ns;
  if (started_ns_ > 0) report_.wall_ns = ended_ns_ - started_ns_;
  if (!plan_.bare.folder.empty()) {
    BuryRunFolder(host_->world->bare_folder, plan_.bare.folder);
  }
  // One that was looked at can lie below what the kernel saw of a process.
  int64_t peak = cgroup_->PeakBytes();
  if (peak > 0) {
    report_.peak_memory_bytes = cgroup_->keeps_peak()
                                    ? peak
                                    : std::max(peak, report_.peak_memory_bytes);
  }
  cgroup_->End();
}

BoxReport BoxRun::TakeReport() { return std::move(report_); }

}  // namespace assay::sandbox
