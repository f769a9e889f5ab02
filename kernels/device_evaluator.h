// The evaluator of this machine: a CUDA device's where there is one and the
// build knows it, else the host's. The same bits either way.
//
//   std::unique_ptr<Evaluator> evaluator = MakeEvaluator({});
//   evaluator->name();   // "cuda:NVIDIA H200, sm_90" or "host"
//
// Batches below `break_even` values are evaluated on the host at once: a
// device's call costs more than they do. Where the device fails, the batch is
// evaluated on the host, the failure is told, and after kDeviceFailuresMax in a
// row the device is left alone.
//
// Errors: as Evaluator. Threads: thread-safe; batches of several threads wait
// for each other at the device.
#ifndef KERNELS_DEVICE_EVALUATOR_H_
#define KERNELS_DEVICE_EVALUATOR_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>

#include "kernels/evaluator.h"

namespace assay::kernels {

struct EvaluatorOptions {
  bool device = true;  // False: the host's, whatever there is.
  size_t device_memory_max = size_t{1} << 30;
  size_t break_even = size_t{1} << 16;  // Values: tapes x points.
  // Told, from any thread, why a batch went from the device to the host.
  std::function<void(std::string_view why)> on_failure;
};

inline constexpr int kDeviceFailuresMax = 3;

std::unique_ptr<Evaluator> MakeEvaluator(const EvaluatorOptions& options);

}  // namespace assay::kernels

#endif  // KERNELS_DEVICE_EVALUATOR_H_
