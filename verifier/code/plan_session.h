// A planner that stays: one process that reads test texts, one after another.
//
//   PlanSession session(&runner);
//   std::string frames = session.Ask(tests, entry, cancelled);
//   if (frames.empty()) ...  // By a planner of its own; make a new session.
//
// It holds no candidate and runs nothing of a text, so one text leaves nothing
// for the next. A box of its own a text costs three times what reading it
// does.
//
// Empty: the text was not planned within its patience, or the box ended. The
// session is of no more use then: a late answer would be taken for the next.
//
// Bounds: spent() after kPlanUsesMax texts. Threads: the lane's own.
#ifndef VERIFIER_CODE_PLAN_SESSION_H_
#define VERIFIER_CODE_PLAN_SESSION_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

#include "absl/time/time.h"
#include "sandbox/sandbox.h"
#include "sandbox/wire/fd.h"
#include "verifier/code/runner.h"

namespace assay::code {

inline constexpr int kPlanUsesMax = 1000;
// Longer than all but texts made to be slow take on a busy machine.
inline constexpr absl::Duration kPlanPatience = absl::Seconds(1);
inline constexpr int64_t kPlanMemoryBytes = int64_t{1} << 30;

class PlanSession {
 public:
  explicit PlanSession(Runner* runner, absl::Duration patience = kPlanPatience);

  bool ok() const { return run_ != nullptr; }
  bool spent() const { return uses_ >= kPlanUsesMax; }

  std::string Ask(const std::string& tests, const std::string& entry,
                  const std::atomic<bool>& cancelled);

 private:
  bool Send(const std::string& message, absl::Time deadline,
            const std::atomic<bool>& cancelled);
  std::string Receive(absl::Time deadline, const std::atomic<bool>& cancelled);

  const absl::Duration patience_;
  sandbox::UniqueFd control_;
  std::unique_ptr<sandbox::Run> run_;
  int uses_ = 0;
};

}  // namespace assay::code

#endif  // VERIFIER_CODE_PLAN_SESSION_H_
