// The parts of kernel_rates that measure; kernel_rates.cc says what is printed.
#ifndef BENCH_KERNELS_RATES_H_
#define BENCH_KERNELS_RATES_H_

namespace assay::kernels::lanes {

// Rates by domain, mix and points, with their shares of what is possible.
void PrintRates();

// Pairs by batch size: where a device pays.
void PrintBatchSizes();

// Ours beside the naive kernel; false where a value differs.
bool PrintBesideNaive();

// A few large batches on the device, for a profiler.
void RunForProfiler();

}  // namespace assay::kernels::lanes

#endif  // BENCH_KERNELS_RATES_H_
