#include <cstdio>
#include <thread>

#include "bench/kernels/measure.h"
#include "bench/kernels/rates.h"
#include "bench/kernels/same_bits.h"
#include "kernels/lanes/pair_test.h"

namespace assay::kernels::lanes {

#ifdef ASSAY_HAS_CUDA
namespace {

constexpr size_t kPoints = 16;
constexpr size_t kPortion = size_t{1} << 16;

struct Wrong {
  size_t values = 0;
  size_t tallies = 0;
};

// Pairs that are equal, differ in a constant, or have nothing in common; every
// operation.
std::vector<SymbolicTape> Tapes(uint64_t seed, Mix mix, size_t pairs) {
  Generator generate(seed, mix, kVariables);
  std::vector<SymbolicTape> tapes;
  for (size_t i = 0; i < pairs; ++i) {
    tapes.push_back(generate.Tape());
    const SymbolicTape& gold = tapes.back();
    tapes.push_back(i % 3 == 0   ? SymbolicTape(gold)
                    : i % 3 == 1 ? generate.Alike(gold)
                                 : generate.Tape());
  }
  return tapes;
}

template <typename D>
bool Portion(uint64_t seed, Mix mix, size_t count, Wrong* wrong) {
  const auto tapes = Tapes(seed, mix, count);
  const auto batch =
      MakeBatch<D>(FieldOf<D>(), tapes, kVariables, kPoints, seed);
  std::vector<LanePair> pairs;
  for (uint32_t i = 0; i < count; ++i) {
    pairs.push_back({2 * i, 2 * i + 1, static_cast<PairTest>(i % 7 / 3)});
  }
  LaneValues<D> host, there;
  std::vector<PairTally> own, theirs;
  std::string why;
  EvaluateOnHost(batch, static_cast<int>(std::thread::hardware_concurrency()),
                 &host);
  TestOnHost(batch.field(), host, pairs, &own);
  if (!device->Evaluate(batch, &there, &why) ||
      !device->Test(batch, pairs, &theirs, &why)) {
    std::printf("device failed: %s\n", why.c_str());
    return false;
  }
  wrong->values += Differences(host, there, tapes.size());
  for (size_t i = 0; i < count; ++i) {
    wrong->tallies += own[i] == theirs[i] ? 0 : 1;
  }
  return true;
}

template <typename D>
bool Same(const char* domain, Mix mix, size_t count) {
  Wrong wrong;
  for (size_t done = 0; done < count; done += kPortion) {
    const size_t portion = std::min(kPortion, count - done);
    if (!Portion<D>(done + 1, mix, portion, &wrong)) return false;
  }
  std::printf(
      "device = host, %s: %zu pairs at %zu points, %zu values and %zu tallies "
      "differ\n",
      domain, count, kPoints, wrong.values, wrong.tallies);
  std::fflush(stdout);
  return wrong.values == 0 && wrong.tallies == 0;
}

}  // namespace
#endif

bool PrintSamePairs([[maybe_unused]] size_t pairs) {
#ifdef ASSAY_HAS_CUDA
  if (device != nullptr) {
    bool same = Same<RealDomain>("real balls", Mix::kAll, pairs / 2);
    same &= Same<ComplexDomain>("complex balls", Mix::kAll, pairs / 4);
    same &= Same<PrimeDomain<Montgomery>>("secret prime", Mix::kRational,
                                          pairs - pairs / 2 - pairs / 4);
    return same;
  }
#endif
  std::printf("device = host: skipped, no device\n");
  return true;
}

}  // namespace assay::kernels::lanes
