// The evaluation kernel: one group of lanes a tape, kPoints points a lane, the
// accumulators in registers, the operand file in shared memory.
//
// A word is read by all lanes of a group and is the same for them, so nothing
// parts them. + - x and loads keep the accumulators where they are; every
// other operation parks them in shared memory and goes through them one by
// one, so that its registers are needed once and not kPoints times.
//
// Columns of the operand file belong to one lane each: no lane reads what
// another wrote, but for the variables, which the block loads together.
#ifndef KERNELS_CUDA_EVALUATE_CUH_
#define KERNELS_CUDA_EVALUATE_CUH_

#include "kernels/cuda/launch.h"

namespace assay::kernels::cuda {

inline constexpr int kWarp = 32;
inline constexpr int kWarps = 4;  // A block's.
// Blocks that a processor holds: with four warps each, 64 registers a lane.
inline constexpr int kBlocksMin = 8;
inline constexpr uint32_t kSharedMax = 96 * 1024;

template <typename D>
__host__ __device__ inline uint32_t SlotScalars(int points) {
  return static_cast<uint32_t>(D::kParts * points * kWarp);
}

// One lane's view of its tape. Operands in the file are named by where their
// column begins there.
template <typename D, int kPoints, bool kGeneral>
class Lane {
 public:
  using Scalar = typename D::Scalar;
  using Value = typename D::Value;
  static constexpr int kWide = kPoints * kWarp;
  static constexpr uint32_t kSlot = static_cast<uint32_t>(D::kParts * kWide);

  // `variables` and `own` are where the lane's columns of the variables and of
  // its parking place, which the temporaries follow, begin.
  __device__ Lane(const Portion<D>& portion, uint32_t tape, Scalar* file,
                  uint32_t variables, uint32_t own)
      : portion_(portion),
        tape_(tape),
        file_(file),
        variables_(variables),
        own_(own) {}

  __device__ void Run() {
    const lanes::LaneTape& tape = portion_.tapes[tape_];
    const uint32_t* word = portion_.words + (tape.word - portion_.first_word);
    uint32_t next = *word;
    for (uint32_t left = tape.words; left > 0; --left) {
      const lanes::Word w(next);
      if (left > 1) next = *++word;
      Step(w);
    }
  }
  __device__ const Value& value(int k) const { return accumulator_[k]; }
  __device__ bool undefined(int k) const { return undefined_ >> k & 1u; }

 private:
  __device__ uint32_t ColumnOf(const lanes::Word& w) const {
    return w.place() == lanes::Place::kVariable
               ? variables_ + w.index() * kSlot
               : own_ + (w.index() + 1) * kSlot;
  }
  __device__ Value InFile(uint32_t column, int k) const {
    return D::Load(file_ + column + k * kWarp, kWide);
  }
  __device__ Value Constant(const lanes::Word& w) const {
    const uint32_t at =
        portion_.tapes[tape_].constant - portion_.first_constant + w.index();
    return D::Load(portion_.constants + at * D::kParts, 1);
  }

  // accumulator = f(accumulator, operand) at all points.
  template <typename F>
  __device__ void Combine(const lanes::Word& w, const F& f) {
    if (w.place() == lanes::Place::kConstant) {
      const Value operand = Constant(w);
#pragma unroll
      for (int k = 0; k < kPoints; ++k) {
        accumulator_[k] = f(accumulator_[k], operand);
      }
      return;
    }
    const uint32_t column = ColumnOf(w);
#pragma unroll
    for (int k = 0; k < kPoints; ++k) {
      accumulator_[k] = f(accumulator_[k], InFile(column, k));
    }
  }

  __device__ void Step(const lanes::Word& w) {
    const typename D::Field& field = portion_.field;
    bool none = false;
    switch (w.op()) {
      case lanes::kLoad:
        Combine(w, [](const Value&, const Value& b) { return b; });
        return;
      case lanes::kStore: {
        const uint32_t column = ColumnOf(w);
#pragma unroll
        for (int k = 0; k < kPoints; ++k) {
          D::Store(file_ + column + k * kWarp, kWide, accumulator_[k]);
        }
        return;
      }
      case static_cast<uint32_t>(Op::kAdd):
        Combine(w, [&](const Value& a, const Value& b) {
          return D::Binary(Op::kAdd, field, a, b, &none);
        });
        return;
      case static_cast<uint32_t>(Op::kSubtract): {
        const bool reversed = w.reversed();
        Combine(w, [&](const Value& a, const Value& b) {
          return D::Binary(Op::kSubtract, field, reversed ? b : a,
                           reversed ? a : b, &none);
        });
        return;
      }
      case static_cast<uint32_t>(Op::kMultiply):
        Combine(w, [&](const Value& a, const Value& b) {
          return D::Binary(Op::kMultiply, field, a, b, &none);
        });
        return;
      case static_cast<uint32_t>(Op::kNegate):
#pragma unroll
        for (int k = 0; k < kPoints; ++k) {
          accumulator_[k] =
              D::Unary(Op::kNegate, field, accumulator_[k], 0, &none);
        }
        return;
      default:
        if constexpr (kGeneral) Rare(w);
    }
  }

  __device__ void Rare(const lanes::Word& w) {
    const Op op = static_cast<Op>(w.op());
    const bool binary = op == Op::kDivide || op == Op::kPower ||
                        op == Op::kMin || op == Op::kMax;
    const bool immediate = op == Op::kPowInt || op == Op::kRoot;
    const int64_t n =
        immediate ? portion_.integers[portion_.tapes[tape_].integer -
                                      portion_.first_integer + w.index()]
                  : 0;
#pragma unroll
    for (int k = 0; k < kPoints; ++k) {
      D::Store(file_ + own_ + k * kWarp, kWide, accumulator_[k]);
    }
#pragma unroll 1
    for (int k = 0; k < kPoints; ++k) {
      Value a = InFile(own_, k);
      bool none = false;
      Value b = a;
      if (binary) {
        b = w.place() == lanes::Place::kConstant ? Constant(w)
                                                 : InFile(ColumnOf(w), k);
        if (w.reversed()) {
          const Value c = a;
          a = b;
          b = c;
        }
      }
      a = Apply(op, a, b, n, &none);
      undefined_ |= (none ? 1u : 0u) << k;
      D::Store(file_ + own_ + k * kWarp, kWide, a);
    }
#pragma unroll
    for (int k = 0; k < kPoints; ++k) {
      accumulator_[k] = InFile(own_, k);
    }
  }

  __device__ Value Apply(Op op, const Value& a, const Value& b, int64_t n,
                         bool* none) {
    switch (op) {
#define ASSAY_OP(name, text, arity, immediate, domains, ulps)         \
  case Op::k##name:                                                   \
    if constexpr (arity == 1 && DeviceKnows<D>(Op::k##name)) {        \
      return D::Unary(Op::k##name, portion_.field, a, n, none);       \
    } else if constexpr (arity == 2 && DeviceKnows<D>(Op::k##name)) { \
      return D::Binary(Op::k##name, portion_.field, a, b, none);      \
    }                                                                 \
    break;
#include "kernels/op_table.def"
#undef ASSAY_OP
    }
    return a;
  }

  const Portion<D>& portion_;
  const uint32_t tape_;
  Scalar* const file_;
  const uint32_t variables_;
  const uint32_t own_;
  uint32_t undefined_ = 0;
  Value accumulator_[kPoints];
};

// Blocks in y take chunks of kPoints * width points, those in x tapes. `width`
// lanes, a power of two, work on a tape.
template <typename D, int kPoints, bool kGeneral>
__global__ void __launch_bounds__(kWarps* kWarp, kBlocksMin)
    EvaluateKernel(const Portion<D> portion, const uint32_t* order,
                   uint32_t count, uint32_t temporaries, uint32_t width) {
  using Scalar = typename D::Scalar;
  extern __shared__ __align__(16) unsigned char shared[];
  Scalar* file = reinterpret_cast<Scalar*>(shared);
  constexpr int kWide = kPoints * kWarp;
  const uint32_t lane = threadIdx.x % kWarp, warp = threadIdx.x / kWarp;
  const uint32_t in_group = lane % width;
  const uint32_t first = blockIdx.y * kPoints * width;
  // Column k * 32 + lane holds point first + k * width + lane % width.
  for (uint32_t i = threadIdx.x; i < portion.variables * D::kParts * kWide;
       i += blockDim.x) {
    const uint32_t column = i % kWide;
    const uint32_t point =
        first + column / kWarp * width + column % kWarp % width;
    file[i] = portion.coordinates[i / kWide * portion.stride +
                                  min(point, portion.points - 1)];
  }
  __syncthreads();
  const uint32_t slot = SlotScalars<D>(kPoints);
  const uint32_t own =
      (portion.variables + warp * (temporaries + 1)) * slot + lane;
  const uint32_t groups = kWarp / width;
  for (uint32_t i = (blockIdx.x * kWarps + warp) * groups + lane / width;
       i < count; i += gridDim.x * kWarps * groups) {
    const uint32_t t = order[i];
    Lane<D, kPoints, kGeneral> machine(portion, t, file, lane, own);
    machine.Run();
#pragma unroll
    for (int k = 0; k < kPoints; ++k) {
      const uint32_t point = first + k * width + in_group;
      if (point >= portion.points) continue;
      const uint64_t row = static_cast<uint64_t>(t) * D::kParts;
      D::Store(portion.scalars + row * portion.points + point,
               static_cast<int>(portion.points), machine.value(k));
      if (portion.undefined != nullptr) {
        portion.undefined[static_cast<uint64_t>(t) * portion.points + point] =
            machine.undefined(k) ? 1 : 0;
      }
    }
  }
}

// A warp a pair, lanes over points.
template <typename D>
__global__ void __launch_bounds__(kWarps* kWarp, kBlocksMin)
    TestKernel(const Portion<D> portion, const uint32_t* row,
               const lanes::LanePair* pairs, uint32_t count,
               lanes::PairTally* tallies) {
  const uint32_t lane = threadIdx.x % kWarp;
  const uint32_t i = blockIdx.x * kWarps + threadIdx.x / kWarp;
  if (i >= count) return;
  const lanes::LanePair pair = pairs[i];
  const uint64_t a = row[pair.a], b = row[pair.b], points = portion.points;
  const bool sparse = portion.undefined != nullptr;
  const lanes::PairRows<D> rows = {
      portion.scalars + a * points * D::kParts,
      portion.scalars + b * points * D::kParts,
      sparse ? portion.undefined + a * points : nullptr,
      sparse ? portion.undefined + b * points : nullptr, portion.points};
  lanes::PairTally tally;
  for (uint32_t first = 0; first < portion.points; first += kWarp) {
    const uint32_t k = first + lane;
    const lanes::PointWord word =
        k < portion.points ? lanes::Ask(rows, pair.test, portion.field, k)
                           : lanes::PointWord::kNothing;
    const auto ballot = [&](lanes::PointWord wanted) {
      return __ballot_sync(0xffffffffu, word == wanted);
    };
    const uint32_t differs = ballot(lanes::PointWord::kDiffers);
    if (differs != 0 && tally.witness < 0) {
      tally.witness = static_cast<int32_t>(first) + __ffs(differs) - 1;
    }
    tally.compared += kWarp - __popc(ballot(lanes::PointWord::kNothing));
    tally.positive += __popc(ballot(lanes::PointWord::kPositive));
    tally.negative += __popc(ballot(lanes::PointWord::kNegative));
    tally.zero += __popc(ballot(lanes::PointWord::kZero));
  }
  if (lane == 0) tallies[i] = tally;
}

// Points fewer than this have a kernel of one point a lane, whose warps take
// several tapes.
inline constexpr uint32_t kFew = 64;

struct Shape {
  int points;
  uint32_t width;
  uint32_t chunks;
};

template <typename D>
Shape ShapeOf(uint32_t points, bool general) {
  Shape shape = {general ? kGeneralPoints<D> : kArithmeticPoints<D>, kWarp, 1};
  if (points <= kFew) {
    shape.points = 1;
    while (shape.width > 1 && shape.width / 2 >= points) shape.width /= 2;
  }
  const uint32_t chunk = static_cast<uint32_t>(shape.points) * shape.width;
  shape.chunks = (points + chunk - 1) / chunk;
  return shape;
}

template <typename D>
uint32_t SharedBytes(int points, uint32_t variables, uint32_t temporaries) {
  return (variables + kWarps * (temporaries + 1)) * SlotScalars<D>(points) *
         static_cast<uint32_t>(sizeof(typename D::Scalar));
}

template <typename D>
uint32_t TemporariesMax(uint32_t points, uint32_t variables, bool general) {
  const int lanes_points = ShapeOf<D>(points, general).points;
  const uint32_t fixed = SharedBytes<D>(lanes_points, variables, 0);
  if (fixed > kSharedMax) return 0;
  return (kSharedMax - fixed) /
         (kWarps * SlotScalars<D>(lanes_points) *
          static_cast<uint32_t>(sizeof(typename D::Scalar)));
}

template <typename D, int kPoints, bool kGeneral>
cudaError_t LaunchShape(const Portion<D>& portion, const uint32_t* order,
                        uint32_t count, uint32_t temporaries,
                        const Shape& shape, cudaStream_t stream) {
  const auto kernel = EvaluateKernel<D, kPoints, kGeneral>;
  const uint32_t bytes =
      SharedBytes<D>(kPoints, portion.variables, temporaries);
  if (cudaError_t e = cudaFuncSetAttribute(
          kernel, cudaFuncAttributeMaxDynamicSharedMemorySize,
          static_cast<int>(kSharedMax));
      e != cudaSuccess) {
    return e;
  }
  const uint32_t tapes = kWarps * (kWarp / shape.width);
  // Enough blocks for every processor several times, few enough that the
  // variables are loaded for many tapes.
  constexpr uint32_t kBlocksMax = 132 * 16;
  const uint32_t wanted = (count + tapes - 1) / tapes;
  const dim3 grid(wanted < kBlocksMax ? wanted : kBlocksMax, shape.chunks);
  kernel<<<grid, kWarps * kWarp, bytes, stream>>>(portion, order, count,
                                                  temporaries, shape.width);
  return cudaGetLastError();
}

template <typename D>
cudaError_t Launch(const Portion<D>& portion, const uint32_t* order,
                   uint32_t count, uint32_t temporaries, bool general,
                   cudaStream_t stream) {
  if (count == 0 || portion.points == 0) return cudaSuccess;
  const Shape shape = ShapeOf<D>(portion.points, general);
  if (shape.points == 1) {
    return LaunchShape<D, 1, true>(portion, order, count, temporaries, shape,
                                   stream);
  }
  return general ? LaunchShape<D, kGeneralPoints<D>, true>(
                       portion, order, count, temporaries, shape, stream)
                 : LaunchShape<D, kArithmeticPoints<D>, false>(
                       portion, order, count, temporaries, shape, stream);
}

template <typename D>
cudaError_t LaunchTests(const Portion<D>& portion, const uint32_t* row,
                        const lanes::LanePair* pairs, uint32_t count,
                        lanes::PairTally* tallies, cudaStream_t stream) {
  if (count == 0) return cudaSuccess;
  TestKernel<D><<<(count + kWarps - 1) / kWarps, kWarps * kWarp, 0, stream>>>(
      portion, row, pairs, count, tallies);
  return cudaGetLastError();
}

#define ASSAY_DEVICE_DOMAIN(D)                                                 \
  template cudaError_t Launch<D>(const Portion<D>&, const uint32_t*, uint32_t, \
                                 uint32_t, bool, cudaStream_t);                \
  template uint32_t TemporariesMax<D>(uint32_t, uint32_t, bool);               \
  template cudaError_t LaunchTests<D>(const Portion<D>&, const uint32_t*,      \
                                      const lanes::LanePair*, uint32_t,        \
                                      lanes::PairTally*, cudaStream_t);

}  // namespace assay::kernels::cuda

#endif  // KERNELS_CUDA_EVALUATE_CUH_
