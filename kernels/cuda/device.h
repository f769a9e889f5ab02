// A CUDA device that evaluates batches of lane code: the same bits as
// EvaluateOnHost, and the same tallies as TestOnHost.
//
//   std::string why;
//   std::unique_ptr<Device> device = Device::Open({}, &why);
//   if (device == nullptr) ...                     // no device: `why` says it
//   LaneValues<RealDomain> values;
//   if (!device->Evaluate(batch, &values, &why)) ...   // evaluate on the host
//
// Equal tapes of a batch are evaluated once, so a problem's gold is too.
// Tapes that the device has no kernel for (launch.h: DeviceKnows), or that need
// more temporaries than fit, are evaluated on the host and counted.
//
// Errors: false with a reason where the device fails, memory is short, or a
// batch of Test does not fit at once; nothing is half done then, and the caller
// asks the host. After a failure the device may be tried again.
// Threads: thread-safe; one batch at a time. Bounds: `memory_max` bytes of the
// device, and half of it pinned on the host, taken once when opened.
#ifndef KERNELS_CUDA_DEVICE_H_
#define KERNELS_CUDA_DEVICE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "kernels/lanes/lane_batch.h"
#include "kernels/lanes/pair_test.h"

namespace assay::kernels::cuda {

struct DeviceOptions {
  size_t memory_max = size_t{1} << 30;
};

struct DeviceCounts {
  uint64_t tapes = 0;      // Asked for.
  uint64_t evaluated = 0;  // After equal ones were joined.
  uint64_t on_host = 0;    // Of those, by the host.
  uint64_t failures = 0;   // Batches that failed.
  double kernel_ms = 0;    // By the device's events, of the last batch.
};

class Device {
 public:
  static std::unique_ptr<Device> Open(const DeviceOptions& options,
                                      std::string* why);
  ~Device();

  // "NVIDIA H200, sm_90".
  const std::string& name() const;
  DeviceCounts counts() const;

  template <typename D>
  bool Evaluate(const lanes::LaneBatch<D>& batch, lanes::LaneValues<D>* values,
                std::string* why);
  // Values stay on the device; pairs name tapes of the batch.
  template <typename D>
  bool Test(const lanes::LaneBatch<D>& batch,
            const std::vector<lanes::LanePair>& pairs,
            std::vector<lanes::PairTally>* tallies, std::string* why);

 private:
  class State;
  explicit Device(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace assay::kernels::cuda

#endif  // KERNELS_CUDA_DEVICE_H_
