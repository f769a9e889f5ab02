// The choice among the loops, for the sources that instantiate them. Included
// by those alone, once each; each names its domains at its end.
#ifndef KERNELS_LANES_HOST_LOOPS_CHOICE_H_
#define KERNELS_LANES_HOST_LOOPS_CHOICE_H_

#include <cstdlib>
#include <cstring>
#include <type_traits>

#include "kernels/lanes/host_loops.h"

namespace assay::kernels::lanes {
namespace {

namespace portable {
#define ASSAY_LOOP
#include "kernels/lanes/host_loops.inc"
#undef ASSAY_LOOP
}  // namespace portable

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define ASSAY_X86_LOOPS
namespace v3 {
#define ASSAY_LOOP [[gnu::flatten, gnu::target("arch=x86-64-v3")]]
#include "kernels/lanes/host_loops.inc"
#undef ASSAY_LOOP
}  // namespace v3
namespace v4 {
#define ASSAY_LOOP \
  [[gnu::flatten, gnu::target("arch=x86-64-v4,prefer-vector-width=512")]]
#include "kernels/lanes/host_loops.inc"
#undef ASSAY_LOOP
}  // namespace v4
#endif

bool Allowed(const char* name) {
  const char* asked = std::getenv("ASSAY_LOOPS");
  return asked == nullptr || std::strcmp(asked, name) == 0;
}

template <typename D>
const LoopTable<D>& Choose() {
#ifdef ASSAY_X86_LOOPS
  static constexpr LoopTable<D> kV4 = v4::MakeTable<D>("x86-64-v4");
  static constexpr LoopTable<D> kV3 = v3::MakeTable<D>("x86-64-v3");
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512cd") && Allowed(kV4.name)) {
    return kV4;
  }
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
      __builtin_cpu_supports("bmi2") && Allowed(kV3.name)) {
    return kV3;
  }
#endif
  static constexpr LoopTable<D> kPortable = portable::MakeTable<D>("portable");
  return kPortable;
}

}  // namespace

template <typename D>
const LoopTable<D>& LoopsOf() {
  static const LoopTable<D>& table = Choose<D>();
  return table;
}

}  // namespace assay::kernels::lanes

#endif  // KERNELS_LANES_HOST_LOOPS_CHOICE_H_
