#include "verifier/code/pair.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"

namespace assay::code {
namespace {

using sandbox::Outcome;
using sandbox::RunResult;

// So long a candidate that has hung up may take to die of what it did.
constexpr absl::Duration kLastBreath = absl::Milliseconds(250);

// Both ends of the socket between the two runs; closed when it goes.
class Wire {
 public:
  Wire() {
    int fds[2] = {-1, -1};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) == 0) {
      candidate_ = fds[0];
      examiner_ = fds[1];
    }
  }
  ~Wire() {
    CloseCandidate();
    if (examiner_ >= 0) close(examiner_);
  }
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;
  void CloseCandidate() {
    if (candidate_ >= 0) close(candidate_);
    candidate_ = -1;
  }
  void SetPatience(absl::Duration patience) {
    if (patience == absl::InfiniteDuration()) return;
    const struct timeval bound = absl::ToTimeval(patience);
    for (const int option : {SO_RCVTIMEO, SO_SNDTIMEO}) {
      setsockopt(examiner_, SOL_SOCKET, option, &bound, sizeof(bound));
    }
  }
  bool ok() const { return candidate_ >= 0; }
  bool CandidateHungUp() const {
    struct pollfd end = {examiner_, POLLRDHUP, 0};
    return poll(&end, 1, 0) > 0;
  }
  int candidate() const { return candidate_; }
  int examiner() const { return examiner_; }

 private:
  int candidate_ = -1;
  int examiner_ = -1;
};

RunResult SetupFailed(std::string why) {
  RunResult result;
  result.setup_error = std::move(why);
  return result;
}

}  // namespace

RunResult RunBeside(Runner* runner, sandbox::Command candidate,
                    absl::Duration patience,
                    const std::function<void(int)>& examine) {
  Wire wire;
  if (!wire.ok()) return SetupFailed("socketpair");
  wire.SetPatience(patience);
  candidate.channels = {{kPairChannel, wire.candidate()}};
  auto start = [&]() { return runner->lane().Start(candidate); };
  absl::StatusOr<std::unique_ptr<sandbox::Run>> run = start();
  if (absl::IsUnavailable(run.status())) run = start();
  if (!run.ok()) return SetupFailed(std::string(run.status().message()));
  // So that the examiner sees the end of a candidate that dies.
  wire.CloseCandidate();
  examine(wire.examiner());
  // Cancelled amid its death it would not say of what it died.
  if (!runner->cancelled()->load() && wire.CandidateHungUp()) {
    (*run)->WaitFor(kLastBreath);
  }
  (*run)->Cancel();
  absl::StatusOr<RunResult> result = (*run)->Wait();
  return result.ok() ? *std::move(result)
                     : SetupFailed(std::string(result.status().message()));
}

Pair RunPair(Runner* runner, sandbox::Command candidate,
             sandbox::Command examiner, absl::Duration patience) {
  Pair pair;
  pair.candidate =
      RunBeside(runner, std::move(candidate), patience, [&](int channel) {
        examiner.channels = {{kPairChannel, channel}};
        absl::StatusOr<RunResult> result =
            runner->lane().RunToEnd(examiner, runner->cancelled());
        pair.examiner =
            result.ok() ? *std::move(result)
                        : SetupFailed(std::string(result.status().message()));
      });
  return pair;
}

sandbox::Limits ExaminerLimits(const CodeWorld& world,
                               const RunLimits& limits) {
  sandbox::Limits made = SandboxLimits(limits);
  made.cpu = limits.time * kBand + world.judge_time;
  made.wall = 3 * made.cpu + absl::Seconds(2);
  made.memory_bytes = std::max(limits.memory_bytes, kExaminerMemoryBytes);
  return made;
}

Pair PairUnderTimeRule(Runner* runner, const RunLimits& limits,
                       const std::function<Pair(absl::Duration)>& once) {
  Pair pair;
  pair.candidate = runner->UnderTimeRule(limits, [&](absl::Duration cpu) {
    pair = once(cpu);
    return std::move(pair.candidate);
  });
  BlameHostIfStarved(&pair.examiner);
  if (pair.candidate.cpu > limits.time &&
      pair.candidate.outcome != Outcome::kSetupFailed) {
    pair.candidate.outcome = Outcome::kCpuTime;
  }
  return pair;
}

bool ReachedLimit(const RunResult& result) {
  return result.outcome == Outcome::kCpuTime ||
         result.outcome == Outcome::kWallTime ||
         result.outcome == Outcome::kMemory ||
         result.outcome == Outcome::kOutput ||
         result.outcome == Outcome::kViolation;
}

Finding Gone(const RunResult& candidate, const RunLimits& limits) {
  Finding finding = FindingOf(candidate, limits);
  if (finding.verdict == Verdict::kAccepted ||
      finding.verdict == Verdict::kNoVerdict) {
    return {Verdict::kRuntimeError, Cause::kUnspecified,
            "ended before the tests did"};
  }
  return finding;
}

Finding Silent(const RunResult& examiner, const RunLimits& limits) {
  Finding finding = FindingOf(examiner, limits);
  if (!ReachedLimit(examiner) || examiner.outcome == Outcome::kViolation) {
    return {Verdict::kRuntimeError, Cause::kUnspecified,
            "the tests ended early"};
  }
  finding.reason = absl::StrCat("in the tests: ", finding.reason);
  return finding;
}

Finding Passed(const RunResult& candidate, const RunLimits& limits) {
  if (candidate.outcome == Outcome::kSignaled) {
    return FindingOf(candidate, limits);
  }
  return {Verdict::kAccepted, Cause::kUnspecified, "all assertions passed"};
}

}  // namespace assay::code
