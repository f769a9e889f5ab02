// From how many values on is a device worth its call?
//
//   BreakEvenOf({{1024, 20e-6, 90e-6},
//                {4096, 80e-6, 95e-6},
//                {16384, 320e-6, 110e-6}});   // 16384
//
// Measured where the program runs, once, at its start: it depends on the host
// as much as on the device, by a hundredfold between machines.
//
// Threads: pure.
#ifndef KERNELS_BREAK_EVEN_H_
#define KERNELS_BREAK_EVEN_H_

#include <cstddef>
#include <vector>

namespace assay::kernels {

// Seconds that a batch of so many values (tapes x points) took.
struct BatchTimes {
  size_t values = 0;
  double host = 0;
  double device = 0;  // Packed before; upload and answer included.
};

// By rising values: the first from which on the device was never slower. Twice
// the last one where it was slower there; 0 where nothing was measured.
size_t BreakEvenOf(const std::vector<BatchTimes>& times);

}  // namespace assay::kernels

#endif  // KERNELS_BREAK_EVEN_H_
