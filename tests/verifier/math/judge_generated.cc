// Judges generated pairs and counts what must never happen.
//
//   judge_generated [COUNT [SEED [THREADS]]]
//
// COUNT equal pairs and COUNT perturbed ones, shared among the threads; the
// same COUNT, SEED and THREADS give the same pairs. Exits 1 where an equal
// pair was proved different or not read, a perturbed pair accepted, or two
// rungs contradicted each other; each such pair is printed.
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "bench/math_measure.h"
#include "tests/verifier/math/generated_pairs.h"
#include "verifier/math/math_judge.h"
#include "verifier/math/world.h"

namespace assay::math {
namespace {

struct Counts {
  std::map<std::string, uint64_t> verdicts;  // "family equal VERDICT"
  std::map<std::string, uint64_t> rungs;
  uint64_t faults = 0;
  double judged_us = 0;
  Slowest slowest;
};

bool IsFault(bool equal, Verdict v) {
  if (!equal) return v == Verdict::kAccepted || v == Verdict::kNoVerdict;
  return v != Verdict::kAccepted && v != Verdict::kUndecided;
}

void JudgeOne(Judge* judge, GeneratedPair pair, bool equal, Counts* counts) {
  Sample sample;
  MathSample task;
  task.golds.push_back(std::move(pair.gold));
  task.candidate = std::move(pair.answer);
  task.policy.exact_decimals = true;
  sample.task = std::move(task);
  const double start = ThreadCpuUs();
  const Report r = judge->Verify(sample, std::atomic<bool>{false});
  const double us = ThreadCpuUs() - start;
  const MathSample& judged = std::get<MathSample>(sample.task);
  counts->judged_us += us;
  counts->slowest.Add(us, judged.golds[0] + "\t" + judged.candidate);
  ++counts->verdicts[std::string(pair.family) +
                     (equal ? " equal " : " perturbed ") +
                     std::string(Name(r.verdict))];
  ++counts->rungs[std::string(RungName(r))];
  if (!IsFault(equal, r.verdict)) return;
  constexpr uint64_t kPrintedMax = 200;
  if (++counts->faults > kPrintedMax) return;
  std::printf(
      "FAULT %s %s %s rung %s: %s\n%s\t%s\t%c\n", equal ? "equal" : "perturbed",
      std::string(pair.family).c_str(), std::string(Name(r.verdict)).c_str(),
      std::string(RungName(r)).c_str(), r.reason.c_str(),
      judged.golds[0].c_str(), judged.candidate.c_str(), equal ? '=' : '#');
}

void JudgeMany(std::shared_ptr<const MathWorld> world, uint64_t seed,
               uint64_t count, Counts* counts) {
  const std::unique_ptr<Judge> judge = MakeMathJudge(std::move(world));
  GeneratedPairs pairs(seed);
  for (uint64_t i = 0; i < count; ++i) {
    JudgeOne(judge.get(), pairs.Equal(), true, counts);
    JudgeOne(judge.get(), pairs.Perturbed(), false, counts);
  }
}

void Merge(const Counts& from, Counts* to) {
  for (const auto& [name, n] : from.verdicts) to->verdicts[name] += n;
  for (const auto& [name, n] : from.rungs) to->rungs[name] += n;
  to->faults += from.faults;
  to->judged_us += from.judged_us;
  to->slowest.Add(from.slowest.us, from.slowest.name);
}

int Main(uint64_t count, uint64_t seed, uint64_t threads) {
  auto world = MakeMathWorld(MathOptions{"", true});
  if (!world.ok()) return 2;
  std::vector<Counts> counts(threads);
  std::vector<std::thread> running;
  for (uint64_t t = 0; t < threads; ++t) {
    const uint64_t share = count / threads + (t < count % threads ? 1 : 0);
    running.emplace_back(JudgeMany, *world, seed * 1000 + t, share, &counts[t]);
  }
  for (std::thread& t : running) t.join();
  Counts total;
  for (const Counts& c : counts) Merge(c, &total);
  for (const auto& [name, n] : total.verdicts) {
    std::printf("  %-40s %llu\n", name.c_str(),
                static_cast<unsigned long long>(n));
  }
  for (const auto& [rung, n] : total.rungs) {
    std::printf("  rung %-10s %llu\n", rung.c_str(),
                static_cast<unsigned long long>(n));
  }
  const uint64_t contradictions = ContradictionsCount().load();
  std::printf(
      "%llu equal and %llu perturbed pairs, seed %llu, %llu threads\n"
      "faults %llu, contradictions %llu\n"
      "mean %.1f us a pair, slowest %.2f ms (CPU of its thread), peak memory "
      "%ld MiB\nslowest: %.300s\n",
      static_cast<unsigned long long>(count),
      static_cast<unsigned long long>(count),
      static_cast<unsigned long long>(seed),
      static_cast<unsigned long long>(threads),
      static_cast<unsigned long long>(total.faults),
      static_cast<unsigned long long>(contradictions),
      total.judged_us / (2 * static_cast<double>(count)),
      total.slowest.us / 1e3, PeakMemoryKib() / 1024,
      total.slowest.name.c_str());
  return total.faults + contradictions == 0 ? 0 : 1;
}

}  // namespace
}  // namespace assay::math

int main(int argc, char** argv) {
  auto argument = [&](int i, uint64_t otherwise) -> uint64_t {
    return argc > i ? std::strtoull(argv[i], nullptr, 10) : otherwise;
  };
  const uint64_t count = argument(1, 20'000);
  const uint64_t seed = argument(2, 1);
  const uint64_t threads = argument(3, 2);
  if (count == 0 || threads == 0 || threads > 64) return 2;
  return assay::math::Main(count, seed, threads);
}
