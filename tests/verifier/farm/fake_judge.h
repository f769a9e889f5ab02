// A judge whose answers a test scripts, and a clock that a test moves.
#ifndef TESTS_VERIFIER_FARM_FAKE_JUDGE_H_
#define TESTS_VERIFIER_FARM_FAKE_JUDGE_H_

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "absl/time/time.h"
#include "verifier/farm/clock.h"
#include "verifier/farm/farm.h"
#include "verifier/judge.h"

namespace assay::farm {

class FakeClock final : public Clock {
 public:
  absl::Time Now() const override { return absl::FromUnixMicros(micros_); }
  void Advance(absl::Duration step) {
    micros_ += absl::ToInt64Microseconds(step);
  }

 private:
  std::atomic<int64_t> micros_{1'000'000'000};
};

using Script =
    std::function<Report(const Sample&, const std::atomic<bool>&, int lane)>;

class FakeJudge final : public Judge {
 public:
  FakeJudge(Script script, int lane)
      : script_(std::move(script)), lane_(lane) {}
  Report Verify(const Sample& sample,
                const std::atomic<bool>& cancelled) override {
    return script_(sample, cancelled, lane_);
  }

 private:
  const Script script_;
  const int lane_;
};

inline JudgeFactory Fakes(Script script) {
  return [script = std::move(script)](Kind, int lane) {
    return std::make_unique<FakeJudge>(script, lane);
  };
}

inline Report Accept(const Sample& sample) {
  Report report = Report::For(sample);
  report.Decide(Verdict::kAccepted, "fake");
  return report;
}

inline Report HostFault(const Sample& sample) {
  Report report = Report::For(sample);
  report.Refuse(Cause::kHost, "fake fault");
  return report;
}

inline Sample MathOf(std::string id, uint64_t ordinal = 0) {
  Sample sample;
  sample.id = std::move(id);
  sample.ordinal = ordinal;
  MathSample math;
  math.candidate = "1";
  math.golds = {"1"};
  sample.task = std::move(math);
  return sample;
}

inline Sample CodeOf(std::string id, uint64_t ordinal = 0) {
  Sample sample;
  sample.id = std::move(id);
  sample.ordinal = ordinal;
  CodeSample code;
  code.language = "python";
  code.program = "print(1)";
  code.tests = StdioTests{{StdioTest{"", "1", {}}}};
  sample.task = std::move(code);
  return sample;
}

}  // namespace assay::farm

#endif  // TESTS_VERIFIER_FARM_FAKE_JUDGE_H_
