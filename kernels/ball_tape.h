// One operation of a tape on balls: what the host's loop and a device's
// kernel both call.
//
// Threads: pure.
#ifndef KERNELS_BALL_TAPE_H_
#define KERNELS_BALL_TAPE_H_

#include "kernels/complex_ball.h"
#include "kernels/real_ball.h"
#include "kernels/tape_op.h"

namespace assay::kernels {

ASSAY_HOST_DEVICE inline RealBall ApplyUnary(Op op, const RealBall& a,
                                             int64_t n) {
  switch (op) {
    case Op::kNegate:
      return real::Negate(a);
    case Op::kPowInt:
      return real::PowInt(a, n);
    case Op::kSqrt:
      return real::Sqrt(a);
    case Op::kRoot:
      return real::Root(a, n);
    case Op::kExp:
      return real::Exp(a);
    case Op::kLog:
      return real::Log(a);
    case Op::kSin:
      return real::Sin(a);
    case Op::kCos:
      return real::Cos(a);
    case Op::kTan:
      return real::Tan(a);
    case Op::kAsin:
      return real::Asin(a);
    case Op::kAcos:
      return real::Acos(a);
    case Op::kAtan:
      return real::Atan(a);
    case Op::kSinh:
      return real::Sinh(a);
    case Op::kCosh:
      return real::Cosh(a);
    case Op::kTanh:
      return real::Tanh(a);
    case Op::kAsinh:
      return real::Asinh(a);
    case Op::kAcosh:
      return real::Acosh(a);
    case Op::kAtanh:
      return real::Atanh(a);
    case Op::kAbs:
      return real::Abs(a);
    case Op::kFloor:
      return real::Floor(a);
    case Op::kCeil:
      return real::Ceil(a);
    case Op::kSign:
      return real::Sign(a);
    case Op::kRe:
    case Op::kConj:
      return a;
    case Op::kIm:
      return {0, 0};
    case Op::kArg:
      return real::Arg(a);
    default:
      return RealBall::Unknown();
  }
}

ASSAY_HOST_DEVICE inline RealBall ApplyBinary(Op op, const RealBall& a,
                                              const RealBall& b) {
  switch (op) {
    case Op::kAdd:
      return real::Add(a, b);
    case Op::kSubtract:
      return real::Subtract(a, b);
    case Op::kMultiply:
      return real::Multiply(a, b);
    case Op::kDivide:
      return real::Divide(a, b);
    case Op::kPower:
      return real::Power(a, b);
    case Op::kMin:
      return real::Min(a, b);
    case Op::kMax:
      return real::Max(a, b);
    default:
      return RealBall::Unknown();
  }
}

ASSAY_HOST_DEVICE inline ComplexBall ApplyUnary(Op op, const ComplexBall& a,
                                                int64_t n) {
  switch (op) {
    case Op::kNegate:
      return complex::Negate(a);
    case Op::kPowInt:
      return complex::PowInt(a, n);
    case Op::kSqrt:
      return complex::Sqrt(a);
    case Op::kRoot:
      return complex::Root(a, n);
    case Op::kExp:
      return complex::Exp(a);
    case Op::kLog:
      return complex::Log(a);
    case Op::kSin:
      return complex::Sin(a);
    case Op::kCos:
      return complex::Cos(a);
    case Op::kTan:
      return complex::Tan(a);
    case Op::kAsin:
      return complex::Asin(a);
    case Op::kAcos:
      return complex::Acos(a);
    case Op::kAtan:
      return complex::Atan(a);
    case Op::kSinh:
      return complex::Sinh(a);
    case Op::kCosh:
      return complex::Cosh(a);
    case Op::kTanh:
      return complex::Tanh(a);
    case Op::kAsinh:
      return complex::Asinh(a);
    case Op::kAcosh:
      return complex::Acosh(a);
    case Op::kAtanh:
      return complex::Atanh(a);
    case Op::kAbs:
      return complex::Abs(a);
    case Op::kRe:
      return {a.re, 0, a.rad};
    case Op::kIm:
      return complex::OfReal(complex::ImaginaryPart(a));
    case Op::kConj:
      return {a.re, -a.im, a.rad};
    case Op::kArg:
      return complex::Arg(a);
    default:
      return ComplexBall::Unknown();
  }
}

ASSAY_HOST_DEVICE inline ComplexBall ApplyBinary(Op op, const ComplexBall& a,
                                                 const ComplexBall& b) {
  switch (op) {
    case Op::kAdd:
      return complex::Add(a, b);
    case Op::kSubtract:
      return complex::Subtract(a, b);
    case Op::kMultiply:
      return complex::Multiply(a, b);
    case Op::kDivide:
      return complex::Divide(a, b);
    case Op::kPower:
      return complex::Power(a, b);
    default:
      return ComplexBall::Unknown();
  }
}

// With the state of undefined operands carried through. Not-a-number inputs
// may make an operation answer anything; the operands decide then.
template <typename Ball>
ASSAY_HOST_DEVICE Ball Unary(Op op, const Ball& a, int64_t n) {
  return Blame(ApplyUnary(op, a, n), a, a);
}
template <typename Ball>
ASSAY_HOST_DEVICE Ball Binary(Op op, const Ball& a, const Ball& b) {
  return Blame(ApplyBinary(op, a, b), a, b);
}

}  // namespace assay::kernels

#endif  // KERNELS_BALL_TAPE_H_
