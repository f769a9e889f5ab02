// The evaluator of this machine: a CUDA device's where there is one and the
// build knows it, else the host's. The same bits either way.
//
//   std::unique_ptr<Evaluator> evaluator = MakeEvaluator({});
//   evaluator->name();   // "cuda:NVIDIA H200, sm_90" or "host"
//
// Batches below the break-even are evaluated on the host at once: a device's
// call costs more than they do. It is measured when the device is opened, which
// takes some hundredths of a second. Where the device fails, the batch is
// evaluated on the host, the failure is told, and after kDeviceFailuresMax in a
// row, or one while the break-even is measured, the device is left alone.
//
// Residues are the host's: a service has one point a field for them, and to
// pack a tape for a field (its leaves have to enter it) takes as long as to
// evaluate it there (12 nodes: 1.4 us and 1.5 us, one core of a Zen 4).
//
// Errors: as Evaluator. Threads: thread-safe; batches of several threads wait
// for each other at the device.
#ifndef KERNELS_DEVICE_EVALUATOR_H_
#define KERNELS_DEVICE_EVALUATOR_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include "kernels/evaluator.h"

namespace assay::kernels {

struct EvaluatorOptions {
  bool device = true;  // False: the host's, whatever there is.
  size_t device_memory_max = size_t{1} << 30;
  // Values (tapes x points); nothing: measured.
  std::optional<size_t> break_even;
  // Told, from any thread, why a batch went from the device to the host, and
  // how often that has happened.
  std::function<void(std::string_view why, uint64_t failures)> on_failure;
  // Told once where a device was opened.
  std::function<void(std::string_view name, size_t break_even)> on_open;
};

inline constexpr int kDeviceFailuresMax = 3;

std::unique_ptr<Evaluator> MakeEvaluator(const EvaluatorOptions& options);

}  // namespace assay::kernels

#endif  // KERNELS_DEVICE_EVALUATOR_H_
