#include <cuda_runtime.h>

#include <algorithm>
#include <utility>

#include "bench/kernels/yardsticks.h"

namespace assay::kernels::lanes {
namespace {

constexpr int kThreads = 128;

struct Code {
  const uint32_t* words;
  const uint32_t* first;
  const double* constants;
  const double* coordinates;
  uint32_t stride;
  uint32_t points;
  uint64_t values;
};

template <bool kLibrary>
__global__ void StackKernel(const Code code, double* values) {
  const uint64_t i = uint64_t{blockIdx.x} * kThreads + threadIdx.x;
  if (i >= code.values) return;
  const uint32_t tape = static_cast<uint32_t>(i / code.points);
  const uint32_t point = static_cast<uint32_t>(i % code.points);
  const uint32_t first = code.first[tape];
  values[i] =
      RunStack<kLibrary>(code.words + first, code.first[tape + 1] - first,
                         code.constants, code.coordinates, code.stride, point);
}

constexpr int kChains = 8, kSteps = 4096, kPeakThreads = 256;

// Chains hide each other's latency. The result is written, so nothing of it
// is left out.
__global__ void PeakKernel(double scale, double* out) {
  double x[kChains];
#pragma unroll
  for (int c = 0; c < kChains; ++c) x[c] = threadIdx.x + c;
#pragma unroll 4
  for (int step = 0; step < kSteps; ++step) {
#pragma unroll
    for (int c = 0; c < kChains; ++c) x[c] = fma(x[c], scale, scale);
  }
  double sum = 0;
#pragma unroll
  for (int c = 0; c < kChains; ++c) sum += x[c];
  out[blockIdx.x * kPeakThreads + threadIdx.x] = sum;
}

// Two events and what lies between them.
class Stopwatch {
 public:
  Stopwatch() { good_ = Create(&begin_) && Create(&end_); }
  ~Stopwatch() {
    if (begin_ != nullptr) cudaEventDestroy(begin_);
    if (end_ != nullptr) cudaEventDestroy(end_);
  }
  void Start() { cudaEventRecord(begin_); }
  // False where anything failed since Start.
  bool Stop(double* ms) {
    float elapsed = 0;
    if (!good_ || cudaEventRecord(end_) != cudaSuccess ||
        cudaEventSynchronize(end_) != cudaSuccess ||
        cudaEventElapsedTime(&elapsed, begin_, end_) != cudaSuccess) {
      return false;
    }
    *ms = elapsed;
    return cudaGetLastError() == cudaSuccess;
  }

 private:
  static bool Create(cudaEvent_t* event) {
    return cudaEventCreate(event) == cudaSuccess;
  }
  cudaEvent_t begin_ = nullptr;
  cudaEvent_t end_ = nullptr;
  bool good_ = false;
};

double Attribute(cudaDeviceAttr which) {
  int value = 0;
  return cudaDeviceGetAttribute(&value, which, 0) == cudaSuccess ? value : 0;
}

}  // namespace

class NaivePeer::State {
 public:
  ~State() {
    for (void* memory : held_) cudaFree(memory);
  }
  bool Load(const StackCode& from, size_t coordinates, size_t stride,
            size_t points) {
    code.stride = static_cast<uint32_t>(stride);
    code.points = static_cast<uint32_t>(points);
    code.values = (from.first.size() - 1) * points;
    return Upload(from.words, &code.words) && Upload(from.first, &code.first) &&
           Upload(from.constants, &code.constants) &&
           Take(coordinates, &inputs) && Take(code.values, &values);
  }

  Code code = {};
  double* inputs = nullptr;
  double* values = nullptr;
  Stopwatch watch;

 private:
  template <typename T>
  bool Take(size_t count, T** to) {
    void* memory = nullptr;
    if (cudaMalloc(&memory, std::max<size_t>(1, count) * sizeof(T)) !=
        cudaSuccess) {
      return false;
    }
    held_.push_back(memory);
    *to = static_cast<T*>(memory);
    return true;
  }
  template <typename T>
  bool Upload(const std::vector<T>& from, const T** to) {
    T* placed = nullptr;
    if (!Take(from.size(), &placed)) return false;
    *to = placed;
    return cudaMemcpy(placed, from.data(), from.size() * sizeof(T),
                      cudaMemcpyHostToDevice) == cudaSuccess;
  }

  std::vector<void*> held_;
};

NaivePeer::NaivePeer(std::unique_ptr<State> state) : state_(std::move(state)) {}
NaivePeer::~NaivePeer() = default;

std::unique_ptr<NaivePeer> NaivePeer::Load(const StackCode& code,
                                           size_t coordinates, size_t stride,
                                           size_t points, std::string* why) {
  auto state = std::make_unique<State>();
  if (!state->Load(code, coordinates, stride, points)) {
    *why = cudaGetErrorString(cudaGetLastError());
    return nullptr;
  }
  return std::unique_ptr<NaivePeer>(new NaivePeer(std::move(state)));
}

bool NaivePeer::Run(const std::vector<double>& coordinates, bool library,
                    double* ms, std::vector<double>* values, std::string* why) {
  State& s = *state_;
  s.code.coordinates = s.inputs;
  const auto blocks =
      static_cast<unsigned>((s.code.values + kThreads - 1) / kThreads);
  bool good = cudaMemcpy(s.inputs, coordinates.data(),
                         coordinates.size() * sizeof(double),
                         cudaMemcpyHostToDevice) == cudaSuccess;
  s.watch.Start();
  if (library) {
    StackKernel<true><<<blocks, kThreads>>>(s.code, s.values);
  } else {
    StackKernel<false><<<blocks, kThreads>>>(s.code, s.values);
  }
  good = s.watch.Stop(ms) && good;
  if (good && values != nullptr) {
    values->resize(s.code.values);
    good = cudaMemcpy(values->data(), s.values, s.code.values * sizeof(double),
                      cudaMemcpyDeviceToHost) == cudaSuccess;
  }
  if (!good) *why = cudaGetErrorString(cudaGetLastError());
  return good;
}

bool ReadMachine(Machine* machine, std::string* why) {
  const int major =
      static_cast<int>(Attribute(cudaDevAttrComputeCapabilityMajor));
  const int minor =
      static_cast<int>(Attribute(cudaDevAttrComputeCapabilityMinor));
  machine->processors = Attribute(cudaDevAttrMultiProcessorCount);
  machine->clock_hz = Attribute(cudaDevAttrClockRate) * 1e3;
  machine->fp64_lanes = Fp64Lanes(major, minor);
  // Two transfers a clock, of so many bits.
  machine->memory_bytes_per_s = Attribute(cudaDevAttrMemoryClockRate) * 1e3 *
                                2 / 8 *
                                Attribute(cudaDevAttrGlobalMemoryBusWidth);
  if (machine->processors > 0 && machine->clock_hz > 0) return true;
  *why = "the device does not say its clock";
  return false;
}

double MeasureMultiplyAdds() {
  const int blocks =
      static_cast<int>(Attribute(cudaDevAttrMultiProcessorCount)) * 32;
  double* out = nullptr;
  if (cudaMalloc(&out, sizeof(double) * blocks * kPeakThreads) != cudaSuccess) {
    return 0;
  }
  Stopwatch watch;
  std::vector<double> times;
  for (int run = 0; run < 8; ++run) {
    double ms = 0;
    watch.Start();
    PeakKernel<<<blocks, kPeakThreads>>>(0.5, out);
    if (!watch.Stop(&ms)) break;
    if (run > 0) times.push_back(ms);
  }
  cudaFree(out);
  if (times.empty()) return 0;
  std::sort(times.begin(), times.end());
  return 1.0 * blocks * kPeakThreads * kChains * kSteps /
         (times[times.size() / 2] * 1e-3);
}

}  // namespace assay::kernels::lanes
