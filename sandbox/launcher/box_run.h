// One run in flight: its box, its pipes, its limits, its end.
//
//   BoxRun run(&host, slot, std::move(request), std::move(fds));
//   run.Start();                        // Or run.StartWarm(&server).
//   run.OnEvent(what);                  // When epoll says so.
//   run.OnTime(MonotonicNs());          // At run.next_time_ns().
//   if (run.finished()) Send(run.TakeReport());
//
// The first final cause wins. A run is finished only when every process of
// its box is dead and reaped.
//
// Threads: none; nothing here blocks.
#ifndef SANDBOX_LAUNCHER_BOX_RUN_H_
#define SANDBOX_LAUNCHER_BOX_RUN_H_

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

#include "sandbox/launcher/box_plan.h"
#include "sandbox/launcher/capture.h"
#include "sandbox/launcher/cgroup.h"
#include "sandbox/launcher/file_store.h"
#include "sandbox/launcher/world.h"
#include "sandbox/result.h"
#include "sandbox/wire/fd.h"
#include "sandbox/wire/messages.h"

namespace assay::sandbox {

// What of a run became ready; tags of its descriptors in epoll.
enum class RunEvent : int { kInit, kMain, kStdout, kStderr, kReply };
inline constexpr int kRunEventBits = 3;

// What a run needs of its launcher.
struct RunHost {
  World* world = nullptr;
  int lane = 0;
  int epoll_fd = -1;
  FileStore* store = nullptr;
};

class BoxRun {
 public:
  BoxRun(const RunHost* host, int slot, CgroupSlot* cgroup, BoxRequest request,
         std::vector<UniqueFd> fds);
  ~BoxRun();

  // Starts a cold box. On failure the run is finished, as set-up failed.
  void Start();

  // A warm box is started by a fork server: PrepareWarm makes the plan, the
  // server answers with pidfds, and AdoptWarm goes on; or FailFork ends it.
  // A server that dies before it answers has started nothing: another may be
  // asked, kMaxAsks in all.
  static constexpr int kMaxAsks = 3;
  bool PrepareWarm();
  // The message of a fork: the encoded plan, and the descriptors beside it.
  std::string WarmMessage(std::vector<int>* fds);
  bool killed() const { return killed_; }
  bool MayAskAgain() const { return ask_count_ < kMaxAsks && !killed_; }
  void AdoptWarm(UniqueFd init, UniqueFd main);
  void FailFork(int error);
  void FailSetup(SetupStep step, int error);
  const BoxRequest& request() const { return plan_.request; }
  // Its own processes; -1: none, or not ours.
  std::vector<pid_t> Pids() const { return {init_, main_}; }

  void OnEvent(RunEvent event);
  void OnTime(int64_t now_ns);
  // When OnTime wants to be called.
  int64_t next_time_ns() const { return next_time_ns_; }
  void Kill(Outcome cause);

  bool finished() const { return finished_; }
  BoxReport TakeReport();

 private:
  bool Check(SetupStep step, bool ok);
  bool PutIntoGroup(pid_t pid);
  bool MakePlan();
  bool TakeFds();
  void TakeFile(BoxFileEntry* file, int fd);
  bool OpenPipes();
  bool Watch(int fd, RunEvent event);
  void ReadStatus();
  void ReadCapture(Capture* capture);
  void OnInitDead();
  void OnMainDead();
  void Finish();
  void DrainCaptures();
  bool EndedBeforeItWasCancelled() const;
  void Decide(int64_t cpu_ns);
  void DecideByStatus();
  int64_t CpuNs() const;
  void ReleaseBoxEnds();
  int64_t SoonestEndNs(int64_t cpu_left_ns) const;
  bool IsYoung(int64_t now_ns) const;
  // Only our own looks at its processes count what it uses.
  bool Uncounted() const {
    return host_->world->cgroups.version() == CgroupVersion::kNone;
  }
  // The init of a warm run shares the memory of the fork server, so that it is
  // not counted; but orphans fall to it.
  pid_t TreeRoot() const { return warm_ ? main_ : init_; }
  pid_t TreeReaper() const { return warm_ ? init_ : -1; }
  bool HasEnded();
  void NoteDelay();
  void KillTree();

  const RunHost* host_;
  int slot_;
  CgroupSlot* cgroup_;
  BoxPlan plan_;
  std::vector<UniqueFd> fds_;
  std::vector<UniqueFd> box_ends_;
  std::vector<uint64_t> held_;  // In the store.
  UniqueFd status_;
  UniqueFd init_fd_;  // pidfds
  UniqueFd main_fd_;
  UniqueFd folder_;
  pid_t init_ = -1;
  pid_t main_ = -1;  // Ours to reap where warm.
  bool warm_ = false;
  bool awaits_fork_ = false;
  int ask_count_ = 0;
  Capture stdout_;
  Capture stderr_;
  Capture reply_;

  int64_t begin_ns_ = 0;
  int64_t started_ns_ = 0;
  int64_t ended_ns_ = 0;
  int64_t next_time_ns_ = 0;
  int64_t rusage_cpu_ns_ = 0;
  int64_t polled_cpu_ns_ = 0;
  int64_t orphans_cpu_ns_ = 0;  // Of a warm run, which its init has reaped.
  int64_t looks_ = 0;           // At its processes.
  bool has_status_ = false;
  int wait_status_ = 0;
  bool killed_ = false;
  Outcome cause_ = Outcome::kExited;
  bool setup_failed_ = false;
  bool finished_ = false;
  BoxReport report_;
};

}  // namespace assay::sandbox

#endif  // SANDBOX_LAUNCHER_BOX_RUN_H_
