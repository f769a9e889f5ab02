// How many node-points a second do the evaluators take, on this host and on a
// device where there is one, and do all say the same bits?
//
// usage: kernel_rates [check | rates | smoke | peer MIX TAPES POINTS FILE]
//   check  the host's loops against the twin, then the device against the
//          host: values of every domain, and tallies of pairs. Exit status 1
//          where a bit differs.
//   rates  node-points a second (leaves counted) by domain, mix and points;
//          the share of this processor's measured peak; batch sizes.
//   smoke  a small part of check.
//   peer   writes a set of expressions as Python, their inputs and our values
//          to FILE, for peers; prints our rate on them.
// Without arguments: check, then rates.
//
// Tapes are heterogeneous, 12 nodes in the mean. Rates are the median of
// several runs, by CPU time on the host and by the device's events there;
// packing and transfers are not counted, but where a line says so.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <memory>
#include <string>
#include <vector>

#include "kernels/lanes/generate.h"
#include "kernels/lanes/host_lanes.h"
#include "kernels/lanes/host_loops.h"
#include "kernels/lanes/pair_test.h"
#include "kernels/lanes/twin.h"

#ifdef ASSAY_HAS_CUDA
#include "kernels/cuda/device.h"
#endif

namespace assay::kernels::lanes {
namespace {

#ifdef ASSAY_HAS_CUDA
using cuda::Device;
std::unique_ptr<Device> device;
#endif
bool differs = false;

double CpuSeconds() {
  timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

template <typename D>
typename D::Field FieldOf() {
  if constexpr (std::is_same_v<typename D::Field, Montgomery>) {
    return Montgomery((uint64_t{1} << 60) + 91);  // Prime, 3 mod 4.
  } else {
    return {};
  }
}

std::vector<SymbolicTape> Tapes(uint64_t seed, Mix mix, size_t count,
                                int variables) {
  Generator generate(seed, mix, variables);
  std::vector<SymbolicTape> tapes;
  for (size_t t = 0; t < count; ++t) tapes.push_back(generate.Tape());
  return tapes;
}

double NodesOf(const std::vector<SymbolicTape>& tapes) {
  size_t nodes = 0;
  for (const SymbolicTape& tape : tapes) nodes += tape.instructions.size();
  return static_cast<double>(nodes);
}

template <typename Value>
bool SameBits(const Value& a, const Value& b) {
  if (std::memcmp(&a, &b, sizeof(a)) == 0) return true;
  if constexpr (std::is_same_v<Value, PlainDomain::Value>) {
    return a.x != a.x && b.x != b.x;
  } else if constexpr (std::is_same_v<Value, RealBall> ||
                       std::is_same_v<Value, ComplexBall>) {
    return !a.defined() && !b.defined() &&
           a.proved_undefined() == b.proved_undefined();
  } else {
    return false;
  }
}

template <typename D>
size_t Differences(const LaneValues<D>& a, const LaneValues<D>& b,
                   size_t tapes) {
  size_t count = 0;
  for (size_t t = 0; t < tapes; ++t) {
    for (size_t k = 0; k < a.points; ++k) {
      const size_t at = t * a.points + k;
      if (!a.undefined.empty()) {
        if (a.undefined[at] != b.undefined[at]) ++count;
        if (a.undefined[at] != 0) continue;
      }
      count += SameBits(a.at(t, k), b.at(t, k)) ? 0 : 1;
    }
  }
  return count;
}

template <typename D>
LaneValues<D> ByTwin(const LaneBatch<D>& batch,
                     const std::vector<SymbolicTape>& tapes) {
  LaneValues<D> values;
  values.Resize(tapes.size(), batch.points());
  const int stride = static_cast<int>(batch.stride());
  std::vector<typename D::Value> variables(batch.variables()), constants;
  for (size_t t = 0; t < tapes.size(); ++t) {
    constants.clear();
    for (const Fraction& f : tapes[t].constants) {
      constants.push_back(ConstantOf<D>(batch.field(), f));
    }
    for (size_t k = 0; k < batch.points(); ++k) {
      for (size_t v = 0; v < variables.size(); ++v) {
        variables[v] = D::Load(
            &batch.coordinates()[v * D::kParts * batch.stride() + k], stride);
      }
      bool undefined = false;
      const auto value = EvaluateByTwin<D>(
          batch.field(), tapes[t].instructions.data(),
          tapes[t].instructions.size(), variables.data(), constants.data(),
          tapes[t].integers.data(), &undefined);
      D::Store(&values.scalars[t * batch.points() * D::kParts + k],
               static_cast<int>(batch.points()), value);
      if (!values.undefined.empty()) {
        values.undefined[t * batch.points() + k] = undefined ? 1 : 0;
      }
    }
  }
  return values;
}

void Say(const char* what, const char* domain, Mix mix, size_t points,
         size_t values, size_t wrong) {
  std::printf("%-16s %-14s %-10s %4zu points %9zu values %s\n", what, domain,
              MixName(mix), points, values,
              wrong == 0 ? "same bits" : "DIFFERENT");
  differs = differs || wrong != 0;
}

#ifdef ASSAY_HAS_CUDA
template <typename D>
void CheckDevice(const char* domain, Mix mix, const LaneBatch<D>& batch,
                 const LaneValues<D>& host) {
  std::string why;
  LaneValues<D> values;
  const size_t tapes = batch.tapes().size(), points = batch.points();
  if (!device->Evaluate(batch, &values, &why)) {
    std::printf("device failed: %s\n", why.c_str());
    differs = true;
    return;
  }
  Say("device = host", domain, mix, points, tapes * points,
      Differences(host, values, tapes));
  std::vector<LanePair> pairs;
  for (uint32_t t = 0; t < tapes; ++t) {
    const uint32_t other = t % 3 == 0 ? t : (t * 7 + 1) % tapes;
    pairs.push_back({t, other, static_cast<PairTest>(t % 3)});
    pairs.push_back({other, t, static_cast<PairTest>((t + 1) % 3)});
  }
  std::vector<PairTally> there, here;
  TestOnHost(batch.field(), host, pairs, &here);
  if (!device->Test(batch, pairs, &there, &why)) {
    std::printf("device failed: %s\n", why.c_str());
    differs = true;
    return;
  }
  size_t wrong = 0;
  for (size_t i = 0; i < pairs.size(); ++i)
    wrong += here[i] == there[i] ? 0 : 1;
  Say("tallies of pairs", domain, mix, points, pairs.size(), wrong);
}
#endif

template <typename D>
void CheckMix(const char* domain, Mix mix, size_t count, size_t points) {
  std::vector<SymbolicTape> tapes = Tapes(points, mix, count, 3);
  // A third of them twice, as candidates often are.
  for (size_t t = 0; t < count / 3; ++t) {
    tapes.push_back(SymbolicTape(tapes[t]));
  }
  const LaneBatch<D> batch =
      MakeBatch<D>(FieldOf<D>(), tapes, 3, points, points + 1);
  LaneValues<D> host;
  EvaluateOnHost(batch, 2, &host);
  Say("host = twin", domain, mix, points, tapes.size() * points,
      Differences(ByTwin(batch, tapes), host, tapes.size()));
#ifdef ASSAY_HAS_CUDA
  if (device != nullptr) CheckDevice(domain, mix, batch, host);
#endif
}

template <typename D>
void Check(const char* domain, size_t count) {
  for (size_t points : {1u, 16u, 300u}) {
    const size_t part = points == 300 ? count / 20 : count;
    CheckMix<D>(domain, Mix::kArithmetic, part, points);
    CheckMix<D>(domain, Mix::kRational, part, points);
    if constexpr (std::is_same_v<typename D::Scalar, double>) {
      CheckMix<D>(domain, Mix::kFunctions, part, points);
      CheckMix<D>(domain, Mix::kAll, part, points);
    }
  }
}

// Additions of doubles a second that this core reaches in its first cache, by
// the evaluator's own loop and nothing around it.
double PeakOperations() {
  alignas(64) static double a[kBlock<PlainDomain>], b[kBlock<PlainDomain>];
  const NoField field;
  const LoopArguments<PlainDomain> arguments = {a,
                                                a,
                                                b,
                                                kBlock<PlainDomain>,
                                                kBlock<PlainDomain>,
                                                kBlock<PlainDomain>,
                                                0,
                                                &field,
                                                nullptr};
  const auto add =
      LoopsOf<PlainDomain>().binary[static_cast<int>(Op::kAdd)][kBoth];
  double best = 0;
  for (int run = 0; run < 5; ++run) {
    constexpr int kSteps = 500'000;
    const double start = CpuSeconds();
    for (int i = 0; i < kSteps; ++i) add(arguments);
    best = std::max(
        best, double{kBlock<PlainDomain>} * kSteps / (CpuSeconds() - start));
  }
  return best;
}

constexpr int kRuns = 5;

template <typename D>
double HostRate(const std::vector<SymbolicTape>& tapes, size_t points) {
  // Several sets of points, taken in turn: inputs are not the cache's.
  std::vector<LaneBatch<D>> batches;
  for (uint64_t s = 0; s < 3; ++s) {
    batches.push_back(MakeBatch<D>(FieldOf<D>(), tapes, 3, points, s));
  }
  LaneValues<D> values;
  EvaluateOnHost(batches[0], 1, &values);
  std::vector<double> times;
  for (int run = 0; run < kRuns; ++run) {
    const double start = CpuSeconds();
    EvaluateOnHost(batches[run % 3], 1, &values);
    times.push_back(CpuSeconds() - start);
  }
  std::sort(times.begin(), times.end());
  return NodesOf(tapes) * static_cast<double>(points) / times[kRuns / 2];
}

template <typename D>
double DeviceRate([[maybe_unused]] const std::vector<SymbolicTape>& tapes,
                  [[maybe_unused]] size_t points) {
#ifdef ASSAY_HAS_CUDA
  if (device == nullptr) return 0;
  const LaneBatch<D> batch = MakeBatch<D>(FieldOf<D>(), tapes, 3, points, 5);
  std::vector<LanePair> none = {{0, 0, PairTest::kSign}};
  std::vector<PairTally> tallies;
  std::vector<double> times;
  std::string why;
  for (int run = 0; run < kRuns + 1; ++run) {
    if (!device->Test(batch, none, &tallies, &why)) {
      std::printf("device failed: %s\n", why.c_str());
      return 0;
    }
    if (run > 0) times.push_back(device->counts().kernel_ms);
  }
  std::sort(times.begin(), times.end());
  return NodesOf(tapes) * static_cast<double>(points) /
         (times[kRuns / 2] * 1e-3);
#else
  return 0;
#endif
}

template <typename D>
void Rates(const char* domain, std::initializer_list<Mix> mixes, size_t work) {
  for (Mix mix : mixes) {
    for (size_t points : {16u, 64u, 256u, 1024u}) {
      const size_t count = std::max<size_t>(200, work / points / 12);
      const std::vector<SymbolicTape> tapes = Tapes(3, mix, count, 3);
      const double host = HostRate<D>(tapes, points);
      std::printf("%-14s %-10s %5zu points  host %9.3e a core", domain,
                  MixName(mix), points, host);
#ifdef ASSAY_HAS_CUDA
      if (device != nullptr) {
        const auto many = Tapes(4, mix, count * 40, 3);
        std::printf("  device %9.3e", DeviceRate<D>(many, points));
      }
#endif
      std::printf("\n");
    }
  }
}

// Pairs through the device by batch size, upload and answer included, beside
// the host: where it pays.
void BatchSizes() {
  std::printf("pairs of real balls (functions), 16 points, by batch size\n");
  for (size_t pairs_count : {16u, 256u, 4096u, 65536u, 262144u}) {
    const auto tapes = Tapes(9, Mix::kFunctions, 2 * pairs_count, 3);
    const auto batch = MakeBatch<RealDomain>({}, tapes, 3, 16, 2);
    std::vector<LanePair> pairs;
    for (uint32_t i = 0; i < pairs_count; ++i) {
      pairs.push_back({2 * i, 2 * i + 1, PairTest::kEqual});
    }
    const double start = CpuSeconds();
    LaneValues<RealDomain> values;
    std::vector<PairTally> tallies;
    EvaluateOnHost(batch, 1, &values);
    TestOnHost<RealDomain>({}, values, pairs, &tallies);
    const double host = CpuSeconds() - start;
    std::printf("%7zu pairs  host %8.3f ms %9.3e pairs/s a core", pairs_count,
                host * 1e3, static_cast<double>(pairs_count) / host);
#ifdef ASSAY_HAS_CUDA
    if (device != nullptr) {
      std::string why;
      std::vector<double> times;
      for (int run = 0; run < kRuns; ++run) {
        const auto from = std::chrono::steady_clock::now();
        if (!device->Test(batch, pairs, &tallies, &why)) break;
        times.push_back(std::chrono::duration<double>(
                            std::chrono::steady_clock::now() - from)
                            .count());
      }
      std::sort(times.begin(), times.end());
      if (!times.empty()) {
        const double wall = times[times.size() / 2];
        std::printf("  device %8.3f ms %9.3e pairs/s, kernels %8.3f ms",
                    wall * 1e3, static_cast<double>(pairs_count) / wall,
                    device->counts().kernel_ms);
      }
    }
#endif
    std::printf("\n");
  }
}

void AllRates() {
  const double peak = PeakOperations();
  std::printf(
      "loops: %s; additions of doubles in the cache: %.3e a second, "
      "so %.3e node-points/s at most (leaves free)\n",
      HostLoopsName(), peak, 2 * peak);
  constexpr size_t kWork = 3'000'000;
  Rates<PlainDomain>(
      "fp64", {Mix::kArithmetic, Mix::kRational, Mix::kFunctions}, 4 * kWork);
  Rates<RealDomain>("real ball", {Mix::kArithmetic, Mix::kFunctions}, kWork);
  Rates<ComplexDomain>("complex ball", {Mix::kArithmetic, Mix::kFunctions},
                       kWork);
  Rates<PrimeDomain<Mersenne61>>("2^61-1", {Mix::kArithmetic}, kWork);
  Rates<PrimeDomain<Montgomery>>("secret prime",
                                 {Mix::kArithmetic, Mix::kRational}, kWork);
  Rates<QuadraticDomain<Montgomery>>("its square", {Mix::kArithmetic}, kWork);
  BatchSizes();
}

// Little of everything, for tools that slow a device down a hundredfold.
void Smoke() {
  CheckMix<RealDomain>("real ball", Mix::kAll, 60, 16);
  CheckMix<RealDomain>("real ball", Mix::kArithmetic, 60, 300);
  CheckMix<ComplexDomain>("complex ball", Mix::kFunctions, 60, 100);
  CheckMix<PrimeDomain<Montgomery>>("secret prime", Mix::kRational, 60, 3);
}

void AllChecks() {
  Check<PlainDomain>("fp64", 2000);
  Check<RealDomain>("real ball", 2000);
  Check<ComplexDomain>("complex ball", 2000);
  Check<PrimeDomain<Mersenne61>>("2^61-1", 2000);
  Check<PrimeDomain<Montgomery>>("secret prime", 2000);
  Check<QuadraticDomain<Mersenne61>>("(2^61-1)^2", 1000);
  Check<QuadraticDomain<Montgomery>>("its square", 1000);
}

// One JSON a line: the inputs, then an expression and our values each.
int Peer(const std::string& mix_name, size_t count, size_t points,
         const char* path) {
  Mix mix = Mix::kArithmetic;
  for (Mix each : {Mix::kRational, Mix::kFunctions}) {
    if (mix_name == MixName(each)) mix = each;
  }
  const auto tapes = Tapes(11, mix, count, 3);
  const auto batch = MakeBatch<PlainDomain>({}, tapes, 3, points, 1);
  LaneValues<PlainDomain> values;
  EvaluateOnHost(batch, 1, &values);
  std::FILE* file = std::fopen(path, "w");
  if (file == nullptr) {
    std::perror(path);
    return 1;
  }
  const auto list = [&](const double* from) {
    for (size_t k = 0; k < points; ++k) {
      std::fprintf(file, k == 0 ? "[\"%a\"" : ", \"%a\"", from[k]);
    }
    std::fprintf(file, "]");
  };
  std::fprintf(file, "{\"rate\": %.6e, \"nodes\": %.0f, \"variables\": [",
               HostRate<PlainDomain>(tapes, points), NodesOf(tapes));
  for (size_t v = 0; v < 3; ++v) {
    if (v > 0) std::fprintf(file, ", ");
    list(&batch.coordinates()[v * batch.stride()]);
  }
  std::fprintf(file, "]}\n");
  for (size_t t = 0; t < count; ++t) {
    std::fprintf(
        file, "{\"python\": \"%s\", \"values\": ", tapes[t].Python().c_str());
    list(&values.scalars[t * points]);
    std::fprintf(file, "}\n");
  }
  std::fclose(file);
  return 0;
}

int Main(int argc, char** argv) {
  const std::string what = argc > 1 ? argv[1] : "";
  if (what == "peer" && argc == 6) {
    return Peer(argv[2], std::stoul(argv[3]), std::stoul(argv[4]), argv[5]);
  }
#ifdef ASSAY_HAS_CUDA
  std::string why;
  device = Device::Open({.memory_max = size_t{4} << 30}, &why);
  std::printf("device: %s\n",
              device == nullptr ? why.c_str() : device->name().c_str());
#else
  std::printf("device: no device (built without a CUDA compiler)\n");
#endif
  if (what == "smoke") Smoke();
  if (what == "check" || what.empty()) AllChecks();
  if (what == "rates" || what.empty()) AllRates();
#ifdef ASSAY_HAS_CUDA
  if (device != nullptr) {
    const cuda::DeviceCounts counts = device->counts();
    std::printf(
        "device: %llu tapes asked, %llu evaluated, %llu of them by "
        "the host, %llu batches failed\n",
        static_cast<unsigned long long>(counts.tapes),
        static_cast<unsigned long long>(counts.evaluated),
        static_cast<unsigned long long>(counts.on_host),
        static_cast<unsigned long long>(counts.failures));
  }
  device.reset();
#endif
  std::printf(differs ? "FAILED: bits differ\n" : "ok\n");
  return differs ? 1 : 0;
}

}  // namespace
}  // namespace assay::kernels::lanes

int main(int argc, char** argv) {
  return assay::kernels::lanes::Main(argc, argv);
}
