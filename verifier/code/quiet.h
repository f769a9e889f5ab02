// Lets a run repeat alone, so that a busy machine changes no verdict.
//
//   { QuietGate::Shared run(&gate); ... }         // An ordinary run.
//   if (gate.TryEnterAlone()) { ...; gate.LeaveAlone(wall); }
//
// While one run is alone no other of this process runs. Runs alone take at
// most kQuietShare of all run time, and kQuietStart at the outset; beyond,
// TryEnterAlone is false and the first result stands. Threads: safe.
#ifndef VERIFIER_CODE_QUIET_H_
#define VERIFIER_CODE_QUIET_H_

#include <condition_variable>
#include <mutex>

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace assay::code {

inline constexpr double kQuietShare = 0.1;
inline constexpr absl::Duration kQuietStart = absl::Seconds(30);

class QuietGate {
 public:
  class Shared {
   public:
    explicit Shared(QuietGate* gate) : gate_(gate), begin_(absl::Now()) {
      gate_->Enter();
    }
    ~Shared() { gate_->Leave(absl::Now() - begin_); }
    Shared(const Shared&) = delete;
    Shared& operator=(const Shared&) = delete;

   private:
    QuietGate* gate_;
    absl::Time begin_;
  };

  // Waits until no other run is on; the caller holds no Shared.
  bool TryEnterAlone();
  void LeaveAlone(absl::Duration wall);

 private:
  void Enter();
  void Leave(absl::Duration wall);

  std::mutex mutex_;  // Guards what follows.
  std::condition_variable changed_;
  int running_ = 0;
  int peak_ = 1;  // The most runs at once so far: what being alone costs.
  bool alone_ = false;
  absl::Duration shared_wall_;
  absl::Duration alone_wall_;
};

}  // namespace assay::code

#endif  // VERIFIER_CODE_QUIET_H_
