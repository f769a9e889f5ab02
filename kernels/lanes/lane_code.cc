#include "kernels/lanes/lane_code.h"

namespace assay::kernels::lanes {
namespace {

// Walks the tape once, in its own order, and knows what the accumulator holds.
class Encoder {
 public:
  Encoder(const Instruction* instructions, size_t count,
          std::vector<uint32_t>* words)
      : all_(instructions), count_(count), words_(words), values_(count) {}

  int Run() {
    CountUses();
    for (size_t k = 0; k < count_; ++k) {
      if (ArityOf(all_[k].op) > 0) Operation(k);
    }
    const int last = static_cast<int>(count_) - 1;
    if (accumulator_ != last) Emit(kLoad, false, last);
    return temporaries_;
  }

 private:
  struct Value {
    int uses = 0;
    bool stored = false;  // In its temporary, not in the accumulator alone.
    Place place = Place::kTemporary;
    uint32_t index = 0;
  };

  void CountUses() {
    uint32_t constants = 0;
    for (size_t k = 0; k < count_; ++k) {
      const Instruction& in = all_[k];
      const int arity = ArityOf(in.op);
      if (arity >= 1) ++values_[in.a].uses;
      if (arity == 2) ++values_[in.b].uses;
      if (arity > 0) continue;
      if (in.op == Op::kVariable) {
        values_[k].place = Place::kVariable;
        values_[k].index = static_cast<uint32_t>(in.a);
      } else {
        values_[k].place = Place::kConstant;
        values_[k].index = constants++;
      }
    }
  }

  void Emit(uint32_t op, bool reversed, int value) {
    const Value& v = values_[value];
    words_->push_back(Word::Make(op, reversed, v.place, v.index));
  }

  void Operation(size_t k) {
    const Instruction& in = all_[k];
    const uint32_t op = static_cast<uint32_t>(in.op);
    const bool binary = ArityOf(in.op) == 2;
    if (accumulator_ != in.a && !(binary && accumulator_ == in.b)) {
      Emit(kLoad, false, in.a);
      accumulator_ = in.a;
    }
    if (!binary) {
      const bool immediate = in.op == Op::kPowInt || in.op == Op::kRoot;
      words_->push_back(
          Word::Make(op, false, Place::kConstant,
                     immediate ? static_cast<uint32_t>(in.b) : 0));
    } else if (accumulator_ == in.a) {
      Emit(op, false, in.b);
    } else {
      // Sums and products have the same bits either way.
      Emit(op, in.op != Op::kAdd && in.op != Op::kMultiply, in.a);
    }
    Free(in.a);
    if (binary) Free(in.b);
    accumulator_ = static_cast<int>(k);
    if (!ConsumedNext(k)) Store(k);
  }

  // The operand has been read once more.
  void Free(int value) {
    Value& v = values_[value];
    if (--v.uses == 0 && v.stored) free_.push_back(v.index);
  }

  // Whether the accumulator is all that is needed of value k.
  bool ConsumedNext(size_t k) const {
    if (values_[k].uses == 0) return true;
    if (values_[k].uses > 1) return false;
    for (size_t next = k + 1; next < count_; ++next) {
      const Instruction& in = all_[next];
      const int arity = ArityOf(in.op);
      if (arity == 0) continue;
      const int value = static_cast<int>(k);
      return in.a == value || (arity == 2 && in.b == value);
    }
    return true;
  }

  void Store(size_t k) {
    Value& v = values_[k];
    if (free_.empty()) {
      v.index = static_cast<uint32_t>(temporaries_++);
    } else {
      v.index = free_.back();
      free_.pop_back();
    }
    v.stored = true;
    Emit(kStore, false, static_cast<int>(k));
  }

  const Instruction* all_;
  size_t count_;
  std::vector<uint32_t>* words_;
  std::vector<Value> values_;
  std::vector<uint32_t> free_;
  int accumulator_ = -1;
  int temporaries_ = 0;
};

}  // namespace

int Encode(const Instruction* instructions, size_t count,
           std::vector<uint32_t>* words) {
  return Encoder(instructions, count, words).Run();
}

}  // namespace assay::kernels::lanes
