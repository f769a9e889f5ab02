#include "kernels/lanes/host_lanes.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <type_traits>

#include "kernels/lanes/host_loops.h"

namespace assay::kernels::lanes {
namespace {

template <typename D>
constexpr bool kSparse = !std::is_same_v<typename D::Scalar, double>;

// One thread's machine. The accumulator is a place: loads and stores move no
// value, an operation writes where the next word would have stored it.
template <typename D>
class Machine {
 public:
  Machine(const LaneBatch<D>& batch, LaneValues<D>* values)
      : batch_(batch), values_(values), loops_(LoopsOf<D>()) {
    arguments_.field = &batch.field();
    arguments_.undefined = undefined_;
  }

  void RunTape(size_t t) {
    const LaneTape& tape = batch_.tapes()[t];
    // Before the temporaries: the accumulator and two spread constants.
    file_.resize(std::max(file_.size(), (tape.temporaries + kBefore) * kSlot));
    for (size_t first = 0; first < batch_.points(); first += kBlock<D>) {
      first_ = first;
      const size_t left = batch_.stride() - first;
      arguments_.lanes = static_cast<int>(std::min<size_t>(left, kBlock<D>));
      if (kSparse<D>) std::fill_n(undefined_, arguments_.lanes, false);
      RunBlock(tape);
      Keep(t);
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

  Scalar* Slot(size_t k) { return file_.data() + k * kSlot; }

  Operand Find(const LaneTape& tape, Word word) {
    switch (word.place()) {
      case Place::kVariable:
        return {batch_.coordinates().data() +
                    word.index() * D::kParts * batch_.stride() + first_,
                static_cast<int>(batch_.stride()), false};
      case Place::kTemporary:
        return {Slot(word.index() + kBefore), kBlock<D>, false};
      default:
        return {batch_.constants().data() +
                    (size_t{tape.constant} + word.index()) * D::kParts,
                1, true};
    }
  }

  Operand Filled(const Operand& constant, size_t to) {
    const typename D::Value value = D::Load(constant.at, constant.stride);
    Scalar* slot = Slot(to);
    for (int l = 0; l < arguments_.lanes; ++l)
      D::Store(slot + l, kBlock<D>, value);
    return {slot, kBlock<D>, false};
  }

  void RunBlock(const LaneTape& tape) {
    const uint32_t* word = batch_.words().data() + tape.word;
    const uint32_t* end = word + tape.words;
    for (; word != end; ++word) {
      const Word w(*word);
      if (w.op() == kLoad) {
        accumulator_ = Find(tape, w);
        continue;
      }
      if (w.op() == kStore) continue;  // Done by the operation before.
      Scalar* out = Slot(0);
      if (word + 1 != end && Word(word[1]).op() == kStore) {
        out = Slot(Word(word[1]).index() + kBefore);
      }
      Operate(tape, w, out);
      accumulator_ = {out, kBlock<D>, false};
    }
    if (accumulator_.spread) accumulator_ = Filled(accumulator_, 1);
  }

  void Operate(const LaneTape& tape, Word w, Scalar* out) {
    arguments_.out = out;
    if (ArityOf(static_cast<Op>(w.op())) == 1) {
      if (accumulator_.spread) accumulator_ = Filled(accumulator_, 1);
      arguments_.a = accumulator_.at;
      arguments_.a_stride = accumulator_.stride;
      arguments_.n =
          tape.integers == 0 ? 0 : batch_.integers()[tape.integer + w.index()];
      loops_.unary[w.op()](arguments_);
      return;
    }
    Operand a = accumulator_, b = Find(tape, w);
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

  void Keep(size_t t) {
    const size_t points = batch_.points();
    const size_t count = std::min<size_t>(kBlock<D>, points - first_);
    for (int part = 0; part < D::kParts; ++part) {
      std::copy_n(
          accumulator_.at + part * accumulator_.stride, count,
          values_->scalars.data() + (t * D::kParts + part) * points + first_);
    }
    if (!kSparse<D>) return;
    for (size_t k = 0; k < count; ++k) {
      values_->undefined[t * points + first_ + k] = undefined_[k];
    }
  }

  const LaneBatch<D>& batch_;
  LaneValues<D>* values_;
  const LoopTable<D>& loops_;
  size_t first_ = 0;
  Operand accumulator_ = {};
  LoopArguments<D> arguments_ = {};
  bool undefined_[kBlock<D>] = {};
  std::vector<Scalar> file_;
};

}  // namespace

template <typename D>
void EvaluateOnHost(const LaneBatch<D>& batch, int threads,
                    LaneValues<D>* values) {
  const size_t count = batch.tapes().size();
  values->Resize(count, batch.points());
  // Tapes a thread takes at once.
  constexpr size_t kPortion = 64;
  std::atomic<size_t> next = 0;
  const auto work = [&] {
    Machine<D> machine(batch, values);
    for (size_t t = next.fetch_add(kPortion); t < count;
         t = next.fetch_add(kPortion)) {
      const size_t end = std::min(count, t + kPortion);
      for (size_t k = t; k < end; ++k) machine.RunTape(k);
    }
  };
  std::vector<std::thread> others;
  const size_t useful = count / kPortion;
  for (size_t k = 1; k < static_cast<size_t>(threads) && k < useful; ++k) {
    others.emplace_back(work);
  }
  work();
  for (std::thread& thread : others) thread.join();
}

template <typename D>
void EvaluateSomeOnHost(const LaneBatch<D>& batch,
                        const std::vector<size_t>& tapes,
                        LaneValues<D>* values) {
  Machine<D> machine(batch, values);
  for (size_t t : tapes) machine.RunTape(t);
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
