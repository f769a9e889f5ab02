// How many node-points a second do the evaluators take, on this host and on a
// device where there is one, and do all say the same bits?
//
// usage: kernel_rates [check | rates | alike | pairs | batches | naive |
//                      same [PAIRS] | smoke | profile |
//                      peer MIX TAPES POINTS FILE]
//   check    the host's loops against the twin, then the device against the
//            host: values of every domain, and tallies of pairs. Exit status 1
//            where a bit differs.
//   rates    node-points a second (leaves counted) by domain, mix and points,
//            with the share of this core's measured peak, and of the device's
//            limit by the model of limits.h.
//   alike    the host's rates at few points, where tapes share their code.
//   pairs    pairs/s of what decides them, balls and residues together, on a
//            core and device-resident; and the device's latency for 64k pairs.
//   same     bits and tallies of so many pairs, host against device. Exit
//            status 1 where one differs.
//   batches  pairs by batch size: latency and pairs/s of a core and the device.
//   naive    fp64 beside a naive kernel on the device; values compared first,
//            exit status 1 where one differs.
//   smoke    a small part of check.
//   profile  a few large batches on the device, for a profiler.
//   peer     writes a set of expressions as Python, their inputs, our values
//            and our rates to FILE, for peers.
// Without arguments: check, rates, alike, pairs, batches and naive.
//
// Tapes are heterogeneous, 12 nodes in the mean; measure.h says how rates are
// taken.
#include <cstdio>
#include <string>
#include <vector>

#include "bench/kernels/measure.h"
#include "bench/kernels/rates.h"
#include "bench/kernels/same_bits.h"
#include "kernels/lanes/pair_test.h"
#include "kernels/lanes/twin.h"

namespace assay::kernels::lanes {
namespace {

bool differs = false;

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
  std::vector<SymbolicTape> tapes = DistinctTapes(points, mix, count);
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

// Ours on a set, by domain: {"fp64": 1.2e9, ...}. Residues have no functions.
class OwnRates {
 public:
  OwnRates(const std::vector<SymbolicTape>& tapes, size_t points)
      : tapes_(tapes), points_(points) {}

  template <typename D>
  void Add(const char* domain) {
    Append(domain, HostRate<D>(tapes_, points_), &host_);
#ifdef ASSAY_HAS_CUDA
    if (device == nullptr) return;
    Append(domain,
           DeviceRate<D>(NodesOf(tapes_), MakeBatch<D>(FieldOf<D>(), tapes_,
                                                       kVariables, points_, 5)),
           &device_);
#endif
  }
  void AddAll(bool residues) {
    Add<PlainDomain>("fp64");
    Add<RealDomain>("real ball");
    Add<ComplexDomain>("complex ball");
    if (!residues) return;
    Add<PrimeDomain<Mersenne61>>("2^61-1");
    Add<PrimeDomain<Montgomery>>("secret prime");
    Add<QuadraticDomain<Montgomery>>("its square");
  }
  std::string Json() const {
    return "\"host\": {" + host_ + "}, \"device\": {" + device_ + "}";
  }

 private:
  static void Append(const char* domain, double rate, std::string* list) {
    char text[80];
    std::snprintf(text, sizeof(text), "%s\"%s\": %.6e",
                  list->empty() ? "" : ", ", domain, rate);
    *list += text;
  }
  const std::vector<SymbolicTape>& tapes_;
  const size_t points_;
  std::string host_, device_;
};

void WriteList(std::FILE* file, const double* from, size_t count) {
  for (size_t k = 0; k < count; ++k) {
    std::fprintf(file, k == 0 ? "[\"%a\"" : ", \"%a\"", from[k]);
  }
  std::fprintf(file, "]");
}

// One JSON a line: the inputs, then an expression and our values each.
int Peer(const std::string& mix_name, size_t count, size_t points,
         const char* path) {
  Mix mix = Mix::kArithmetic;
  for (Mix each : {Mix::kRational, Mix::kFunctions}) {
    if (mix_name == MixName(each)) mix = each;
  }
  const auto tapes = DistinctTapes(11, mix, count);
  const auto batch = MakeBatch<PlainDomain>({}, tapes, kVariables, points, 1);
  LaneValues<PlainDomain> values;
  EvaluateOnHost(batch, 1, &values);
  OwnRates rates(tapes, points);
  rates.AddAll(mix != Mix::kFunctions);
  std::FILE* file = std::fopen(path, "w");
  if (file == nullptr) {
    std::perror(path);
    return 1;
  }
  std::fprintf(file, "{%s, \"nodes\": %.0f, \"variables\": [",
               rates.Json().c_str(), NodesOf(tapes));
  for (size_t v = 0; v < kVariables; ++v) {
    if (v > 0) std::fprintf(file, ", ");
    WriteList(file, &batch.coordinates()[v * batch.stride()], points);
  }
  std::fprintf(file, "]}\n");
  for (size_t t = 0; t < count; ++t) {
    std::fprintf(
        file, "{\"python\": \"%s\", \"values\": ", tapes[t].Python().c_str());
    WriteList(file, &values.scalars[t * points], points);
    std::fprintf(file, "}\n");
  }
  std::fclose(file);
  return 0;
}

// Says what there is, but for peers, whose script says it.
void OpenDevice([[maybe_unused]] bool quiet) {
#ifdef ASSAY_HAS_CUDA
  std::string why;
  device = cuda::Device::Open({.memory_max = size_t{4} << 30}, &why);
  if (quiet) return;
  std::printf("device: %s\n",
              device == nullptr ? why.c_str() : device->name().c_str());
#else
  if (!quiet) {
    std::printf("device: no device (built without a CUDA compiler)\n");
  }
#endif
}

int Main(int argc, char** argv) {
  const std::string what = argc > 1 ? argv[1] : "";
  const bool all = what.empty();
  if (what == "peer" && argc == 6) {
    OpenDevice(true);
    return Peer(argv[2], std::stoul(argv[3]), std::stoul(argv[4]), argv[5]);
  }
  OpenDevice(false);
  if (what == "same") {
    differs |= !PrintSamePairs(argc > 2 ? std::stoul(argv[2]) : 1'000'000);
  }
  if (what == "smoke") Smoke();
  if (what == "profile") RunForProfiler();
  if (all || what == "check") AllChecks();
  if (all || what == "rates") PrintRates();
  if (all || what == "alike") PrintAlikeRates();
  if (all || what == "pairs") PrintPairRates();
  if (all || what == "batches") PrintBatchSizes();
  if (all || what == "naive") differs |= !PrintBesideNaive();
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
  std::printf(differs ? "FAILED: values differ\n" : "ok\n");
  return differs ? 1 : 0;
}

}  // namespace
}  // namespace assay::kernels::lanes

int main(int argc, char** argv) {
  return assay::kernels::lanes::Main(argc, argv);
}
