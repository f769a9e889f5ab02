#include "verifier/math/evaluation_queue.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <tuple>
#include <utility>

#include "absl/time/clock.h"

namespace assay::math {
namespace {

using kernels::BallBatch;
using kernels::BallValue;
using kernels::Tape;
using Work = EvaluationQueue::Work;

bool SamePoints(const Work& a, const Work& b) {
  return a.domain == b.domain && a.points.data() == b.points.data() &&
         a.points.size() == b.points.size();
}

bool ByPoints(const Work* a, const Work* b) {
  const std::less<const kernels::Point*> less;
  if (a->domain != b->domain) return a->domain < b->domain;
  if (a->points.size() != b->points.size()) {
    return a->points.size() < b->points.size();
  }
  return less(a->points.data(), b->points.data());
}

// Works at the same points, in one call.
void EvaluateTogether(const kernels::Evaluator& evaluator,
                      absl::Span<Work* const> works) {
  std::vector<const Tape*> tapes;
  for (const Work* work : works) {
    tapes.insert(tapes.end(), work->tapes.begin(), work->tapes.end());
  }
  BallBatch batch;
  batch.domain = works[0]->domain;
  batch.tapes = tapes;
  batch.points = works[0]->points;
  std::vector<BallValue> values;
  const absl::Status status = evaluator.Evaluate(batch, &values);
  if (!status.ok() && works.size() > 1) {
    // A call is refused as a whole: each work has the answer of its own.
    for (size_t i = 0; i < works.size(); ++i) {
      EvaluateTogether(evaluator, works.subspan(i, 1));
    }
    return;
  }
  auto at = values.begin();
  for (Work* work : works) {
    work->status = status;
    work->values.clear();
    if (!status.ok()) continue;
    const auto end =
        at + static_cast<int64_t>(work->tapes.size() * work->points.size());
    work->values.assign(at, end);
    at = end;
  }
}

}  // namespace

uint64_t EvaluationQueue::Work::cost() const {
  uint64_t nodes = 0;
  for (const Tape* tape : tapes) nodes += tape->instructions().size();
  return nodes * points.size();
}

EvaluationQueue::EvaluationQueue(const kernels::Evaluator* evaluator,
                                 const kernels::BatchLimits& limits)
    : evaluator_(evaluator), former_(limits), server_([this] { Serve(); }) {}

EvaluationQueue::~EvaluationQueue() {
  {
    absl::MutexLock lock(&mutex_);
    ending_ = true;
  }
  server_.join();
}

void EvaluationQueue::Evaluate(uint64_t request,
                               absl::Span<Work* const> works) {
  Waiter waiter;
  std::vector<Work*> refused;
  {
    absl::MutexLock lock(&mutex_);
    for (Work* work : works) {
      const uint64_t id = next_id_++;
      if (!former_.Add({.id = id, .request = request, .cost = work->cost()},
                       absl::Now())) {
        refused.push_back(work);
        continue;
      }
      waiting_[id] = {work, &waiter};
      ++waiter.open;
    }
    counts_.works += works.size();
    changed_ = true;
  }
  const uint64_t calls = EvaluateAll(std::move(refused));
  absl::MutexLock lock(&mutex_);
  counts_.calls += calls;
  mutex_.Await(absl::Condition(
      +[](Waiter* w) { return w->open == 0; }, &waiter));
}

EvaluationQueue::Counts EvaluationQueue::counts() const {
  absl::MutexLock lock(&mutex_);
  return counts_;
}

uint64_t EvaluationQueue::EvaluateAll(std::vector<Work*> works) const {
  std::sort(works.begin(), works.end(), ByPoints);
  uint64_t calls = 0;
  for (size_t begin = 0; begin < works.size();) {
    size_t end = begin, values = 0;
    while (end < works.size() && SamePoints(*works[begin], *works[end])) {
      const size_t own = works[end]->tapes.size() * works[end]->points.size();
      if (end > begin && values + own > kernels::Evaluator::kValuesMax) break;
      values += own;
      ++end;
    }
    EvaluateTogether(*evaluator_,
                     absl::MakeConstSpan(works).subspan(begin, end - begin));
    ++calls;
    begin = end;
  }
  return calls;
}

void EvaluationQueue::Serve() {
  absl::MutexLock lock(&mutex_);
  while (true) {
    std::optional<kernels::Batch> batch = former_.Take(absl::Now());
    if (!batch) {
      if (ending_ && waiting_.empty()) return;
      changed_ = false;
      auto stirred = +[](EvaluationQueue* q) {
        return q->changed_ || (q->ending_ && q->waiting_.empty());
      };
      mutex_.AwaitWithDeadline(absl::Condition(stirred, this),
                               former_.NextDue());
      continue;
    }
    std::vector<Entry> entries;
    std::vector<Work*> works;
    for (const kernels::WaitingPair& pair : batch->pairs) {
      const auto it = waiting_.find(pair.id);
      entries.push_back(it->second);
      works.push_back(it->second.work);
      waiting_.erase(it);
    }
    mutex_.Unlock();
    const uint64_t calls = EvaluateAll(std::move(works));
    mutex_.Lock();
    ++counts_.batches;
    counts_.calls += calls;
    for (const Entry& entry : entries) --entry.waiter->open;
  }
}

}  // namespace assay::math
