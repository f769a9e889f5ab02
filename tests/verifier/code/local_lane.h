// A lane without a sandbox: plain child processes of this test, so that the
// judge is tested where no box can be made. Only for programs of our own.
//
//   LocalSandbox sandbox(CodeProfiles());
//   auto world = MakeCodeWorld({}, &sandbox);
//
// It enforces CPU and wall time, stdout and reply bytes; nothing else.
#ifndef TESTS_VERIFIER_CODE_LOCAL_LANE_H_
#define TESTS_VERIFIER_CODE_LOCAL_LANE_H_

#include <memory>
#include <string>
#include <vector>

#include "sandbox/sandbox.h"

namespace assay::code {

std::unique_ptr<sandbox::Sandbox> MakeLocalSandbox(
    std::vector<sandbox::Profile> profiles);

}  // namespace assay::code

#endif  // TESTS_VERIFIER_CODE_LOCAL_LANE_H_
