// Rules that keep the value wherever both sides are defined on the reals.
#include <cstdlib>

#include "tests/verifier/math/formula.h"

namespace assay::math {

// Rules for every node.
int Formulas::RewriteAny(int e) {
  // Something small to bring in.
  const int b = variables_ > 0 && Chance(60) ? Variable(Pick(variables_))
                                             : Number(1 + Pick(9));
  switch (Pick(10)) {
    case 0:
      return Negate(Negate(e));
    case 1:
      return Add(Add(e, b), Negate(b));
    case 2:
      return Divide(e, Number(1));
    case 3: {
      const int64_t c = 2 + static_cast<int64_t>(Pick(8));
      return Divide(Multiply(Number(c), e), Number(c));
    }
    case 4:
      return Divide(Multiply(e, Add(b, Number(1))), Add(b, Number(1)));
    case 5:
      return Add(Number(0), e);
    case 6:
      return Multiply(e, Number(1));
    case 7:
      if (kind_ != Kind::kElementary) return Add(e, Multiply(Number(0), b));
      return Multiply(
          e, Add(Power(Make(Op::kSin, {b}), 2), Power(Make(Op::kCos, {b}), 2)));
    case 8:  // (e + 1)^2 - e^2 - e - 1
      return Add(Add(Power(Add(e, Number(1)), 2), Negate(Power(e, 2))),
                 Negate(Add(e, Number(1))));
    default:
      return Add(Multiply(Number(3), e), Multiply(Number(-2), e));
  }
}

int Formulas::RewriteNumber(const Node& n) {
  const int64_t k = 2 + static_cast<int64_t>(Pick(9));
  switch (Pick(4)) {
    case 0:
      return Number(n.number * k, n.denominator * k);
    case 1:
      return Add(Number(n.number + k * n.denominator, n.denominator),
                 Number(-k));
    case 2:
      return Multiply(Number(k), Number(n.number, n.denominator * k));
    default:
      return Divide(Number(n.number), Number(n.denominator));
  }
}

int Formulas::RewriteSum(const Node& n) {
  const int a = n.child[0], b = n.child[1];
  const Node x = nodes_[a], y = nodes_[b];
  switch (Pick(5)) {
    case 0:
      if (x.op == Op::kAdd) return Add(x.child[0], Add(x.child[1], b));
      return Add(b, a);
    case 1:  // p/q + r/s
      if (x.op == Op::kDivide) {
        return Divide(Add(x.child[0], Multiply(b, x.child[1])), x.child[1]);
      }
      return Add(b, a);
    case 2:  // a^2 - b^2
      if (x.op == Op::kPower && x.number == 2 && y.op == Op::kNegate &&
          nodes_[y.child[0]].op == Op::kPower &&
          nodes_[y.child[0]].number == 2) {
        const int p = x.child[0], q = nodes_[y.child[0]].child[0];
        return Multiply(Add(p, Negate(q)), Add(p, q));
      }
      return Negate(Add(Negate(a), Negate(b)));
    case 3:
      return Divide(Add(Multiply(Number(2), a), Multiply(b, Number(2))),
                    Number(2));
    default:
      return Add(b, a);
  }
}

int Formulas::RewriteProduct(const Node& n) {
  const int a = n.child[0], b = n.child[1];
  const Node x = nodes_[a], y = nodes_[b];
  if (n.op == Op::kDivide) {
    switch (Pick(4)) {
      case 0:
        return Multiply(a, Power(b, -1));
      case 1:
        if (x.op == Op::kAdd) {
          return Add(Divide(x.child[0], b), Divide(x.child[1], b));
        }
        return Multiply(Divide(Number(1), b), a);
      case 2:
        if (y.op == Op::kSqrt) return Divide(Multiply(a, b), y.child[0]);
        return Negate(Divide(Negate(a), b));
      default:
        return Divide(Multiply(a, b), Power(b, 2));
    }
  }
  switch (Pick(4)) {
    case 0:
      if (y.op == Op::kAdd) {
        return Add(Multiply(a, y.child[0]), Multiply(a, y.child[1]));
      }
      return Multiply(b, a);
    case 1:
      if (x.op == Op::kMultiply) {
        return Multiply(x.child[0], Multiply(x.child[1], b));
      }
      return Multiply(Negate(a), Negate(b));
    case 2:
      if (x.op == Op::kSqrt && y.op == Op::kSqrt) {
        return Make(Op::kSqrt, {Multiply(x.child[0], y.child[0])});
      }
      // ((a+b)^2 - (a-b)^2) / 4
      return Divide(
          Add(Power(Add(a, b), 2), Negate(Power(Add(a, Negate(b)), 2))),
          Number(4));
    default:
      return Multiply(b, a);
  }
}

int Formulas::RewritePower(const Node& n) {
  const int a = n.child[0];
  const Node x = nodes_[a];
  if (n.number == 2 && x.op == Op::kAdd) {
    const int p = x.child[0], q = x.child[1];
    return Add(Add(Power(p, 2), Multiply(Multiply(Number(2), p), q)),
               Power(q, 2));
  }
  if (n.number == 3 && x.op == Op::kAdd && Chance(60)) {
    const int p = x.child[0], q = x.child[1];
    const int cubes = Add(Power(p, 3), Power(q, 3));
    return Add(cubes, Multiply(Number(3), Multiply(Multiply(p, q), a)));
  }
  if (x.op == Op::kMultiply) {
    return Multiply(Power(x.child[0], n.number), Power(x.child[1], n.number));
  }
  if (x.op == Op::kPower && x.number > 0 && n.number > 0) {
    return Power(x.child[0], x.number * n.number);
  }
  if (n.number > 1) return Multiply(a, Power(a, n.number - 1));
  if (n.number < 0) return Divide(Number(1), Power(a, -n.number));
  return -1;
}

int Formulas::RewriteFunction(const Node& n) {
  const int a = n.child[0];
  const Node x = nodes_[a];
  auto call = [this](Op op, int argument) { return Make(op, {argument}); };
  const bool sum = x.op == Op::kAdd;
  const int p = x.child[0], q = x.child[1];
  switch (n.op) {
    case Op::kSqrt:
      if (x.op == Op::kPower && x.number == 2) return call(Op::kAbs, p);
      if (x.op == Op::kNumber && x.denominator == 1) {
        // sqrt(n) = k sqrt(n) / k, sqrt(k^2 n) / k, n / sqrt(n)
        const int64_t k = 2 + static_cast<int64_t>(Pick(4));
        if (Chance(30)) return Divide(a, call(Op::kSqrt, a));
        return Divide(call(Op::kSqrt, Number(x.number * k * k)), Number(k));
      }
      if (x.op == Op::kMultiply) {
        return Multiply(call(Op::kSqrt, p), call(Op::kSqrt, q));
      }
      return Divide(a, call(Op::kSqrt, a));
    case Op::kAbs:
      return Chance(50) ? call(Op::kSqrt, Power(a, 2))
                        : call(Op::kAbs, Negate(a));
    case Op::kSin:
      if (sum) {
        return Add(Multiply(call(Op::kSin, p), call(Op::kCos, q)),
                   Multiply(call(Op::kCos, p), call(Op::kSin, q)));
      }
      if (Chance(40)) return Negate(call(Op::kSin, Negate(a)));
      if (Chance(50)) {
        return call(Op::kCos,
                    Add(Divide(Make(Op::kPi, {}), Number(2)), Negate(a)));
      }
      return Multiply(Number(2),
                      Multiply(call(Op::kSin, Divide(a, Number(2))),
                               call(Op::kCos, Divide(a, Number(2)))));
    case Op::kCos:
      if (sum) {
        return Add(Multiply(call(Op::kCos, p), call(Op::kCos, q)),
                   Negate(Multiply(call(Op::kSin, p), call(Op::kSin, q))));
      }
      if (Chance(40)) return call(Op::kCos, Negate(a));
      return Add(
          Number(1),
          Multiply(Number(-2), Power(call(Op::kSin, Divide(a, Number(2))), 2)));
    case Op::kTan:
      return Divide(call(Op::kSin, a), call(Op::kCos, a));
    case Op::kLn:
      if (x.op == Op::kMultiply) {
        return Add(call(Op::kLn, p), call(Op::kLn, q));
      }
      if (x.op == Op::kDivide) {
        return Add(call(Op::kLn, p), Negate(call(Op::kLn, q)));
      }
      if (x.op == Op::kPower) {
        return Multiply(Number(x.number), call(Op::kLn, p));
      }
      if (x.op == Op::kExp) return p;
      return Negate(call(Op::kLn, Power(a, -1)));
    case Op::kExp:
      if (sum) return Multiply(call(Op::kExp, p), call(Op::kExp, q));
      if (x.op == Op::kLn) return p;
      return Divide(Number(1), call(Op::kExp, Negate(a)));
    case Op::kSinh:
      return Divide(Add(call(Op::kExp, a), Negate(call(Op::kExp, Negate(a)))),
                    Number(2));
    case Op::kCosh:
      return Divide(Add(call(Op::kExp, a), call(Op::kExp, Negate(a))),
                    Number(2));
    case Op::kArctan:
      return Negate(call(Op::kArctan, Negate(a)));
    case Op::kCubeRoot:
      return Negate(call(Op::kCubeRoot, Negate(a)));
    default:
      return -1;
  }
}

int Formulas::RewriteHere(int e) {
  if (Chance(20)) return RewriteAny(e);
  const Node n = nodes_[e];
  switch (n.op) {
    case Op::kNumber:
      return RewriteNumber(n);
    case Op::kAdd:
      return RewriteSum(n);
    case Op::kMultiply:
    case Op::kDivide:
      return RewriteProduct(n);
    case Op::kPower:
      return RewritePower(n);
    case Op::kNegate:
      return Multiply(Number(-1), n.child[0]);
    case Op::kVariable:
    case Op::kPi:
    case Op::kE:
      return RewriteAny(e);
    case Op::kI:
      return Negate(Divide(Number(1), e));
    default:
      return RewriteFunction(n);
  }
}

}  // namespace assay::math
