// Batches of several threads give what each would have got alone.
#include "verifier/math/evaluation_queue.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "kernels/points.h"
#include "kernels/tape.h"

namespace assay::math {
namespace {

using kernels::BallBatch;
using kernels::BallDomain;
using kernels::BallValue;
using kernels::Evaluator;
using kernels::Op;
using kernels::Point;
using kernels::Tape;
using Work = EvaluationQueue::Work;

// x^n + n
Tape Power(int n) {
  kernels::TapeBuilder b(1);
  const int power = b.PowInt(b.Variable(0), n);
  return b.Build(b.Apply(Op::kAdd, power, b.Integer(n))).value();
}

std::vector<Point> Points(int count) {
  const kernels::PointSource source("a secret of tests");
  std::vector<Point> points;
  for (int i = 0; i < count; ++i) {
    points.push_back(source.Draw(kernels::PointKind::kPositive, i, 1));
  }
  return points;
}

std::vector<BallValue> Alone(const Evaluator& evaluator, const Work& work) {
  BallBatch batch;
  batch.domain = work.domain;
  batch.tapes = work.tapes;
  batch.points = work.points;
  std::vector<BallValue> values;
  EXPECT_TRUE(evaluator.Evaluate(batch, &values).ok());
  return values;
}

bool Same(const std::vector<BallValue>& a, const std::vector<BallValue>& b) {
  if (a.size() != b.size()) return false;
  for (size_t i = 0; i < a.size(); ++i) {
    if (a[i].state != b[i].state || a[i].re != b[i].re || a[i].im != b[i].im ||
        a[i].radius != b[i].radius) {
      return false;
    }
  }
  return true;
}

// Counts its calls, and may refuse them.
class Counting : public Evaluator {
 public:
  std::string_view name() const override { return "counting"; }
  absl::Status Evaluate(const BallBatch& batch,
                        std::vector<BallValue>* values) const override {
    ++calls;
    return host_->Evaluate(batch, values);
  }
  absl::Status Evaluate(const kernels::ResidueBatch& batch,
                        std::vector<kernels::Residue>* values) const override {
    return host_->Evaluate(batch, values);
  }
  mutable std::atomic<int> calls = 0;

 private:
  std::unique_ptr<Evaluator> host_ = kernels::MakeHostEvaluator();
};

TEST(EvaluationQueue, OneCallForWorksAtTheSamePoints) {
  Counting evaluator;
  EvaluationQueue queue(&evaluator, {.age_max = absl::Milliseconds(20)});
  const std::vector<Point> points = Points(11), others = Points(3);
  std::vector<Tape> tapes;
  for (int n = 1; n <= 6; ++n) tapes.push_back(Power(n));
  std::vector<Work> works(4);
  for (size_t i = 0; i < works.size(); ++i) {
    works[i].tapes = {&tapes[i], &tapes[i + 1]};
    works[i].points = points;
  }
  works[2].points = others;
  works[3].domain = BallDomain::kComplex;
  queue.Evaluate(
      1, std::vector<Work*>{&works[0], &works[1], &works[2], &works[3]});
  EXPECT_EQ(evaluator.calls, 3);
  EXPECT_EQ(queue.counts().works, 4u);
  for (const Work& work : works) {
    EXPECT_TRUE(work.status.ok());
    EXPECT_TRUE(Same(work.values, Alone(evaluator, work)));
  }
}

TEST(EvaluationQueue, ARefusedWorkRefusesNoOther) {
  Counting evaluator;
  EvaluationQueue queue(&evaluator, {});
  const std::vector<Point> points = Points(2);
  const Tape good = Power(3);
  kernels::TapeBuilder b(2);
  const Tape wide = b.Build(b.Apply(Op::kAdd, b.Variable(0), b.Variable(1)))
                        .value();  // The points have one coordinate.
  Work works[2];
  works[0].tapes = {&good};
  works[1].tapes = {&wide};
  for (Work& work : works) work.points = points;
  queue.Evaluate(1, std::vector<Work*>{&works[0], &works[1]});
  EXPECT_TRUE(works[0].status.ok());
  EXPECT_EQ(works[0].values.size(), 2u);
  EXPECT_EQ(works[1].status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_TRUE(works[1].values.empty());
}

TEST(EvaluationQueue, ThreadsShareBatches) {
  Counting evaluator;
  EvaluationQueue queue(&evaluator, {.age_max = absl::Milliseconds(5)});
  const std::vector<Point> points = Points(5);
  std::vector<Tape> tapes;
  for (int n = 1; n <= 40; ++n) tapes.push_back(Power(n));
  constexpr int kThreads = 4, kRounds = 25;
  std::atomic<int> wrong = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (int round = 0; round < kRounds; ++round) {
        Work works[3];
        for (int i = 0; i < 3; ++i) {
          works[i].tapes = {
              &tapes[static_cast<size_t>((t * 7 + round + i) % 40)]};
          works[i].points = points;
        }
        queue.Evaluate(static_cast<uint64_t>(t),
                       std::vector<Work*>{&works[0], &works[1], &works[2]});
        for (const Work& work : works) {
          if (!Same(work.values, Alone(*kernels::MakeHostEvaluator(), work))) {
            ++wrong;
          }
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
  const EvaluationQueue::Counts counts = queue.counts();
  EXPECT_EQ(counts.works, uint64_t{kThreads * kRounds * 3});
  EXPECT_LE(counts.batches, uint64_t{kThreads * kRounds});
  EXPECT_EQ(counts.calls, static_cast<uint64_t>(evaluator.calls));
}

TEST(EvaluationQueue, NothingToDoIsDoneAtOnce) {
  Counting evaluator;
  EvaluationQueue queue(&evaluator, {});
  queue.Evaluate(1, {});
  EXPECT_EQ(queue.counts().batches, 0u);
}

}  // namespace
}  // namespace assay::math
