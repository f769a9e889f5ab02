// What this core can do at most, by loops of nothing else, in registers: what
// the shares of a host's rates are shares of.
//
//   HostPeak peak = MeasureHostPeak();
//   double share = rate * work.fp64 / work.nodes / peak.multiply_adds;
//
// Threads: pure; a measurement of some tens of milliseconds, in CPU time.
#ifndef BENCH_KERNELS_HOST_PEAK_H_
#define BENCH_KERNELS_HOST_PEAK_H_

namespace assay::kernels::lanes {

struct HostPeak {
  double multiply_adds = 0;  // Of doubles, a second.
  double products = 0;       // Of 64 x 64 bits to 128, a second.
};

HostPeak MeasureHostPeak();

}  // namespace assay::kernels::lanes

#endif  // BENCH_KERNELS_HOST_PEAK_H_
