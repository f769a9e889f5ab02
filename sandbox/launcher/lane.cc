#include "sandbox/launcher/lane.h"

#include <sched.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <deque>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "sandbox/launcher/bare_plan.h"
#include "sandbox/launcher/box_run.h"
#include "sandbox/launcher/box_setup.h"
#include "sandbox/launcher/cores.h"
#include "sandbox/launcher/fork_server.h"
#include "sandbox/launcher/proc_folder.h"

namespace assay::sandbox {
namespace {

constexpr int kMaxEvents = 64;
// Between looks at killed processes, which die within a millisecond or so.
constexpr useconds_t kOrphanPauseUs = 200;
// Tags in epoll beyond those of the slots.
constexpr uint64_t kServiceTag = uint64_t{1} << 32;
constexpr uint64_t kServerTag = uint64_t{1} << 33;

class LaneLoop {
 public:
  LaneLoop(World* world, int lane, UniqueFd socket);
  void Serve();

 private:
  void StartServers();
  void ReceiveRequests();
  void StartRun(BoxRequest request, std::vector<UniqueFd> fds);
  void StartWarmRun(BoxRun* run);
  ForkServer* ServerNamed(const std::string& name);
  void Dispatch(uint64_t tag);
  void TickRuns();
  void ReportFinished();
  void EndOrphans();
  void Send(std::string bytes);
  void Flush();
  void Refuse(uint64_t id, ReportStatus status, const std::string& text);
  int TimeoutMs() const;

  World* world_;
  RunHost host_;
  FileStore store_;
  UniqueFd socket_;
  UniqueFd epoll_;
  bool closed_ = false;
  bool waits_for_room_ = false;
  std::deque<std::string> outbox_;
  std::array<std::unique_ptr<BoxRun>, kMaxRunsPerLane> runs_;
  std::array<std::unique_ptr<CgroupSlot>, kMaxRunsPerLane> cgroups_;
  std::vector<std::unique_ptr<ForkServer>> servers_;
  std::set<std::string> cold_profiles_;  // Where there are no fork servers.
};

LaneLoop::LaneLoop(World* world, int lane, UniqueFd socket)
    : world_(world), store_(world->store_fd, lane), socket_(std::move(socket)) {
  epoll_.reset(epoll_create1(EPOLL_CLOEXEC));
  host_.world = world;
  host_.lane = lane;
  host_.epoll_fd = epoll_.get();
  host_.store = &store_;
  epoll_event wish = {};
  wish.events = EPOLLIN;
  wish.data.u64 = kServiceTag;
  epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, socket_.get(), &wish);
  for (int slot = 0; slot < kMaxRunsPerLane; ++slot) {
    std::string name =
        "lane" + std::to_string(lane) + ".slot" + std::to_string(slot);
    cgroups_[static_cast<size_t>(slot)] =
        std::make_unique<CgroupSlot>(&world->cgroups, name);
  }
}

// All at once; the lane says hello when each is ready or has failed.
void LaneLoop::StartServers() {
  LauncherHello hello = world_->walls;
  const std::vector<ProfileConfig>& profiles = world_->config.profiles;
  const bool bare = !world_->bare_folder.empty();
  for (const ProfileConfig& profile : profiles) {
    if (!bare) break;
    const std::string error = BareProfileError(*world_, profile);
    if (error.empty()) cold_profiles_.insert(profile.name);
    hello.profiles.push_back({profile.name, error.empty(), error});
  }
  for (size_t i = 0; i < profiles.size() && !bare; ++i) {
    servers_.push_back(std::make_unique<ForkServer>(
        &host_, &profiles[i], kServerTag | static_cast<uint64_t>(i)));
    servers_.back()->Launch();
  }
  for (auto& server : servers_) {
    server->AwaitReady();
    ProfileStatus status;
    status.name = server->name();
    status.ready = server->ready();
    status.error = server->error();
    hello.profiles.push_back(std::move(status));
  }
  Send(Encode(hello));
}

void LaneLoop::Serve() {
  StartServers();
  Flush();
  std::array<epoll_event, kMaxEvents> events;
  while (!closed_) {
    int count =
        epoll_wait(epoll_.get(), events.data(), kMaxEvents, TimeoutMs());
    if (count < 0 && errno != EINTR) return;
    for (int i = 0; i < count; ++i) {
      Dispatch(events[static_cast<size_t>(i)].data.u64);
    }
    TickRuns();
    for (auto& server : servers_) server->DropKilled();
    EndOrphans();
    ReportFinished();
    Flush();
  }
}

int LaneLoop::TimeoutMs() const {
  int64_t next = INT64_MAX;
  for (const auto& run : runs_) {
    if (run != nullptr) next = std::min(next, run->next_time_ns());
  }
  for (const auto& server : servers_) {
    next = std::min(next, server->next_time_ns());
  }
  if (next == INT64_MAX) return -1;
  int64_t left = (next - MonotonicNs() + 999999) / 1000000;
  return static_cast<int>(std::clamp<int64_t>(left, 0, 60000));
}

void LaneLoop::Dispatch(uint64_t tag) {
  if (tag == kServiceTag) return ReceiveRequests();
  if ((tag & kServerTag) != 0) {
    servers_[static_cast<size_t>(tag & ~kServerTag)]->OnReadable();
    return;
  }
  auto slot = static_cast<size_t>(tag >> kRunEventBits);
  auto event = static_cast<RunEvent>(tag & ((1 << kRunEventBits) - 1));
  if (slot < runs_.size() && runs_[slot] != nullptr) {
    runs_[slot]->OnEvent(event);
  }
}

void LaneLoop::ReceiveRequests() {
  std::string bytes;
  std::vector<UniqueFd> fds;
  while (true) {
    if (!ReceiveMessage(socket_.get(), &bytes, &fds, MSG_DONTWAIT)) {
      closed_ = errno != EAGAIN;
      return;
    }
    uint64_t id = 0;
    if (DecodeCancel(bytes, &id)) {
      for (auto& run : runs_) {
        if (run != nullptr && run->request().id == id) {
          run->Kill(Outcome::kCancelled);
        }
      }
      continue;
    }
    BoxRequest request;
    if (Decode(bytes, &request)) {
      StartRun(std::move(request), std::move(fds));
    } else {
      // Whose it is cannot be told: all are failed, by our end.
      std::fprintf(stderr, "malformed request\n");
      closed_ = true;
      return;
    }
    fds.clear();
  }
}

void LaneLoop::StartRun(BoxRequest request, std::vector<UniqueFd> fds) {
  size_t slot = 0;
  while (slot < runs_.size() && runs_[slot] != nullptr) ++slot;
  if (slot == runs_.size()) {
    return Refuse(request.id, ReportStatus::kExhausted,
                  "too many runs in flight in this lane");
  }
  runs_[slot] = std::make_unique<BoxRun>(&host_, static_cast<int>(slot),
                                         cgroups_[slot].get(),
                                         std::move(request), std::move(fds));
  const std::string& profile = runs_[slot]->request().profile;
  if (profile.empty() || cold_profiles_.count(profile) != 0) {
    runs_[slot]->Start();
  } else {
    StartWarmRun(runs_[slot].get());
  }
}

void LaneLoop::StartWarmRun(BoxRun* run) {
  ForkServer* server = ServerNamed(run->request().profile);
  if (server == nullptr || !server->usable()) {
    uint64_t id = run->request().id;
    std::string text = server == nullptr ? "no such profile" : server->error();
    for (auto& slot : runs_) {
      if (slot.get() == run) slot.reset();
    }
    return Refuse(id, ReportStatus::kUnavailable, text);
  }
  server->Fork(run);
}

ForkServer* LaneLoop::ServerNamed(const std::string& name) {
  for (auto& server : servers_) {
    if (server->name() == name) return server.get();
  }
  return nullptr;
}

void LaneLoop::Refuse(uint64_t id, ReportStatus status,
                      const std::string& text) {
  BoxReport report;
  report.id = id;
  report.status = status;
  report.status_text = text;
  Send(Encode(report));
}

void LaneLoop::TickRuns() {
  int64_t now = MonotonicNs();
  for (auto& run : runs_) {
    if (run != nullptr && run->next_time_ns() <= now) run->OnTime(now);
  }
  for (auto& server : servers_) {
    if (server->next_time_ns() <= now) server->OnTime(now);
  }
}

// Clones whose fork server died before it could tell of them: children of
// ours that belong to no run.
void LaneLoop::EndOrphans() {
  bool suspected = false;
  std::set<pid_t> known;
  for (auto& server : servers_) {
    suspected |= server->TakeOrphansSuspicion();
    for (pid_t pid : server->Pids()) known.insert(pid);
  }
  if (!suspected) return;
  for (auto& run : runs_) {
    if (run == nullptr) continue;
    for (pid_t pid : run->Pids()) known.insert(pid);
  }
  std::vector<pid_t> orphans;
  AppendChildren(
      std::string(ProcFolder()) + "/self/task/" + std::to_string(getpid()),
      &orphans);
  std::erase_if(orphans, [&](pid_t pid) { return known.count(pid) != 0; });
  for (pid_t orphan : orphans) kill(orphan, SIGKILL);
  // In no order: an init is dead only when its clone is reaped.
  while (!orphans.empty()) {
    std::erase_if(orphans, [](pid_t orphan) {
      return waitpid(orphan, nullptr, __WALL | WNOHANG) != 0;
    });
    if (!orphans.empty()) usleep(kOrphanPauseUs);
  }
}

void LaneLoop::ReportFinished() {
  for (auto& run : runs_) {
    if (run == nullptr || !run->finished()) continue;
    Send(Encode(run->TakeReport()));
    run.reset();
  }
}

void LaneLoop::Send(std::string bytes) { outbox_.push_back(std::move(bytes)); }

void LaneLoop::Flush() {
  bool full = false;
  while (!outbox_.empty()) {
    if (!SendMessage(socket_.get(), outbox_.front(), {}, MSG_DONTWAIT)) {
      full = errno == EAGAIN;
      if (!full) closed_ = true;
      break;
    }
    outbox_.pop_front();
  }
  if (full == waits_for_room_) return;
  waits_for_room_ = full;
  epoll_event wish = {};
  wish.events = full ? EPOLLIN | EPOLLOUT : EPOLLIN;
  wish.data.u64 = kServiceTag;
  epoll_ctl(epoll_.get(), EPOLL_CTL_MOD, socket_.get(), &wish);
}

}  // namespace

void RunLane(World* world, int lane, UniqueFd socket) {
  world->cores = KeepToOneCore(world->first_core + static_cast<uint32_t>(lane));
  prctl(PR_SET_NAME, ("assay-lane-" + std::to_string(lane)).c_str());
  if (world->walls.net_namespace && unshare(CLONE_NEWNET) != 0) {
    world->walls.net_namespace = false;
    world->walls.missing.push_back("netns: not for this lane");
  }
  if (!SetCommonLimits()) _exit(1);
  LaneLoop(world, lane, std::move(socket)).Serve();
  // Inits and fork servers die with us; the nursery reaps them.
  _exit(0);
}

}  // namespace assay::sandbox
