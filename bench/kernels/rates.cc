#include "bench/kernels/rates.h"

#include <cstdio>
#include <initializer_list>

#include "bench/kernels/host_peak.h"
#include "bench/kernels/limits.h"
#include "bench/kernels/measure.h"

#ifdef ASSAY_HAS_CUDA
#include "bench/kernels/yardsticks.h"
#endif

namespace assay::kernels::lanes {
namespace {

HostPeak peak;
#ifdef ASSAY_HAS_CUDA
Machine machine;
#endif

template <typename D>
double ShareOfPeak(double rate, const Work& work) {
  const bool doubles = std::is_same_v<typename D::Scalar, double>;
  return rate / work.nodes *
         (doubles ? work.fp64 / peak.multiply_adds
                  : work.products / peak.products);
}

#ifdef ASSAY_HAS_CUDA
template <typename D>
void PrintDevice(Mix mix, size_t count, size_t points) {
  // Enough for every processor, and few enough to pack in seconds.
  const auto tapes = DistinctTapes(4, mix, std::min<size_t>(count, 1 << 19));
  const double nodes = NodesOf(tapes);
  auto batch = MakeBatch<D>(FieldOf<D>(), tapes, kVariables, points, 5);
  const Limit limit = LimitOf(machine, WorkOf(batch, nodes));
  const double rate = DeviceRate<D>(nodes, std::move(batch));
  std::printf("  device %9.3e, %2.0f%% of %9.3e (%s)", rate,
              100 * rate / limit.nodes_per_s, limit.nodes_per_s, limit.what);
}
#endif

template <typename D>
void Print(const char* domain, std::initializer_list<Mix> mixes,
           size_t node_points) {
  for (Mix mix : mixes) {
    for (size_t points : {16u, 64u, 256u, 1024u}) {
      const size_t count = std::max<size_t>(200, node_points / points / 12);
      const auto tapes = DistinctTapes(3, mix, count);
      const double rate = HostRate<D>(tapes, points);
      const Work work = WorkOf(
          MakeBatch<D>(FieldOf<D>(), tapes, kVariables, 1, 0), NodesOf(tapes));
      std::printf("%-14s %-10s %5zu points  host %9.3e a core, %2.0f%% of peak",
                  domain, MixName(mix), points, rate,
                  100 * ShareOfPeak<D>(rate, work));
#ifdef ASSAY_HAS_CUDA
      if (device != nullptr) PrintDevice<D>(mix, count * 40, points);
#endif
      std::printf("\n");
      std::fflush(stdout);
    }
  }
}

void PrintYardsticks() {
  peak = MeasureHostPeak();
  std::printf(
      "host: loops %s; peak of a core, measured: %.3e multiply-adds of doubles "
      "a second, %.3e 64-bit products\n",
      HostLoopsName(), peak.multiply_adds, peak.products);
#ifdef ASSAY_HAS_CUDA
  std::string why;
  if (device == nullptr) return;
  if (!ReadMachine(&machine, &why)) std::printf("device: %s\n", why.c_str());
  const double highest =
      machine.processors * machine.clock_hz * machine.fp64_lanes;
  const double measured = MeasureMultiplyAdds();
  std::printf(
      "device: %.0f processors, %.2f GHz, %.2e bytes/s; multiply-adds of "
      "doubles: %.3e a second by the model, %.3e measured (%.0f%%)\n",
      machine.processors, machine.clock_hz * 1e-9, machine.memory_bytes_per_s,
      highest, measured, 100 * measured / highest);
#endif
}

}  // namespace

void PrintRates() {
  PrintYardsticks();
  constexpr size_t kWork = 3'000'000;
  const auto both = {Mix::kArithmetic, Mix::kFunctions};
  Print<PlainDomain>(
      "fp64", {Mix::kArithmetic, Mix::kRational, Mix::kFunctions}, 4 * kWork);
  Print<RealDomain>("real ball", both, kWork);
  Print<ComplexDomain>("complex ball", both, kWork);
  Print<PrimeDomain<Mersenne61>>("2^61-1", {Mix::kArithmetic}, kWork);
  Print<PrimeDomain<Montgomery>>("secret prime",
                                 {Mix::kArithmetic, Mix::kRational}, kWork);
  Print<QuadraticDomain<Montgomery>>("its square", {Mix::kArithmetic}, kWork);
}

void PrintAlikeRates() {
  std::printf("by tapes of each code, host, a core\n");
  const auto print = [&]<typename D>(const char* domain, Mix mix) {
    for (size_t points : {1u, 4u, 16u}) {
      std::printf("%-14s %-10s %3zu points", domain, MixName(mix), points);
      double alone = 0;
      for (size_t alike : {1u, 4u, 32u}) {
        const double rate =
            HostRate<D>(AlikeTapes(6, mix, 300'000 / points, alike), points);
        if (alike == 1) alone = rate;
        std::printf("  of %2zu %9.3e (%4.1fx)", alike, rate, rate / alone);
      }
      std::printf("\n");
      std::fflush(stdout);
    }
  };
  print.template operator()<RealDomain>("real ball", Mix::kFunctions);
  print.template operator()<ComplexDomain>("complex ball", Mix::kFunctions);
  print.template operator()<PrimeDomain<Montgomery>>("secret prime",
                                                     Mix::kRational);
}

void RunForProfiler() {
#ifdef ASSAY_HAS_CUDA
  if (device == nullptr) return;
  constexpr size_t kCount = 20'000, kPoints = 1024;
  const auto run = [&]<typename D>(const char* domain, Mix mix) {
    std::string why;
    LaneValues<D> values;
    const auto batch = MakeBatch<D>(FieldOf<D>(), DistinctTapes(4, mix, kCount),
                                    kVariables, kPoints, 5);
    const bool good = device->Evaluate(batch, &values, &why);
    std::printf("%s %s %s\n", domain, MixName(mix), good ? "ok" : why.c_str());
  };
  run.template operator()<PlainDomain>("fp64", Mix::kArithmetic);
  run.template operator()<PlainDomain>("fp64", Mix::kFunctions);
  run.template operator()<RealDomain>("real ball", Mix::kFunctions);
  run.template operator()<ComplexDomain>("complex ball", Mix::kArithmetic);
  run.template operator()<PrimeDomain<Montgomery>>("secret prime",
                                                   Mix::kArithmetic);
#endif
}

}  // namespace assay::kernels::lanes
