#include <algorithm>
#include <chrono>
#include <cstdio>

#include "bench/kernels/measure.h"
#include "bench/kernels/rates.h"
#include "kernels/lanes/pair_test.h"

namespace assay::kernels::lanes {
namespace {

constexpr size_t kPoints = 16;
constexpr int kPrimes = 3;

// Pairs of neighbours.
std::vector<LanePair> Neighbours(size_t count) {
  std::vector<LanePair> pairs;
  for (uint32_t i = 0; i < count; ++i) {
    pairs.push_back({2 * i, 2 * i + 1, PairTest::kEqual});
  }
  return pairs;
}

// What a pair costs that no rung before has decided: both tapes as balls at
// 16 points, and at one point of each of three primes. Residues know no
// functions: there they are atoms, so the mix is rational.
struct Work {
  explicit Work(size_t count)
      : balls(MakeBatch<RealDomain>(
            {}, DistinctTapes(31, Mix::kFunctions, 2 * count), kVariables,
            kPoints, 1)),
        residues(MakeBatch<PrimeDomain<Montgomery>>(
            FieldOf<PrimeDomain<Montgomery>>(),
            DistinctTapes(32, Mix::kRational, 2 * count), kVariables, 1, 2)),
        pairs(Neighbours(count)) {}

  LaneBatch<RealDomain> balls;
  LaneBatch<PrimeDomain<Montgomery>> residues;
  std::vector<LanePair> pairs;
};

template <typename D>
double HostSeconds(LaneBatch<D>* batch, const std::vector<LanePair>& pairs) {
  std::vector<double> times;
  LaneValues<D> values;
  std::vector<PairTally> tallies;
  for (uint64_t run = 0; run <= kRuns; ++run) {
    Redraw(run, batch);
    const double start = CpuSeconds();
    EvaluateOnHost(*batch, 1, &values);
    TestOnHost(batch->field(), values, pairs, &tallies);
    if (run > 0) times.push_back(CpuSeconds() - start);
  }
  return Median(&times);
}

#ifdef ASSAY_HAS_CUDA
struct Times {
  std::vector<double> kernels, wall;  // Seconds.
};

template <typename D>
bool OnDevice(LaneBatch<D>* batch, const std::vector<LanePair>& pairs, int runs,
              Times* times) {
  std::vector<PairTally> tallies;
  std::string why;
  for (int run = -1; run < runs; ++run) {
    Redraw(static_cast<uint64_t>(run + 1), batch);
    const auto from = std::chrono::steady_clock::now();
    if (!device->Test(*batch, pairs, &tallies, &why)) {
      std::printf("device failed: %s\n", why.c_str());
      return false;
    }
    const std::chrono::duration<double> wall =
        std::chrono::steady_clock::now() - from;
    if (run < 0) continue;
    times->wall.push_back(wall.count());
    times->kernels.push_back(device->counts().kernel_ms * 1e-3);
  }
  return true;
}

void PrintResident(Work* work) {
  Times balls, residues;
  if (!OnDevice(&work->balls, work->pairs, 15, &balls) ||
      !OnDevice(&work->residues, work->pairs, 15, &residues)) {
    return;
  }
  const auto count = static_cast<double>(work->pairs.size());
  const double kernels =
      Median(&balls.kernels) + kPrimes * Median(&residues.kernels);
  const double wall = Median(&balls.wall) + kPrimes * Median(&residues.wall);
  std::printf(
      "device-resident: %.3e pairs/s (kernels and tests; balls %.3f ms, a "
      "prime %.3f ms); with packed uploads, joining and answers %.3e pairs/s\n",
      count / kernels, Median(&balls.kernels) * 1e3,
      Median(&residues.kernels) * 1e3, count / wall);
}

void PrintLatency(Work* work) {
  Times times;
  if (!OnDevice(&work->balls, work->pairs, 300, &times)) return;
  std::sort(times.wall.begin(), times.wall.end());
  std::printf("device: %zu pairs of balls, wall: p50 %.2f ms, p99 %.2f ms\n",
              work->pairs.size(), times.wall[150] * 1e3, times.wall[297] * 1e3);
}
#endif

}  // namespace

void PrintPairRates() {
  Work work(size_t{1} << 16);
  const auto count = static_cast<double>(work.pairs.size());
  const double balls = HostSeconds(&work.balls, work.pairs);
  const double residues = HostSeconds(&work.residues, work.pairs);
  std::printf(
      "pairs of two tapes, 12 nodes in the mean, 8 %% functions, none twice; "
      "%zu points of real balls, a residue at each of %d primes\n"
      "host: %.3e pairs/s a core (balls %.0f ns a pair, a prime %.0f ns)\n",
      kPoints, kPrimes, count / (balls + kPrimes * residues),
      balls / count * 1e9, residues / count * 1e9);
#ifdef ASSAY_HAS_CUDA
  if (device == nullptr) return;
  PrintLatency(&work);
  Work large(size_t{1} << 18);
  PrintResident(&large);
#endif
}

}  // namespace assay::kernels::lanes
