// What a device's rates are held against: a naive kernel on the same device,
// and what the device says of itself.
//
//   std::string why;
//   auto peer = NaivePeer::Load(ToStackCode(tapes), batch.coordinates().size(),
//                               batch.stride(), batch.points(), &why);
//   double ms = 0;
//   std::vector<double> values;   // [tape][point]
//   if (!peer->Run(batch.coordinates(), /*library=*/false, &ms, &values, &why))
//
// The naive kernel is one thread a value with its stack in local memory
// (stack_machine.h). Times are the device's events around the kernel alone.
//
// Errors: null or false with the reason. Threads: one. Bounds: the values of a
// load fit the device's memory.
#ifndef BENCH_KERNELS_YARDSTICKS_H_
#define BENCH_KERNELS_YARDSTICKS_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "bench/kernels/limits.h"
#include "bench/kernels/stack_machine.h"

namespace assay::kernels::lanes {

class NaivePeer {
 public:
  static std::unique_ptr<NaivePeer> Load(const StackCode& code,
                                         size_t coordinates, size_t stride,
                                         size_t points, std::string* why);
  ~NaivePeer();

  // `coordinates` as LaneBatch has them; `values` may be null.
  bool Run(const std::vector<double>& coordinates, bool library, double* ms,
           std::vector<double>* values, std::string* why);

 private:
  class State;
  explicit NaivePeer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// As the device names its parts, at its highest clocks.
bool ReadMachine(Machine* machine, std::string* why);

// Multiply-adds of doubles a second, by a loop of nothing else; 0 where it
// fails.
double MeasureMultiplyAdds();

}  // namespace assay::kernels::lanes

#endif  // BENCH_KERNELS_YARDSTICKS_H_
