#include <cmath>
#include <cstdio>
#include <cstring>

#include "bench/kernels/measure.h"
#include "bench/kernels/rates.h"

#ifdef ASSAY_HAS_CUDA
#include "bench/kernels/yardsticks.h"
#endif

namespace assay::kernels::lanes {

#ifdef ASSAY_HAS_CUDA
namespace {

constexpr int kNaiveRuns = 15;

// With our functions the bits are ours; with the compiler's, what rounding
// explains, where ours have a value.
size_t Differences(const std::vector<double>& ours,
                   const std::vector<double>& theirs, bool library) {
  size_t count = ours.size() == theirs.size() ? 0 : 1;
  for (size_t i = 0; i < ours.size() && i < theirs.size(); ++i) {
    const double a = ours[i], b = theirs[i];
    if (library) {
      count +=
          std::isfinite(a) && !(std::fabs(a - b) <= 1e-7 * (1 + std::fabs(a)));
    } else {
      count += std::memcmp(&a, &b, sizeof(a)) != 0 && !(a != a && b != b);
    }
  }
  return count;
}

struct Times {
  std::vector<double> ours, naive, library;
};

// Side by side: each run takes other points, and each kernel writes more than
// a cache holds before its turn comes again.
bool Measure(LaneBatch<PlainDomain>* batch, NaivePeer* peer, Times* times,
             std::string* why) {
  LaneValues<PlainDomain> values;
  for (uint64_t run = 0; run < kNaiveRuns; ++run) {
    Redraw(run, batch);
    double naive = 0, library = 0;
    if (!device->Evaluate(*batch, &values, why) ||
        !peer->Run(batch->coordinates(), false, &naive, nullptr, why) ||
        !peer->Run(batch->coordinates(), true, &library, nullptr, why)) {
      return false;
    }
    times->ours.push_back(device->counts().kernel_ms);
    times->naive.push_back(naive);
    times->library.push_back(library);
  }
  return true;
}

// False where a value differs or the device fails.
bool Compare(Mix mix, size_t points) {
  constexpr size_t kValues = 20'000'000;
  const size_t count = std::min<size_t>(kValues / points, 1 << 19);
  const auto tapes = DistinctTapes(21, mix, count);
  auto batch = MakeBatch<PlainDomain>({}, tapes, kVariables, points, 99);
  std::string why;
  auto peer = NaivePeer::Load(ToStackCode(tapes), batch.coordinates().size(),
                              batch.stride(), points, &why);
  LaneValues<PlainDomain> ours;
  std::vector<double> theirs;
  double ms = 0;
  bool good = peer != nullptr && device->Evaluate(batch, &ours, &why);
  for (bool library : {false, true}) {
    good = good && peer->Run(batch.coordinates(), library, &ms, &theirs, &why);
    const size_t wrong = good ? Differences(ours.scalars, theirs, library) : 0;
    if (wrong == 0) continue;
    std::printf("naive %s %zu points: %zu VALUES DIFFER\n", MixName(mix),
                points, wrong);
    return false;
  }
  Times times;
  if (!good || !Measure(&batch, peer.get(), &times, &why)) {
    std::printf("naive failed: %s\n", why.c_str());
    return false;
  }
  const double work = NodesOf(tapes) * static_cast<double>(points) * 1e3;
  const double ours_ms = Median(&times.ours);
  const double naive_ms = Median(&times.naive);
  const double library_ms = Median(&times.library);
  std::printf(
      "fp64 %-10s %5zu points  ours %9.3e  naive %9.3e, ours is %5.1fx  "
      "naive with CUDA's functions %9.3e, ours is %5.1fx\n",
      MixName(mix), points, work / ours_ms, work / naive_ms, naive_ms / ours_ms,
      work / library_ms, library_ms / ours_ms);
  std::fflush(stdout);
  return true;
}

}  // namespace
#endif

bool PrintBesideNaive() {
  bool good = true;
#ifdef ASSAY_HAS_CUDA
  if (device != nullptr) {
    std::printf("node-points/s beside one thread a value with a local stack\n");
    for (Mix mix : {Mix::kArithmetic, Mix::kRational, Mix::kFunctions}) {
      for (size_t points : {16u, 64u, 1024u}) good &= Compare(mix, points);
    }
    return good;
  }
#endif
  std::printf("naive kernel: skipped, no device\n");
  return good;
}

}  // namespace assay::kernels::lanes
