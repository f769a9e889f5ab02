// A warm box's plan, as the launcher sends it to the fork server's shim.
//
// The descriptors beside it: stdin, request, contents where the plan has
// them; stdout, stderr, reply where it has one; status; then the channels.
#ifndef SANDBOX_LAUNCHER_PLAN_CODEC_H_
#define SANDBOX_LAUNCHER_PLAN_CODEC_H_

#include <string>
#include <string_view>
#include <vector>

#include "sandbox/launcher/box_plan.h"
#include "sandbox/wire/fd.h"

namespace assay::sandbox {

// What the shim answers to a plan. Beside it: pidfds of the init and of the
// clone; of the init alone, or none, where `error` is set.
struct ForkAnswer {
  int32_t error = 0;
};

std::string EncodePlan(const BoxPlan& plan, int slot, std::vector<int>* fds);
// The plan's descriptors are those of `fds`, which keep owning them.
bool DecodePlan(std::string_view bytes, const std::vector<UniqueFd>& fds,
                BoxPlan* plan, int* slot);

}  // namespace assay::sandbox

#endif  // SANDBOX_LAUNCHER_PLAN_CODEC_H_
