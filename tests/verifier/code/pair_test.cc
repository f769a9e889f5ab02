// When the candidate of a pair is killed.
#include "verifier/code/pair.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <memory>

#include "tests/verifier/code/fake_lane.h"

namespace assay::code {
namespace {

using sandbox::Outcome;
using sandbox::RunResult;

// A run that dies of `reason` a while after it has closed its channel, unless
// it is cancelled before.
class Dying : public sandbox::Run {
 public:
  Dying(int channel, bool hangs_up, Outcome reason)
      : channel_(dup(channel)), reason_(reason) {
    if (hangs_up) HangUp();
  }
  ~Dying() override { HangUp(); }

  absl::StatusOr<RunResult> Wait() override {
    RunResult result;
    result.outcome = outcome_;
    return result;
  }
  bool WaitFor(absl::Duration patience) override {
    EXPECT_LT(channel_, 0) << "waits for one that may live for ever";
    if (patience < absl::Milliseconds(10) || channel_ >= 0) return false;
    if (outcome_ == Outcome::kExited) outcome_ = reason_;
    return true;
  }
  void Cancel() override {
    if (outcome_ == Outcome::kExited) outcome_ = Outcome::kCancelled;
  }

 private:
  void HangUp() {
    if (channel_ >= 0) close(channel_);
    channel_ = -1;
  }

  int channel_;
  Outcome reason_;
  Outcome outcome_ = Outcome::kExited;
};

class DyingLane : public sandbox::Lane {
 public:
  explicit DyingLane(bool hangs_up) : hangs_up_(hangs_up) {}
  absl::StatusOr<std::unique_ptr<sandbox::Run>> Start(
      const sandbox::Command& command) override {
    return std::make_unique<Dying>(command.channels[0].fd, hangs_up_,
                                   Outcome::kViolation);
  }

 private:
  bool hangs_up_;
};

Outcome CandidateOf(bool hangs_up) {
  CodeWorld world("");
  DyingLane lane(hangs_up);
  const std::atomic<bool> cancelled{false};
  Runner runner(&world, &lane, &cancelled);
  bool examined = false;
  const RunResult result =
      RunBeside(&runner, sandbox::Command(), absl::InfiniteDuration(),
                [&examined](int /*channel*/) { examined = true; });
  EXPECT_TRUE(examined);
  return result.outcome;
}

TEST(Pair, ACandidateThatHungUpSaysWhyItDied) {
  EXPECT_EQ(CandidateOf(true), Outcome::kViolation);
}

TEST(Pair, ACandidateThatStillListensIsKilled) {
  EXPECT_EQ(CandidateOf(false), Outcome::kCancelled);
}

}  // namespace
}  // namespace assay::code
