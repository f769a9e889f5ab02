#include <chrono>
#include <cstdio>
#include <thread>

#include "bench/kernels/measure.h"
#include "bench/kernels/rates.h"
#include "kernels/lanes/pair_test.h"

namespace assay::kernels::lanes {
namespace {

constexpr size_t kPoints = 16;

struct PairBatch {
  LaneBatch<RealDomain> batch;
  std::vector<LanePair> pairs;
};

PairBatch MakePairs(uint64_t seed, size_t count) {
  PairBatch made;
  made.batch =
      MakeBatch<RealDomain>({}, DistinctTapes(seed, Mix::kFunctions, 2 * count),
                            kVariables, kPoints, seed);
  for (uint32_t i = 0; i < count; ++i) {
    made.pairs.push_back({2 * i, 2 * i + 1, PairTest::kEqual});
  }
  return made;
}

double HostSeconds(const std::vector<PairBatch>& sets, int runs) {
  std::vector<double> times;
  LaneValues<RealDomain> values;
  std::vector<PairTally> tallies;
  for (int run = -1; run < runs; ++run) {
    const PairBatch& set = sets[static_cast<size_t>(run + 1) % sets.size()];
    const double start = CpuSeconds();
    EvaluateOnHost(set.batch, 1, &values);
    TestOnHost<RealDomain>({}, values, set.pairs, &tallies);
    if (run >= 0) times.push_back(CpuSeconds() - start);
  }
  return Median(&times);
}

#ifdef ASSAY_HAS_CUDA
void PrintDevice(const std::vector<PairBatch>& sets, int runs) {
  std::vector<double> times, kernels;
  std::vector<PairTally> tallies;
  std::string why;
  for (int run = -1; run < runs; ++run) {
    const PairBatch& set = sets[static_cast<size_t>(run + 1) % sets.size()];
    const auto from = std::chrono::steady_clock::now();
    if (!device->Test(set.batch, set.pairs, &tallies, &why)) {
      std::printf("  device failed: %s", why.c_str());
      return;
    }
    const std::chrono::duration<double> wall =
        std::chrono::steady_clock::now() - from;
    if (run < 0) continue;
    times.push_back(wall.count());
    kernels.push_back(device->counts().kernel_ms);
  }
  const double wall = Median(&times);
  std::printf("  device %9.4f ms %9.3e pairs/s, kernels %9.4f ms", wall * 1e3,
              static_cast<double>(sets[0].pairs.size()) / wall,
              Median(&kernels));
}
#endif

}  // namespace

void PrintBatchSizes() {
  std::printf(
      "pairs of real balls (functions), %zu points, by batch size; packed "
      "before, upload and answer counted; %u cores\n",
      kPoints, std::thread::hardware_concurrency());
  for (size_t count = 1; count <= 262144; count *= 4) {
    // The largest are beyond any cache by themselves.
    std::vector<PairBatch> sets;
    for (uint64_t s = 0; s < (count < 65536 ? 3 : 1); ++s) {
      sets.push_back(MakePairs(9 + s, count));
    }
    const int runs = count < 1024 ? 201 : count < 65536 ? 21 : 5;
    const double host = HostSeconds(sets, runs);
    std::printf("%7zu pairs  host %9.4f ms %9.3e pairs/s a core", count,
                host * 1e3, static_cast<double>(count) / host);
#ifdef ASSAY_HAS_CUDA
    if (device != nullptr) PrintDevice(sets, runs);
#endif
    std::printf("\n");
    std::fflush(stdout);
  }
}

}  // namespace assay::kernels::lanes
