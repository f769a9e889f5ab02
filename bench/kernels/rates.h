// The parts of kernel_rates that measure; kernel_rates.cc says what is printed.
#ifndef BENCH_KERNELS_RATES_H_
#define BENCH_KERNELS_RATES_H_

#include <cstddef>

namespace assay::kernels::lanes {

// Rates by domain, mix and points, with their shares of what is possible.
void PrintRates();

// The host's at few points, where tapes share their code.
void PrintAlikeRates();

// Pairs a second of balls and residues together.
void PrintPairRates();

// Bits and tallies of so many pairs; false where host and device differ.
bool PrintSamePairs(size_t pairs);

// Pairs by batch size: where a device pays.
void PrintBatchSizes();

// Ours beside the naive kernel; false where a value differs.
bool PrintBesideNaive();

// A few large batches on the device, for a profiler.
void RunForProfiler();

}  // namespace assay::kernels::lanes

#endif  // BENCH_KERNELS_RATES_H_
