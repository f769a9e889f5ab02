// Two runs of one lane that talk to each other over a stream socket, which
// each finds open on descriptor kPairChannel.
//
//   Pair pair = RunPair(&runner, candidate_command, examiner_command);
//   if (ReachedLimit(pair.candidate)) ...
//
// The candidate starts first and is dead when RunPair returns: it is killed
// once the examiner has ended, or a moment later where it had hung up by
// itself, so that the result tells why. Errors: a Status of the lane becomes
// Outcome::kSetupFailed of that run. Threads: the lane's own.
#ifndef VERIFIER_CODE_PAIR_H_
#define VERIFIER_CODE_PAIR_H_

#include <functional>

#include "sandbox/command.h"
#include "sandbox/result.h"
#include "verifier/code/outcome.h"
#include "verifier/code/runner.h"

namespace assay::code {

inline constexpr int kPairChannel = 5;
inline constexpr int64_t kExaminerMemoryBytes = int64_t{512} << 20;

struct Pair {
  sandbox::RunResult candidate;
  sandbox::RunResult examiner;
};

// `patience`: how long the examiner's end waits for one word; beyond, its
// reads and writes fail with EAGAIN.
Pair RunPair(Runner* runner, sandbox::Command candidate,
             sandbox::Command examiner,
             absl::Duration patience = absl::InfiniteDuration());

// Runs the candidate while `examine` talks over the other end of its socket,
// which is closed afterwards.
sandbox::RunResult RunBeside(Runner* runner, sandbox::Command candidate,
                             absl::Duration patience,
                             const std::function<void(int)>& examine);

// CodeOptions::judge_time of CPU time beyond the candidate's, and at least
// kExaminerMemoryBytes.
sandbox::Limits ExaminerLimits(const CodeWorld& world, const RunLimits& limits);

// The rule of time over the candidate of a pair; `once` takes its CPU limit.
// One that needed more than its limit has Outcome::kCpuTime.
Pair PairUnderTimeRule(Runner* runner, const RunLimits& limits,
                       const std::function<Pair(absl::Duration)>& once);

// Whether a bound of the run, or the filter, ended it.
bool ReachedLimit(const sandbox::RunResult& result);

// The candidate's run ended before the tests did.
Finding Gone(const sandbox::RunResult& candidate, const RunLimits& limits);
// The examiner's run ended without a verdict.
Finding Silent(const sandbox::RunResult& examiner, const RunLimits& limits);
// The tests passed.
Finding Passed(const sandbox::RunResult& candidate, const RunLimits& limits);

}  // namespace assay::code

#endif  // VERIFIER_CODE_PAIR_H_
