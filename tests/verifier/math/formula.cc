#include "tests/verifier/math/formula.h"

#include <algorithm>
#include <cstdlib>

namespace assay::math {

int Formulas::Make(Op op, std::initializer_list<int> children, int64_t number) {
  Node node{op, static_cast<uint8_t>(children.size()), {-1, -1}, number, 1};
  std::copy(children.begin(), children.end(), node.child.begin());
  nodes_.push_back(node);
  return static_cast<int>(nodes_.size()) - 1;
}

int Formulas::Number(int64_t numerator, int64_t denominator) {
  const int e = Make(Op::kNumber, {}, numerator);
  nodes_[e].denominator = denominator;
  return e;
}

int Formulas::Variable(int index) { return Make(Op::kVariable, {}, index); }

int Formulas::Leaf() {
  if (variables_ > 0 && Chance(50)) return Variable(Pick(variables_));
  if (kind_ == Kind::kComplex && Chance(30)) return Make(Op::kI, {});
  if (kind_ == Kind::kElementary && Chance(12)) {
    return Make(Chance(70) ? Op::kPi : Op::kE, {});
  }
  if (kind_ == Kind::kRadical && Chance(40)) {
    return Make(Op::kSqrt, {Number(2 + Pick(30))});
  }
  if (Chance(75)) return Number(1 + Pick(12));
  if (Chance(20)) return Number(10 + Pick(100'000));
  return Number(1 + Pick(20), 2 + Pick(11));
}

int Formulas::Random(int depth) {
  if (depth <= 0 || Chance(12)) return Leaf();
  const int a = Random(depth - 1);
  if (kind_ == Kind::kRadical && Chance(15)) {
    return Make(Chance(80) ? Op::kSqrt : Op::kCubeRoot, {a});
  }
  if (kind_ == Kind::kElementary && Chance(30)) {
    constexpr Op kCalls[] = {Op::kSin,  Op::kCos, Op::kTan,    Op::kLn,
                             Op::kExp,  Op::kAbs, Op::kArctan, Op::kSinh,
                             Op::kSqrt, Op::kSin, Op::kCos,    Op::kCosh};
    return Make(kCalls[Pick(std::size(kCalls))], {a});
  }
  switch (Pick(9)) {
    case 0:
    case 1:
    case 2:
      return Add(a, Random(depth - 1));
    case 3:
      return Add(a, Negate(Random(depth - 1)));
    case 4:
    case 5:
      return Multiply(a, Random(depth - 1));
    case 6:
      return Divide(a, Random(depth - 1));
    case 7:
      return Power(a, 2 + Pick(3));
    default:
      return Negate(a);
  }
}

int Formulas::Size(int e) const {
  const Node& n = nodes_[e];
  int size = 1;
  for (int i = 0; i < n.count; ++i) size += Size(n.child[i]);
  return size;
}

template <typename F>
int Formulas::Replace(int e, int* k, const F& f) {
  if ((*k)-- == 0) return f(e);
  const Node n = nodes_[e];
  for (int i = 0; i < n.count; ++i) {
    const int changed = Replace(n.child[i], k, f);
    if (changed == n.child[i]) continue;
    Node copy = n;
    copy.child[i] = changed;
    nodes_.push_back(copy);
    return static_cast<int>(nodes_.size()) - 1;
  }
  return e;
}

int Formulas::Rewritten(int e, int steps) {
  constexpr int kSizeMax = 120;
  for (int i = 0; i < steps; ++i) {
    const int size = Size(e);
    if (size > kSizeMax || nodes_.size() > kNodesMax) break;
    int k = static_cast<int>(Pick(size));
    e = Replace(e, &k, [this](int x) {
      const int changed = RewriteHere(x);
      return changed < 0 ? x : changed;
    });
  }
  return e;
}

int Formulas::Perturbed(int e) {
  for (int attempt = 0; attempt < 8; ++attempt) {
    int k = static_cast<int>(Pick(Size(e)));
    const int changed =
        Replace(e, &k, [this](int x) { return PerturbHere(x); });
    if (changed != e) return changed;
  }
  return Add(e, Number(1));
}

int Formulas::PerturbHere(int e) {
  const Node n = nodes_[e];
  const int a = n.child[0], b = n.child[1];
  switch (n.op) {
    case Op::kNumber:
      switch (Pick(3)) {
        case 0:
          return Number(n.number + 1, n.denominator);
        case 1:
          return Number(-n.number, n.denominator);
        default:
          return Number(n.number * 10 + 1, n.denominator);
      }
    case Op::kVariable:
      return variables_ > 1 ? Variable((n.number + 1) % variables_)
                            : Power(e, 2);
    case Op::kPi:
    case Op::kE:
      return Chance(50) ? Number(3) : Make(Op::kExp, {Number(2)});
    case Op::kI:
      return Negate(e);
    case Op::kAdd:
      return Chance(50) ? Add(a, Negate(b)) : Chance(50) ? a : Multiply(a, b);
    case Op::kMultiply:
      return Chance(50) ? Add(a, b) : Chance(50) ? a : Divide(a, b);
    case Op::kNegate:
      return a;
    case Op::kDivide:
      return Chance(50) ? Divide(b, a) : Multiply(a, b);
    case Op::kPower:
      return Power(a, Chance(50) ? n.number + 1 : n.number - 1);
    case Op::kSqrt:
      return Make(Op::kCubeRoot, {a});
    case Op::kSin:
      return Make(Op::kCos, {a});
    case Op::kCos:
      return Make(Chance(50) ? Op::kSin : Op::kCosh, {a});
    case Op::kSinh:
      return Make(Op::kSin, {a});
    case Op::kAbs:
      return a;
    default:
      return Chance(50) ? Negate(e) : Make(Op::kSqrt, {a});
  }
}

}  // namespace assay::math
