// A lane that answers with results given beforehand, and keeps what it was
// asked: for the rules that no real run can be made to meet.
#ifndef TESTS_VERIFIER_CODE_FAKE_LANE_H_
#define TESTS_VERIFIER_CODE_FAKE_LANE_H_

#include <deque>
#include <memory>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "sandbox/sandbox.h"

namespace assay::code {

class FakeLane : public sandbox::Lane {
 public:
  std::deque<absl::StatusOr<sandbox::RunResult>> results;
  std::vector<sandbox::Command> commands;

  absl::StatusOr<std::unique_ptr<sandbox::Run>> Start(
      const sandbox::Command& command) override {
    commands.push_back(command);
    if (results.empty()) return absl::InternalError("no result left");
    auto next = std::move(results.front());
    results.pop_front();
    if (!next.ok()) return next.status();
    return std::make_unique<Done>(*std::move(next));
  }

 private:
  class Done : public sandbox::Run {
   public:
    explicit Done(sandbox::RunResult result) : result_(std::move(result)) {}
    absl::StatusOr<sandbox::RunResult> Wait() override { return result_; }
    bool WaitFor(absl::Duration /*patience*/) override { return true; }
    void Cancel() override {}

   private:
    sandbox::RunResult result_;
  };
};

}  // namespace assay::code

#endif  // TESTS_VERIFIER_CODE_FAKE_LANE_H_
