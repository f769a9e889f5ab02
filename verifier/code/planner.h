// What does a test text ask of the candidate?
//
//   absl::StatusOr<std::shared_ptr<const Plan>> plan =
//       PlanOf(&runner, tests.code, tests.entry_point);
//
// The text is read by a python run that never holds a candidate, once: plans
// are kept in the world. The lane's planner that stays reads it, and where it
// does not come to a plan, one of its own, which decides. Errors: a Status is
// the host's fault, or a cancelled call's. Texts that exhaust kPlanTime are
// left to the examiner.
#ifndef VERIFIER_CODE_PLANNER_H_
#define VERIFIER_CODE_PLANNER_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "verifier/code/plan.h"
#include "verifier/code/runner.h"

namespace assay::code {

inline constexpr absl::Duration kPlanTime = absl::Seconds(5);

absl::StatusOr<std::shared_ptr<const Plan>> PlanOf(Runner* runner,
                                                   const std::string& tests,
                                                   const std::string& entry);

}  // namespace assay::code

#endif  // VERIFIER_CODE_PLANNER_H_
