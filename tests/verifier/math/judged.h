// Judges one pair of texts, for tests.
//
//   Judged j = Judge("\\frac{1}{2}", "0.5");
//   j.report.verdict;   // kAccepted
//
// One world with a fixed secret serves all tests of a program.
#ifndef TESTS_VERIFIER_MATH_JUDGED_H_
#define TESTS_VERIFIER_MATH_JUDGED_H_

#include <atomic>
#include <string>
#include <utility>
#include <variant>

#include "verifier/math/math_judge.h"
#include "verifier/report.h"

namespace assay::math {

struct Judged {
  Report report;
  const MathEvidence& evidence() const {
    static const MathEvidence& none = *new MathEvidence();
    const MathEvidence* e = std::get_if<MathEvidence>(&report.evidence);
    return e == nullptr ? none : *e;
  }
};

inline std::shared_ptr<const MathWorld> TestWorld() {
  static const std::shared_ptr<const MathWorld>& world =
      *new std::shared_ptr<const MathWorld>(
          MakeMathWorld(MathOptions{"a secret for tests alone"}).value());
  return world;
}

inline Judged JudgeTask(MathSample task, bool explain = false) {
  static assay::Judge& judge = *MakeMathJudge(TestWorld()).release();
  Sample sample;
  sample.id = "s";
  sample.explain = explain;
  sample.task = std::move(task);
  return {judge.Verify(sample, std::atomic<bool>{false})};
}

inline Judged JudgePair(std::string gold, std::string answer,
                        const MathPolicy& policy = {}) {
  MathSample task;
  task.golds.push_back(std::move(gold));
  task.candidate = std::move(answer);
  task.policy = policy;
  return JudgeTask(std::move(task));
}

}  // namespace assay::math

#endif  // TESTS_VERIFIER_MATH_JUDGED_H_
