#include "verifier/math/compile.h"

#include <flint/fmpz.h>

#include <algorithm>
#include <utility>

#include "verifier/math/calculus.h"
#include "verifier/math/canonical.h"
#include "verifier/math/rewrite.h"

namespace assay::math {

using kernels::Op;
using kernels::Tape;
using kernels::TapeBuilder;

// Appends the instructions of one tree. A negative value is a fault.
class TapeWriter {
 public:
  // `capacity` variables, atoms included.
  TapeWriter(Compiler* c, size_t capacity)
      : c_(c), capacity_(capacity), builder_(static_cast<int>(capacity)) {}
  // An atom found no room.
  bool full() const { return full_; }

  int Write(const Expr& e, const Bindings* b);
  absl::StatusOr<Tape> Finish(int result) {
    if (result < 0) {
      if (!builder_.status().ok()) return builder_.status();
      return absl::InvalidArgumentError("not a single value");
    }
    return std::move(builder_).Build(result);
  }

 private:
  int Symbol(const Expr& e, const Bindings* b);
  int Atom(const Expr& e);
  int Fold(const Expr& e, const Bindings* b);
  int Power(const Expr& base, const Expr& exponent, const Bindings* b);
  int RationalPower(const Expr& base, const Rational& n, const Bindings* b);
  int PowerOfE(const Expr& exponent, const Bindings* b);
  int Root(const Expr& e, const Bindings* b);
  int Call(const Expr& e, const Bindings* b);
  int Trigonometric(Function f, const Expr& argument, const Bindings* b);
  int OfOne(Function f, int x);
  int Extreme(const Expr& e, const Bindings* b);
  int Binomial(const Expr& e, const Bindings* b);
  int Range(const Expr& e, const Bindings* b);
  int Determinant(const Expr& e, const Bindings* b);
  int Quantity(const Expr& e, const Bindings* b);
  int Constant(const Rational& value) {
    if (value.bits() > Tape::kConstantBitsMax) return -1;
    return builder_.Constant(ToKernel(value));
  }
  int Reciprocal(int x) {
    return builder_.Apply(Op::kDivide, builder_.Integer(1), x);
  }

  Compiler* c_;
  size_t capacity_;
  bool full_ = false;
  TapeBuilder builder_;
};

int TapeWriter::Symbol(const Expr& e, const Bindings* b) {
  for (; b != nullptr; b = b->next) {
    if (b->name == e.text) return Constant(*b->value);
  }
  for (size_t i = 0; i < c_->names_.size(); ++i) {
    if (c_->names_[i] == e.text) return builder_.Variable(static_cast<int>(i));
  }
  return -1;
}

int TapeWriter::Atom(const Expr& e) {
  std::optional<std::string> text = CanonicalText(e, c_->budget_);
  if (!text) return -1;
  auto [it, inserted] =
      c_->atoms_.try_emplace(*text, static_cast<int>(c_->names_.size()));
  if (inserted) {
    c_->names_.push_back("[unknown " + std::to_string(c_->atoms_.size()) + "]");
  }
  if (static_cast<size_t>(it->second) >= capacity_) {
    full_ = true;
    return -1;
  }
  builder_.set_one_sided();
  return builder_.Variable(it->second);
}

int TapeWriter::Fold(const Expr& e, const Bindings* b) {
  int total = -1;
  for (const Expr* child : e.children()) {
    const bool negate = e.kind == Kind::kAdd && child->kind == Kind::kNegate;
    const int x = Write(negate ? child->child(0) : *child, b);
    if (x < 0) return -1;
    if (total < 0) {
      total = negate ? builder_.Apply(Op::kNegate, x) : x;
    } else if (e.kind == Kind::kMultiply) {
      total = builder_.Apply(Op::kMultiply, total, x);
    } else {
      total = builder_.Apply(negate ? Op::kSubtract : Op::kAdd, total, x);
    }
  }
  return total;
}

int TapeWriter::PowerOfE(const Expr& exponent, const Bindings* b) {
  // e^{i pi r} is a root of unity.
  if (std::optional<Form> f = FormOf(exponent, c_->budget_)) {
    if (f->terms.size() == 1) {
      const Form::Term& t = f->terms[0];
      int64_t n, d;
      Rational denominator;
      fmpz_set(denominator.numerator(), t.coefficient.denominator());
      fmpz_one(denominator.denominator());
      Rational numerator;
      fmpz_set(numerator.numerator(), t.coefficient.numerator());
      fmpz_one(numerator.denominator());
      if (t.monomial == Form::Monomial{{"$i", 1}, {"$pi", 1}} &&
          numerator.ToInt64(&n) && denominator.ToInt64(&d) &&
          2 * d <= Tape::kTurnDenominatorMax) {
        return builder_.RootOfUnity(n, 2 * d);
      }
    }
  }
  return builder_.Apply(Op::kExp, Write(exponent, b));
}

int TapeWriter::RationalPower(const Expr& base, const Rational& n,
                              const Bindings* b) {
  int64_t p, q;
  Rational part;
  fmpz_one(part.denominator());
  fmpz_set(part.numerator(), n.numerator());
  if (!part.ToInt64(&p)) return -1;
  fmpz_set(part.numerator(), n.denominator());
  if (!part.ToInt64(&q)) return -1;
  if (q == 1) return builder_.PowInt(Write(base, b), p);
  Exact value = ExactValue(base, b, c_->budget_);
  if (value.ok() && value.value.sign() > 0 && q <= Tape::kRootIndexMax) {
    if (value.value.bits() > Tape::kConstantBitsMax) return -1;
    return builder_.PowInt(builder_.Surd(ToKernel(value.value), q), p);
  }
  if (q == 2) {
    return builder_.PowInt(builder_.Apply(Op::kSqrt, Write(base, b)), p);
  }
  return builder_.Apply(Op::kPower, Write(base, b), Constant(n));
}

int TapeWriter::Power(const Expr& base, const Expr& exponent,
                      const Bindings* b) {
  if (IsConstant(base, Constant::kE)) return PowerOfE(exponent, b);
  Exact n = ExactValue(exponent, b, c_->budget_);
  if (n.ok() && n.value.bits() < 62) return RationalPower(base, n.value, b);
  return builder_.Apply(Op::kPower, Write(base, b), Write(exponent, b));
}

int TapeWriter::Root(const Expr& e, const Bindings* b) {
  int64_t index = 2;
  if (e.children_count > 1) {
    Exact n = ExactValue(e.child(1), b, c_->budget_);
    if (!n.ok()) {
      const int exponent = Reciprocal(Write(e.child(1), b));
      return builder_.Apply(Op::kPower, Write(e.child(0), b), exponent);
    }
    if (!n.value.ToInt64(&index) || index < 2 || index > Tape::kRootIndexMax) {
      return -1;
    }
  }
  Exact radicand = ExactValue(e.child(0), b, c_->budget_);
  if (radicand.ok() && radicand.value.bits() < Tape::kConstantBitsMax) {
    if (radicand.value.sign() > 0) {
      return builder_.Surd(ToKernel(radicand.value), index);
    }
    if (radicand.value.sign() < 0 && index % 2 == 1) {
      return builder_.Apply(Op::kNegate,
                            builder_.Surd(ToKernel(-radicand.value), index));
    }
    // i sqrt(-r) where the whole is complex; undefined on the reals.
    if (radicand.value.sign() < 0 && index == 2) {
      return builder_.Apply(Op::kSqrt, Write(e.child(0), b));
    }
  }
  const int x = Write(e.child(0), b);
  return index == 2 ? builder_.Apply(Op::kSqrt, x) : builder_.Root(x, index);
}

int TapeWriter::Trigonometric(Function f, const Expr& argument,
                              const Bindings* b) {
  std::optional<Rational> turn;
  if (b == nullptr) turn = MultipleOfPi(argument, c_->budget_);
  int sine, cosine;
  int64_t n = 0, d = 0;
  if (turn) {
    Rational half = *turn / Rational(2);
    Rational part;
    fmpz_one(part.denominator());
    fmpz_set(part.numerator(), half.numerator());
    if (!part.ToInt64(&n)) turn.reset();
    fmpz_set(part.numerator(), half.denominator());
    if (!part.ToInt64(&d) || d > Tape::kTurnDenominatorMax) turn.reset();
  }
  if (turn) {
    sine = builder_.SinTurn(n, d);
    cosine = builder_.CosTurn(n, d);
  } else {
    const int x = Write(argument, b);
    if (f == Function::kTan) return builder_.Apply(Op::kTan, x);
    sine = builder_.Apply(Op::kSin, x);
    cosine = builder_.Apply(Op::kCos, x);
  }
  switch (f) {
    case Function::kSin:
      return sine;
    case Function::kCos:
      return cosine;
    case Function::kTan:
      return builder_.Apply(Op::kDivide, sine, cosine);
    case Function::kCot:
      return builder_.Apply(Op::kDivide, cosine, sine);
    case Function::kSec:
      return Reciprocal(cosine);
    default:
      return Reciprocal(sine);
  }
}

int TapeWriter::OfOne(Function f, int x) {
  struct Row {
    Function function;
    Op op;
    bool of_reciprocal;  // op(1/x)
    bool reciprocal;     // 1/op(x)
  };
  static constexpr Row kRows[] = {
      {Function::kLn, Op::kLog, false, false},
      {Function::kArcsin, Op::kAsin, false, false},
      {Function::kArccos, Op::kAcos, false, false},
      {Function::kArctan, Op::kAtan, false, false},
      {Function::kArcsec, Op::kAcos, true, false},
      {Function::kArccsc, Op::kAsin, true, false},
      {Function::kSinh, Op::kSinh, false, false},
      {Function::kCosh, Op::kCosh, false, false},
      {Function::kTanh, Op::kTanh, false, false},
      {Function::kCoth, Op::kTanh, false, true},
      {Function::kSech, Op::kCosh, false, true},
      {Function::kCsch, Op::kSinh, false, true},
      {Function::kArsinh, Op::kAsinh, false, false},
      {Function::kArcosh, Op::kAcosh, false, false},
      {Function::kArtanh, Op::kAtanh, false, false},
      {Function::kAbs, Op::kAbs, false, false},
      {Function::kNorm, Op::kAbs, false, false},
      {Function::kFloor, Op::kFloor, false, false},
      {Function::kCeil, Op::kCeil, false, false},
      {Function::kSign, Op::kSign, false, false},
      {Function::kRe, Op::kRe, false, false},
      {Function::kIm, Op::kIm, false, false},
      {Function::kConjugate, Op::kConj, false, false},
      {Function::kArg, Op::kArg, false, false},
  };
  if (f == Function::kLog) {
    return builder_.Apply(Op::kDivide, builder_.Apply(Op::kLog, x),
                          builder_.Apply(Op::kLog, builder_.Integer(10)));
  }
  if (f == Function::kArccot) {
    // The branch with values in (0, pi).
    const int right = builder_.Apply(Op::kDivide, builder_.Apply(Op::kPi),
                                     builder_.Integer(2));
    return builder_.Apply(Op::kSubtract, right, builder_.Apply(Op::kAtan, x));
  }
  for (const Row& row : kRows) {
    if (row.function != f) continue;
    const int y = builder_.Apply(row.op, row.of_reciprocal ? Reciprocal(x) : x);
    return row.reciprocal ? Reciprocal(y) : y;
  }
  return -1;
}

int TapeWriter::Extreme(const Expr& e, const Bindings* b) {
  const Op op = IsFunction(e, Function::kMin) ? Op::kMin : Op::kMax;
  int total = -1;
  for (const Expr* child : e.children()) {
    const int x = Write(*child, b);
    if (x < 0) return -1;
    total = total < 0 ? x : builder_.Apply(op, total, x);
  }
  return total;
}

// n (n-1) ... (n-k+1) / k! for a known small k.
int TapeWriter::Binomial(const Expr& e, const Bindings* b) {
  constexpr int64_t kLowerMax = 40;
  if (e.children_count != 2) return -1;
  Exact k = ExactValue(e.child(1), b, c_->budget_);
  int64_t count;
  if (!k.ok() || !k.value.ToInt64(&count) || count < 0 || count > kLowerMax) {
    return -1;
  }
  const int n = Write(e.child(0), b);
  int total = builder_.Integer(1);
  for (int64_t i = 0; i < count; ++i) {
    const int factor = builder_.Apply(Op::kSubtract, n, builder_.Integer(i));
    total = builder_.Apply(Op::kMultiply, total, factor);
    if (IsFunction(e, Function::kBinomial)) {
      total = builder_.Apply(Op::kDivide, total, builder_.Integer(i + 1));
    }
  }
  return total;
}

int TapeWriter::Call(const Expr& e, const Bindings* b) {
  const Function f = static_cast<Function>(e.detail);
  switch (f) {
    case Function::kMin:
    case Function::kMax:
      return Extreme(e, b);
    case Function::kBinomial:
    case Function::kPermutations:
      return Binomial(e, b);
    default:
      break;
  }
  if (f == Function::kLog && e.children_count == 2) {
    const int argument = builder_.Apply(Op::kLog, Write(e.child(0), b));
    const int base = builder_.Apply(Op::kLog, Write(e.child(1), b));
    return builder_.Apply(Op::kDivide, argument, base);
  }
  if (e.children_count != 1) return -1;
  switch (f) {
    case Function::kSqrt:
      return Root(e, b);
    case Function::kExp:
      return PowerOfE(e.child(0), b);
    case Function::kSin:
    case Function::kCos:
    case Function::kTan:
    case Function::kCot:
    case Function::kSec:
    case Function::kCsc:
      return Trigonometric(f, e.child(0), b);
    case Function::kDeterminant:
      return Determinant(e.child(0), b);
    case Function::kRound: {
      const int half = Constant(Rational(1, 2));
      const int x = Write(e.child(0), b);
      return builder_.Apply(Op::kFloor, builder_.Apply(Op::kAdd, x, half));
    }
    default: {
      const int x = Write(e.child(0), b);
      return x < 0 ? -1 : OfOne(f, x);
    }
  }
}

int TapeWriter::Range(const Expr& e, const Bindings* b) {
  const auto c = e.children();
  const bool sum = e.kind == Kind::kSum;
  if (c.size() != 4 || c[1] == nullptr || c[2] == nullptr) return Atom(e);
  const std::string_view bound = c[0]->text;
  if (Contains(*c[3], [bound](const Expr& x) {
        return x.kind == Kind::kSymbol && SubscriptMentions(x.text, bound);
      })) {
    // a_k has an unknown value for each k.
    return b == nullptr ? Atom(e) : -1;
  }
  Exact low = ExactValue(*c[1], b, c_->budget_);
  Exact high = ExactValue(*c[2], b, c_->budget_);
  int64_t from, to;
  if (!low.ok() || !high.ok() || !low.value.ToInt64(&from) ||
      !high.value.ToInt64(&to) || to < from - 1 ||
      to - from >= kUnrolledTermsMax) {
    return b == nullptr ? Atom(e) : -1;
  }
  int total = builder_.Integer(sum ? 0 : 1);
  for (int64_t k = from; k <= to; ++k) {
    const Rational index(k);
    const Bindings inner{c[0]->text, &index, b};
    const int x = Write(*c[3], &inner);
    if (x < 0 || !c_->budget_->Spend(4)) return -1;
    total = builder_.Apply(sum ? Op::kAdd : Op::kMultiply, total, x);
  }
  return total;
}

int TapeWriter::Determinant(const Expr& e, const Bindings* b) {
  const size_t n = e.detail;
  if (e.kind != Kind::kMatrix || n == 0 || n > 3 || e.children_count != n * n) {
    return -1;
  }
  std::vector<int> m;
  for (const Expr* cell : e.children()) {
    m.push_back(Write(*cell, b));
    if (m.back() < 0) return -1;
  }
  auto minor = [&](int p, int q, int r, int s) {
    return builder_.Apply(Op::kSubtract,
                          builder_.Apply(Op::kMultiply, m[p], m[s]),
                          builder_.Apply(Op::kMultiply, m[q], m[r]));
  };
  if (n == 1) return m[0];
  if (n == 2) return minor(0, 1, 2, 3);
  const int x = builder_.Apply(Op::kMultiply, m[0], minor(4, 5, 7, 8));
  const int y = builder_.Apply(Op::kMultiply, m[1], minor(3, 5, 6, 8));
  const int z = builder_.Apply(Op::kMultiply, m[2], minor(3, 4, 6, 7));
  return builder_.Apply(Op::kAdd, builder_.Apply(Op::kSubtract, x, y), z);
}

int TapeWriter::Quantity(const Expr& e, const Bindings* b) {
  const int value = Write(e.child(0), b);
  if (e.child(1).text == "degree") {
    const int pi = builder_.Apply(Op::kPi);
    return builder_.Apply(
        Op::kMultiply, value,
        builder_.Apply(Op::kDivide, pi, builder_.Integer(180)));
  }
  return builder_.Apply(Op::kMultiply, value, Atom(e.child(1)));
}

int TapeWriter::Write(const Expr& e, const Bindings* b) {
  if (!c_->budget_->Spend(16)) return -1;
  if (e.kind == Kind::kNumber || e.kind == Kind::kFactorial ||
      e.kind == Kind::kModulo || e.kind == Kind::kFunction) {
    Exact x = ExactValue(e, b, c_->budget_);
    if (x.ok()) return Constant(x.value);
    if (e.kind == Kind::kNumber) return -1;
  }
  switch (e.kind) {
    case Kind::kConstant:
      if (IsConstant(e, Constant::kPi)) return builder_.Apply(Op::kPi);
      if (IsConstant(e, Constant::kE)) return builder_.Apply(Op::kE);
      if (IsConstant(e, Constant::kI)) return builder_.Apply(Op::kI);
      return -1;
    case Kind::kSymbol:
      return Symbol(e, b);
    case Kind::kAdd:
    case Kind::kMultiply:
      return Fold(e, b);
    case Kind::kNegate: {
      const int x = Write(e.child(0), b);
      return x < 0 ? -1 : builder_.Apply(Op::kNegate, x);
    }
    case Kind::kRatio:
      if (e.children_count != 2) return -1;
      [[fallthrough]];
    case Kind::kDivide: {
      const int x = Write(e.child(0), b);
      const int y = Write(e.child(1), b);
      return x < 0 || y < 0 ? -1 : builder_.Apply(Op::kDivide, x, y);
    }
    case Kind::kPower:
      return Power(e.child(0), e.child(1), b);
    case Kind::kRoot:
      return Root(e, b);
    case Kind::kPercent: {
      const int x = Write(e.child(0), b);
      const int y = builder_.Integer(e.detail == 1 ? 1000 : 100);
      return x < 0 ? -1 : builder_.Apply(Op::kDivide, x, y);
    }
    case Kind::kModulo: {
      const int x = Write(e.child(0), b);
      const int y = Write(e.child(1), b);
      if (x < 0 || y < 0) return -1;
      const int q =
          builder_.Apply(Op::kFloor, builder_.Apply(Op::kDivide, x, y));
      return builder_.Apply(Op::kSubtract, x,
                            builder_.Apply(Op::kMultiply, q, y));
    }
    case Kind::kQuantity:
      return Quantity(e, b);
    case Kind::kFunction: {
      const int x = Call(e, b);
      return x < 0 && b == nullptr && builder_.status().ok() ? Atom(e) : x;
    }
    case Kind::kSum:
    case Kind::kProduct:
      return Range(e, b);
    case Kind::kDerivative: {
      const Expr* d = TakeDerivative(e, c_->arena_, c_->budget_);
      return d == nullptr ? Atom(e) : Write(*d, b);
    }
    case Kind::kIntegral: {
      const Expr* d = TakeIntegral(e, c_->arena_, c_->budget_);
      return d == nullptr ? (b == nullptr ? Atom(e) : -1) : Write(*d, b);
    }
    case Kind::kMatrix:
      return e.text == "v" ? Determinant(e, b) : -1;
    case Kind::kApply:
    case Kind::kEllipsis:
    case Kind::kText:
    case Kind::kUnit:
    case Kind::kLimit:
      return b == nullptr ? Atom(e) : -1;
    default:
      return -1;
  }
}

Compiler::Compiler(std::vector<std::string> names, const Bindings* bindings,
                   Arena* arena, Budget* budget)
    : names_(std::move(names)),
      bindings_(bindings),
      arena_(arena),
      budget_(budget) {}

absl::StatusOr<Tape> Compiler::Compile(const Expr& expr) {
  if (names_.size() > Tape::kVariablesMax) {
    return absl::InvalidArgumentError("too many variables");
  }
  // Most trees have no atoms; those that have are written again with room.
  for (size_t capacity : {names_.size(), names_.size() + kAtomsMax}) {
    capacity = std::min<size_t>(capacity, Tape::kVariablesMax);
    TapeWriter writer(this, capacity);
    const int result = writer.Write(expr, bindings_);
    if (budget_->exhausted()) {
      return absl::ResourceExhaustedError("the operations budget is spent");
    }
    if (!writer.full()) return writer.Finish(result);
  }
  return absl::ResourceExhaustedError("too many unknown parts");
}

}  // namespace assay::math
