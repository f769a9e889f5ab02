// What goes into balls, and what comes out of them for the evaluators'
// callers. Private to this room.
#ifndef KERNELS_BALL_VALUES_H_
#define KERNELS_BALL_VALUES_H_

#include <vector>

#include "kernels/evaluator.h"
#include "kernels/lanes/lane_batch.h"

namespace assay::kernels {

// Where evaluation starts: a leaf and a coordinate as balls; the second
// argument names which.
inline RealBall FromLeaf(const LeafBall& leaf, RealBall) {
  if (leaf.im != 0) return RealBall::Unknown();
  const RealBall ball = {leaf.re, leaf.rad};
  return ball.defined() ? ball : RealBall::Unknown();
}
inline ComplexBall FromLeaf(const LeafBall& leaf, ComplexBall) {
  const ComplexBall ball = {leaf.re, leaf.im, leaf.rad};
  return ball.defined() ? ball : ComplexBall::Unknown();
}

inline RealBall FromCoordinate(const Coordinate& c, RealBall) {
  return {c.re.ToDouble(), 0};
}
inline ComplexBall FromCoordinate(const Coordinate& c, ComplexBall) {
  return {c.re.ToDouble(), c.im.ToDouble(), 0};
}

template <typename Ball>
BallValue::State StateOf(const Ball& ball) {
  if (ball.defined()) return BallValue::State::kDefined;
  return ball.proved_undefined() ? BallValue::State::kUndefined
                                 : BallValue::State::kUnknown;
}

inline BallValue ToValue(const RealBall& ball) {
  BallValue value;
  value.state = StateOf(ball);
  // Adding 0 turns -0 into 0.
  if (value.defined()) {
    value.re = ball.mid + 0.0;
    value.radius = ball.rad;
  }
  return value;
}
inline BallValue ToValue(const ComplexBall& ball) {
  BallValue value;
  value.state = StateOf(ball);
  if (value.defined()) {
    value.re = ball.re + 0.0;
    value.im = ball.im + 0.0;
    value.radius = ball.rad;
  }
  return value;
}

// values[t * points + k].
template <typename D>
void ToValues(const lanes::LaneValues<D>& results, size_t tapes,
              std::vector<BallValue>* values) {
  values->resize(tapes * results.points);
  for (size_t t = 0; t < tapes; ++t) {
    for (size_t k = 0; k < results.points; ++k) {
      (*values)[t * results.points + k] = ToValue(results.at(t, k));
    }
  }
}

// What Evaluator::Evaluate refuses.
absl::Status CheckBatch(const BallBatch& batch);

}  // namespace assay::kernels

#endif  // KERNELS_BALL_VALUES_H_
