// What every measurement of the evaluators begins with: sets of tapes, fields,
// clocks, and the device where there is one.
//
//   const auto tapes = DistinctTapes(/*seed=*/3, Mix::kArithmetic, 1000);
//   double rate = HostRate<RealDomain>(tapes, /*points=*/64);
//
// Rates are node-points a second, leaves counted, the median of several runs
// at points that change between runs: CPU time on the host, the device's
// events around its kernels there; packing and transfers are not counted.
// Tapes of a set are distinct, as the device evaluates equal ones once.
//
// Threads: one.
#ifndef BENCH_KERNELS_MEASURE_H_
#define BENCH_KERNELS_MEASURE_H_

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <memory>
#include <string>
#include <type_traits>
#include <unordered_set>
#include <vector>

#include "kernels/lanes/generate.h"
#include "kernels/lanes/host_lanes.h"

#ifdef ASSAY_HAS_CUDA
#include "kernels/cuda/device.h"
#endif

namespace assay::kernels::lanes {

inline constexpr int kRuns = 5;
inline constexpr int kVariables = 3;

inline double CpuSeconds() {
  timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

// Of at least one value; sorts them.
inline double Median(std::vector<double>* values) {
  std::sort(values->begin(), values->end());
  return (*values)[values->size() / 2];
}

template <typename D>
typename D::Field FieldOf() {
  if constexpr (std::is_same_v<typename D::Field, Montgomery>) {
    return Montgomery((uint64_t{1} << 60) + 91);  // Prime, 3 mod 4.
  } else {
    return {};
  }
}

inline uint64_t Mixed(uint64_t hash, int64_t word) {
  hash = (hash ^ static_cast<uint64_t>(word)) * 0x9e3779b97f4a7c15u;
  return hash ^ hash >> 29;
}

// Of the expression: the order in which a tape has its leaves is no matter.
inline uint64_t HashOf(const SymbolicTape& tape) {
  std::vector<int64_t> hashes;
  size_t constant = 0;
  for (const Instruction& in : tape.instructions) {
    const int arity = ArityOf(in.op);
    uint64_t hash = Mixed(7, static_cast<int64_t>(in.op));
    if (in.op == Op::kVariable) hash = Mixed(hash, in.a);
    if (arity == 0 && in.op != Op::kVariable) {
      const Fraction& f = tape.constants[constant++];
      hash = Mixed(Mixed(hash, f.numerator), f.denominator);
    }
    if (arity >= 1) hash = Mixed(hash, hashes[in.a]);
    if (arity == 2) hash = Mixed(hash, hashes[in.b]);
    if (in.op == Op::kPowInt || in.op == Op::kRoot) {
      hash = Mixed(hash, tape.integers[in.b]);
    }
    hashes.push_back(static_cast<int64_t>(hash));
  }
  return static_cast<uint64_t>(hashes.back());
}

inline std::vector<SymbolicTape> DistinctTapes(uint64_t seed, Mix mix,
                                               size_t count) {
  Generator generate(seed, mix, kVariables);
  std::unordered_set<uint64_t> seen;
  std::vector<SymbolicTape> tapes;
  while (tapes.size() < count) {
    SymbolicTape tape = generate.Tape();
    if (seen.insert(HashOf(tape)).second) tapes.push_back(std::move(tape));
  }
  return tapes;
}

// `count` tapes in no order, `alike` of each code.
inline std::vector<SymbolicTape> AlikeTapes(uint64_t seed, Mix mix,
                                            size_t count, size_t alike) {
  const size_t codes = count / alike;
  std::vector<SymbolicTape> tapes = DistinctTapes(seed, mix, codes);
  Generator generate(seed + 1, mix, kVariables);
  while (tapes.size() < codes * alike) {
    tapes.push_back(generate.Alike(tapes[tapes.size() % codes]));
  }
  return tapes;
}

inline double NodesOf(const std::vector<SymbolicTape>& tapes) {
  size_t nodes = 0;
  for (const SymbolicTape& tape : tapes) nodes += tape.instructions.size();
  return static_cast<double>(nodes);
}

// Other points for the same tapes.
template <typename D>
void Redraw(uint64_t seed, LaneBatch<D>* batch) {
  Generator numbers(seed, Mix::kArithmetic, kVariables);
  for (size_t v = 0; v < batch->variables(); ++v) {
    for (size_t k = 0; k < batch->points(); ++k) {
      const double re = numbers.Number(0, 2), im = numbers.Number(-1, 1);
      batch->SetVariable(v, k, CoordinateOf<D>(batch->field(), re, im));
    }
  }
}

template <typename D>
double HostRate(const std::vector<SymbolicTape>& tapes, size_t points) {
  auto batch = MakeBatch<D>(FieldOf<D>(), tapes, kVariables, points, 0);
  LaneValues<D> values;
  EvaluateOnHost(batch, 1, &values);
  std::vector<double> times;
  for (uint64_t run = 0; run < kRuns; ++run) {
    Redraw(run, &batch);
    const double start = CpuSeconds();
    EvaluateOnHost(batch, 1, &values);
    times.push_back(CpuSeconds() - start);
  }
  return NodesOf(tapes) * static_cast<double>(points) / Median(&times);
}

#ifdef ASSAY_HAS_CUDA
// Null where there is none.
inline std::unique_ptr<cuda::Device> device;

// 0 where it fails, which is printed.
template <typename D>
double DeviceRate(double nodes, LaneBatch<D> batch) {
  LaneValues<D> values;
  std::vector<double> times;
  std::string why;
  for (uint64_t run = 0; run <= kRuns; ++run) {
    Redraw(run, &batch);
    if (!device->Evaluate(batch, &values, &why)) {
      std::printf("device failed: %s\n", why.c_str());
      return 0;
    }
    if (run > 0) times.push_back(device->counts().kernel_ms);
  }
  return nodes * static_cast<double>(batch.points()) / (Median(&times) * 1e-3);
}
#endif

}  // namespace assay::kernels::lanes

#endif  // BENCH_KERNELS_MEASURE_H_
