#include "kernels/device_evaluator.h"

#ifdef ASSAY_HAS_CUDA
#include <algorithm>
#include <atomic>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "kernels/ball_values.h"
#include "kernels/break_even.h"
#include "kernels/cuda/device.h"
#include "kernels/lane_packer.h"
#include "kernels/lanes/generate.h"
#include "kernels/lanes/host_lanes.h"
#endif

namespace assay::kernels {

#ifdef ASSAY_HAS_CUDA
namespace {

template <typename Run>
double Seconds(Run run) {
  const auto from = std::chrono::steady_clock::now();
  run();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - from)
      .count();
}

// The quickest of some runs on either, by size, of tapes as pairs have them.
// False where the device fails.
bool Time(cuda::Device* device, std::vector<BatchTimes>* times,
          std::string* why) {
  using Domain = lanes::RealDomain;
  constexpr size_t kPoints = 16, kTapesMax = 8192;
  constexpr int kVariables = 2, kRuns = 4;
  lanes::Generator generate(1, lanes::Mix::kFunctions, kVariables);
  std::vector<lanes::SymbolicTape> tapes;
  for (size_t count = 32; count <= kTapesMax; count *= 2) {
    while (tapes.size() < count) tapes.push_back(generate.Tape());
    const auto batch =
        lanes::MakeBatch<Domain>({}, tapes, kVariables, kPoints, 1);
    lanes::LaneValues<Domain> values;
    BatchTimes best = {count * kPoints, 1e9, 1e9};
    for (int run = 0; run < kRuns; ++run) {
      bool good = false;
      best.host =
          std::min(best.host,
                   Seconds([&] { lanes::EvaluateOnHost(batch, 1, &values); }));
      best.device = std::min(best.device, Seconds([&] {
                               good = device->Evaluate(batch, &values, why);
                             }));
      if (!good) return false;
    }
    times->push_back(best);
  }
  return true;
}

class DeviceEvaluator : public Evaluator {
 public:
  DeviceEvaluator(std::unique_ptr<cuda::Device> device, size_t break_even,
                  const EvaluatorOptions& options)
      : device_(std::move(device)),
        host_(MakeHostEvaluator()),
        name_("cuda:" + device_->name()),
        break_even_(break_even),
        on_failure_(options.on_failure) {}

  std::string_view name() const override { return name_; }
  bool wants_batches() const override { return in_a_row_ < kDeviceFailuresMax; }

  absl::Status Evaluate(const BallBatch& batch,
                        std::vector<BallValue>* values) const override {
    if (batch.tapes.size() * batch.points.size() < break_even_ ||
        in_a_row_ >= kDeviceFailuresMax) {
      return host_->Evaluate(batch, values);
    }
    values->clear();
    if (auto s = CheckBatch(batch); !s.ok()) return s;
    const bool good = batch.domain == BallDomain::kReal
                          ? OnDevice<lanes::RealDomain>(batch, values)
                          : OnDevice<lanes::ComplexDomain>(batch, values);
    if (good) return absl::OkStatus();
    return host_->Evaluate(batch, values);
  }

  absl::Status Evaluate(const ResidueBatch& batch,
                        std::vector<Residue>* values) const override {
    return host_->Evaluate(batch, values);
  }

 private:
  template <typename D>
  bool OnDevice(const BallBatch& batch, std::vector<BallValue>* values) const {
    lanes::LaneBatch<D> packed;
    lanes::LaneValues<D> results;
    std::string why;
    PackBalls(batch.tapes, batch.points, &packed);
    if (!device_->Evaluate(packed, &results, &why)) {
      ++in_a_row_;
      const uint64_t failures = ++failures_;
      if (on_failure_) on_failure_(why, failures);
      return false;
    }
    in_a_row_ = 0;
    ToValues(results, batch.tapes.size(), values);
    return true;
  }

  std::unique_ptr<cuda::Device> device_;
  std::unique_ptr<Evaluator> host_;
  std::string name_;
  size_t break_even_;
  std::function<void(std::string_view, uint64_t)> on_failure_;
  mutable std::atomic<int> in_a_row_ = 0;
  mutable std::atomic<uint64_t> failures_ = 0;
};

}  // namespace

std::unique_ptr<Evaluator> MakeEvaluator(const EvaluatorOptions& options) {
  std::string why;
  cuda::DeviceOptions device_options;
  device_options.memory_max = options.device_memory_max;
  auto device =
      options.device ? cuda::Device::Open(device_options, &why) : nullptr;
  if (device == nullptr) return MakeHostEvaluator();
  std::vector<BatchTimes> times;
  if (!options.break_even && !Time(device.get(), &times, &why)) {
    if (options.on_failure) options.on_failure(why, 1);
    return MakeHostEvaluator();
  }
  const size_t break_even = options.break_even.value_or(BreakEvenOf(times));
  auto evaluator =
      std::make_unique<DeviceEvaluator>(std::move(device), break_even, options);
  if (options.on_open) options.on_open(evaluator->name(), break_even);
  return evaluator;
}
#else
std::unique_ptr<Evaluator> MakeEvaluator(const EvaluatorOptions&) {
  return MakeHostEvaluator();
}
#endif

}  // namespace assay::kernels
