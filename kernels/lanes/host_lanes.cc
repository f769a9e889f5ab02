#include "kernels/lanes/host_lanes.h"

#include <algorithm>
#include <atomic>
#include <optional>
#include <span>
#include <thread>
#include <type_traits>

#include "kernels/lanes/host_loops.h"
#include "kernels/lanes/same_code.h"

namespace assay::kernels::lanes {
namespace {

// Up to here, one vector, tapes of the same code share their passes. Beyond,
// looking for them costs batches that have none 10 to 20 %.
constexpr size_t kGroupedPointsMax = kLaneWidth;

template <typename D>
constexpr bool kSparse = !std::is_same_v<typename D::Scalar, double>;

// One thread's machine. The accumulator is a place: loads and stores move no
// value, an operation writes where the next word would have stored it.
//
// Lanes are points of one tape; or, where points are few, all points of one
// tape, then those of the next that has the same code, and so on.
template <typename D>
class Machine {
 public:
  Machine(const LaneBatch<D>& batch, LaneValues<D>* values)
      : batch_(batch), values_(values), loops_(LoopsOf<D>()) {
    arguments_.field = &batch.field();
    arguments_.undefined = undefined_;
  }

  void RunTape(uint32_t t) {
    tapes_ = std::span(&t, 1);
    Prepare();
    for (size_t first = 0; first < batch_.points(); first += kBlock<D>) {
      first_ = first;
      const size_t left = batch_.stride() - first;
      RunBlock(std::min<size_t>(left, kBlock<D>));
      KeepPoints();
    }
  }

  // Tapes of the same code, whose points together are one block's at most.
  void RunTapes(std::span<const uint32_t> tapes) {
    if (tapes.size() == 1) return RunTape(tapes[0]);
    if (tiles_.empty()) Tile();
    tapes_ = tapes;
    first_ = 0;
    Prepare();
    const size_t points = batch_.points(), lanes = tapes.size() * points;
    RunBlock((lanes + kLaneWidth - 1) / kLaneWidth * kLaneWidth);
    for (size_t i = 0; i < tapes.size(); ++i) {
      Keep(tapes[i], i * points, points);
    }
  }

 private:
  using Scalar = typename D::Scalar;
  static constexpr size_t kSlot = size_t{kBlock<D>} * D::kParts;
  static constexpr size_t kBefore = 3;

  struct Operand {
    const Scalar* at;
    int stride;
    bool spread;  // One value for all lanes.
  };

  const LaneTape& tape() const { return batch_.tapes()[tapes_[0]]; }
  bool grouped() const { return tapes_.size() > 1; }
  Scalar* Slot(size_t k) { return file_.data() + k * kSlot; }

  // Before the temporaries: the accumulator and two filled constants.
  void Prepare() {
    file_.resize(
        std::max(file_.size(), (tape().temporaries + kBefore) * kSlot));
  }

  // The variables' points over and over, for every tape of a group.
  void Tile() {
    tiles_.resize(batch_.variables() * kSlot);
    const Scalar* from = batch_.coordinates().data();
    for (size_t row = 0; row < batch_.variables() * D::kParts; ++row) {
      for (size_t l = 0; l < kBlock<D>; ++l) {
        tiles_[row * kBlock<D> + l] =
            from[row * batch_.stride() + l % batch_.points()];
      }
    }
  }

  // `to`: the slot for what has to be brought together.
  Operand Find(Word word, size_t to) {
    switch (word.place()) {
      case Place::kVariable:
        if (grouped()) {
          return {tiles_.data() + word.index() * kSlot, kBlock<D>, false};
        }
        return {batch_.coordinates().data() +
                    word.index() * D::kParts * batch_.stride() + first_,
                static_cast<int>(batch_.stride()), false};
      case Place::kTemporary:
        return {Slot(word.index() + kBefore), kBlock<D>, false};
      default:
        if (grouped()) return Gathered(word.index(), to);
        return {Constant(tapes_[0], word.index()), 1, true};
    }
  }

  const Scalar* Constant(uint32_t tape, uint32_t index) const {
    return batch_.constants().data() +
           (size_t{batch_.tapes()[tape].constant} + index) * D::kParts;
  }

  Operand Filled(const Operand& constant, size_t to) {
    const typename D::Value value = D::Load(constant.at, constant.stride);
    Scalar* slot = Slot(to);
    for (int l = 0; l < arguments_.lanes; ++l)
      D::Store(slot + l, kBlock<D>, value);
    return {slot, kBlock<D>, false};
  }

  Operand Gathered(uint32_t index, size_t to) {
    Scalar* const slot = Slot(to);
    typename D::Value value = {};
    size_t lane = 0;
    for (uint32_t t : tapes_) {
      value = D::Load(Constant(t, index), 1);
      for (size_t k = 0; k < batch_.points(); ++k) {
        D::Store(slot + lane++, kBlock<D>, value);
      }
    }
    // What fills the last vector is a copy: it costs no slow path.
    while (lane < static_cast<size_t>(arguments_.lanes)) {
      D::Store(slot + lane++, kBlock<D>, value);
    }
    return {slot, kBlock<D>, false};
  }

  void RunBlock(size_t lanes) {
    arguments_.lanes = static_cast<int>(lanes);
    if (kSparse<D>) std::fill_n(undefined_, lanes, false);
    const uint32_t* word = batch_.words().data() + tape().word;
    const uint32_t* end = word + tape().words;
    for (; word != end; ++word) {
      const Word w(*word);
      if (w.op() == kLoad) {
        accumulator_ = Find(w, 1);
        continue;
      }
      if (w.op() == kStore) continue;  // Done by the operation before.
      Scalar* out = Slot(0);
      if (word + 1 != end && Word(word[1]).op() == kStore) {
        out = Slot(Word(word[1]).index() + kBefore);
      }
      Operate(w, out);
      accumulator_ = {out, kBlock<D>, false};
    }
    if (accumulator_.spread) accumulator_ = Filled(accumulator_, 1);
  }

  void Operate(Word w, Scalar* out) {
    arguments_.out = out;
    if (ArityOf(static_cast<Op>(w.op())) == 1) {
      if (accumulator_.spread) accumulator_ = Filled(accumulator_, 1);
      arguments_.a = accumulator_.at;
      arguments_.a_stride = accumulator_.stride;
      arguments_.n = tape().integers == 0
                         ? 0
                         : batch_.integers()[tape().integer + w.index()];
      loops_.unary[w.op()](arguments_);
      return;
    }
    Operand a = accumulator_, b = Find(w, 2);
    if (w.reversed()) std::swap(a, b);
    if (a.spread && b.spread) a = Filled(a, 1);
    const Loop<D>* loops = loops_.binary[w.op()];
    Spread spread = a.spread ? kRightOnly : b.spread ? kLeftOnly : kBoth;
    if (loops[spread] == nullptr) {
      (a.spread ? a : b) = Filled(a.spread ? a : b, 2);
      spread = kBoth;
    }
    // kLeftOnly: the left operand alone is a vector.
    arguments_.a = a.at;
    arguments_.a_stride = a.stride;
    arguments_.b = b.at;
    arguments_.b_stride = b.stride;
    loops[spread](arguments_);
  }

  void KeepPoints() {
    Keep(tapes_[0], 0, std::min<size_t>(kBlock<D>, batch_.points() - first_));
  }

  // Lanes from `lane` on are points from first_ on of tape t.
  void Keep(uint32_t t, size_t lane, size_t count) {
    const size_t points = batch_.points();
    for (size_t part = 0; part < D::kParts; ++part) {
      std::copy_n(
          accumulator_.at + part * accumulator_.stride + lane, count,
          values_->scalars.data() + (t * D::kParts + part) * points + first_);
    }
    if (!kSparse<D>) return;
    for (size_t k = 0; k < count; ++k) {
      values_->undefined[t * points + first_ + k] = undefined_[lane + k];
    }
  }

  const LaneBatch<D>& batch_;
  LaneValues<D>* values_;
  const LoopTable<D>& loops_;
  std::span<const uint32_t> tapes_;  // Under way.
  size_t first_ = 0;
  Operand accumulator_ = {};
  LoopArguments<D> arguments_ = {};
  bool undefined_[kBlock<D>] = {};
  std::vector<Scalar> file_;
  std::vector<Scalar> tiles_;  // As a file of the variables alone.
};

// `run` for the numbers below `count`, portion after portion, by any thread.
template <typename D>
class Shared {
 public:
  Shared(const LaneBatch<D>& batch, LaneValues<D>* values, int threads)
      : batch_(batch), values_(values), threads_(threads) {}

  template <typename Run>
  void ForEach(size_t count, Run run) {
    std::atomic<size_t> next = 0;
    const auto work = [&] {
      Machine<D> machine(batch_, values_);
      for (size_t i = next.fetch_add(kPortion); i < count;
           i = next.fetch_add(kPortion)) {
        const size_t end = std::min(count, i + kPortion);
        for (size_t k = i; k < end; ++k) run(&machine, k);
      }
    };
    std::vector<std::thread> others;
    const size_t useful = count / kPortion;
    for (size_t k = 1; k < static_cast<size_t>(threads_) && k < useful; ++k) {
      others.emplace_back(work);
    }
    work();
    for (std::thread& thread : others) thread.join();
  }

 private:
  static constexpr size_t kPortion = 64;
  const LaneBatch<D>& batch_;
  LaneValues<D>* values_;
  int threads_;
};

}  // namespace

template <typename D>
void EvaluateOnHost(const LaneBatch<D>& batch, int threads,
                    LaneValues<D>* values) {
  const size_t count = batch.tapes().size(), points = batch.points();
  values->Resize(count, points);
  Shared<D> shared(batch, values, threads);
  if (count < 2 || points == 0 || points > kGroupedPointsMax) {
    shared.ForEach(count, [](Machine<D>* machine, size_t t) {
      machine->RunTape(static_cast<uint32_t>(t));
    });
    return;
  }
  const SameCode groups(batch.tapes(), batch.words(), batch.integers(),
                        static_cast<uint32_t>(kBlock<D> / points));
  shared.ForEach(groups.size(), [&](Machine<D>* machine, size_t g) {
    machine->RunTapes(groups.tapes(g));
  });
}

template <typename D>
void EvaluateSomeOnHost(const LaneBatch<D>& batch,
                        const std::vector<size_t>& tapes,
                        LaneValues<D>* values) {
  Machine<D> machine(batch, values);
  for (size_t t : tapes) machine.RunTape(static_cast<uint32_t>(t));
}

const char* HostLoopsName() { return LoopsOf<RealDomain>().name; }

#define ASSAY_ON_HOST(D)                                                  \
  template void EvaluateOnHost(const LaneBatch<D>&, int, LaneValues<D>*); \
  template void EvaluateSomeOnHost(                                       \
      const LaneBatch<D>&, const std::vector<size_t>&, LaneValues<D>*);
ASSAY_ON_HOST(PlainDomain)
ASSAY_ON_HOST(RealDomain)
ASSAY_ON_HOST(ComplexDomain)
ASSAY_ON_HOST(PrimeDomain<Mersenne61>)
ASSAY_ON_HOST(PrimeDomain<Montgomery>)
ASSAY_ON_HOST(QuadraticDomain<Mersenne61>)
ASSAY_ON_HOST(QuadraticDomain<Montgomery>)
#undef ASSAY_ON_HOST

}  // namespace assay::kernels::lanes
