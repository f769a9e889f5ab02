// Examiners that stay: one process for a test text, which its candidates meet
// one after the other, each in a fork that has met no other. And a planner
// that stays, for all texts.
//
//   std::optional<Pair> pair = sessions.Examine(&runner, exam, candidate);
//   if (!pair) ...  // By an examiner of its own: RunPair.
//
// A text is read and compiled once, and its box made once. It gets a session
// when it is seen a second time. Absent: no session, or one that did not come
// to a verdict; a candidate is then examined again without one, so that a
// session decides nothing that a fresh examiner would decide otherwise.
//
// Bounds: kSessionsMax live sessions a lane, the least recently used goes;
// each serves kSessionUsesMax candidates. Threads: the lane's own.
#ifndef VERIFIER_CODE_SESSIONS_H_
#define VERIFIER_CODE_SESSIONS_H_

#include <cstdint>
#include <deque>
#include <list>
#include <memory>
#include <optional>
#include <string>

#include "sandbox/sandbox.h"
#include "sandbox/wire/fd.h"
#include "verifier/code/pair.h"
#include "verifier/code/runner.h"

namespace assay::code {

inline constexpr size_t kSessionsMax = 4;
inline constexpr int kSessionUsesMax = 500;
inline constexpr absl::Duration kSessionLife = absl::Hours(1);
inline constexpr size_t kSeenTextsMax = 256;

// What one examination is bounded by and asks for.
struct Exam {
  std::string tests;
  std::string entry;
  int64_t stop = 0;  // See run_units in python/units.py.
  // Of the examiner alone.
  sandbox::Limits limits;
  // How long it waits for one word of the candidate.
  absl::Duration patience;
};

// A run that stays, by `command` with `limits` but for their time:
// kSessionLife. *control is our end of its kPairChannel. Null: none could be
// started.
std::unique_ptr<sandbox::Run> StartSession(Runner* runner,
                                           sandbox::Command command,
                                           const sandbox::Limits& limits,
                                           sandbox::UniqueFd* control);

// Whether frames of an examiner end in a verdict.
bool IsWhole(const std::string& reply);

class PlanSession;  // verifier/code/plan_session.h

class Sessions {
 public:
  Sessions();
  ~Sessions();
  Sessions(const Sessions&) = delete;
  Sessions& operator=(const Sessions&) = delete;

  std::optional<Pair> Examine(Runner* runner, const Exam& exam,
                              const sandbox::Command& candidate);

  // The planner's frames on a text; empty: none, ask one of its own.
  std::string Plan(Runner* runner, const std::string& tests,
                   const std::string& entry);

 private:
  class Session;

  // The session of the exam, started where it is not there; null: none.
  Session* Find(Runner* runner, const Exam& exam);
  void Drop(Session* session);

  std::list<std::unique_ptr<Session>> sessions_;  // Most recent first.
  std::deque<size_t> seen_;                       // Hashes of keys.
  std::unique_ptr<PlanSession> planner_;
};

}  // namespace assay::code

#endif  // VERIFIER_CODE_SESSIONS_H_
