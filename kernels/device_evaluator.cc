#include "kernels/device_evaluator.h"

#ifdef ASSAY_HAS_CUDA
#include <atomic>
#include <string>
#include <utility>

#include "kernels/ball_values.h"
#include "kernels/cuda/device.h"
#include "kernels/lane_packer.h"
#endif

namespace assay::kernels {

#ifdef ASSAY_HAS_CUDA
namespace {

class DeviceEvaluator : public Evaluator {
 public:
  DeviceEvaluator(std::unique_ptr<cuda::Device> device,
                  const EvaluatorOptions& options)
      : device_(std::move(device)),
        host_(MakeHostEvaluator()),
        name_("cuda:" + device_->name()),
        break_even_(options.break_even),
        on_failure_(options.on_failure) {}

  std::string_view name() const override { return name_; }
  bool wants_batches() const override { return failures_ < kDeviceFailuresMax; }

  absl::Status Evaluate(const BallBatch& batch,
                        std::vector<BallValue>* values) const override {
    if (batch.tapes.size() * batch.points.size() < break_even_ ||
        failures_ >= kDeviceFailuresMax) {
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

  // Fields abstain, and know integers and conjugates: their own evaluation
  // says all of it, and one point a field is not a device's work.
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
      ++failures_;
      if (on_failure_) on_failure_(why);
      return false;
    }
    failures_ = 0;
    ToValues(results, batch.tapes.size(), values);
    return true;
  }

  std::unique_ptr<cuda::Device> device_;
  std::unique_ptr<Evaluator> host_;
  std::string name_;
  size_t break_even_;
  std::function<void(std::string_view)> on_failure_;
  mutable std::atomic<int> failures_ = 0;
};

}  // namespace

std::unique_ptr<Evaluator> MakeEvaluator(const EvaluatorOptions& options) {
  std::string why;
  cuda::DeviceOptions device_options;
  device_options.memory_max = options.device_memory_max;
  auto device =
      options.device ? cuda::Device::Open(device_options, &why) : nullptr;
  if (device == nullptr) return MakeHostEvaluator();
  return std::make_unique<DeviceEvaluator>(std::move(device), options);
}
#else
std::unique_ptr<Evaluator> MakeEvaluator(const EvaluatorOptions&) {
  return MakeHostEvaluator();
}
#endif

}  // namespace assay::kernels
