// Samples of one identity run once, and every caller gets a report of its own.
#include <map>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/verifier/farm/fake_judge.h"
#include "tests/verifier/farm/gate.h"
#include "tests/verifier/farm/inbox.h"
#include "verifier/farm/farm.h"

namespace assay::farm {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

Sample Same(std::string id, uint64_t ordinal = 0,
            std::string identity = "one") {
  Sample sample = CodeOf(std::move(id), ordinal);
  sample.identity = std::move(identity);
  sample.source = "source of " + sample.id;
  sample.labels = {{"label", sample.id}};
  return sample;
}

class DuplicatesTest : public ::testing::Test {
 protected:
  // A judge that counts its runs, and waits at the gate.
  void Start(FarmOptions options = {}) {
    options.sweep_period = absl::ZeroDuration();
    options.rest_after_faults = 0;
    options.clock = &clock_;
    options.code_lanes = 2;
    farm_ = std::make_unique<Farm>(
        options, Fakes([this](const Sample& sample,
                              const std::atomic<bool>& cancelled, int lane) {
          const int run = ++runs_;
          gate_.Pass();
          if (waits_for_cancel_) {
            while (!cancelled) std::this_thread::yield();
          }
          return answer_ ? answer_(sample, run, lane) : Accept(sample);
        }));
  }
  uint64_t Open(absl::Time deadline = absl::InfiniteFuture()) {
    return farm_->Open(deadline, inbox_.completion());
  }
  void Admit(uint64_t call, Sample sample) {
    std::vector<Sample> samples;
    samples.push_back(std::move(sample));
    ASSERT_TRUE(farm_->Admit(call, samples).ok());
  }
  std::map<std::string, Report> Await(std::size_t count) {
    std::map<std::string, Report> reports;
    for (Report& report : inbox_.Await(count)) reports[report.id] = report;
    return reports;
  }

  FakeClock clock_;
  Gate gate_;
  Inbox inbox_;
  std::atomic<int> runs_ = 0;
  std::atomic<bool> waits_for_cancel_ = false;
  std::function<Report(const Sample&, int run, int lane)> answer_;
  std::unique_ptr<Farm> farm_;
};

TEST_F(DuplicatesTest, OfABatchRunOnceAndEachHasItsOwnReport) {
  Start();
  gate_.Open();
  const uint64_t call = Open();
  std::vector<Sample> samples;
  for (int i = 0; i < 20; ++i) {
    samples.push_back(Same("s" + std::to_string(i), i));
  }
  samples.push_back(Same("other", 20, "another"));
  ASSERT_TRUE(farm_->Admit(call, samples).ok());
  const auto reports = Await(21);
  EXPECT_EQ(runs_, 2);
  EXPECT_EQ(reports.size(), 21u);
  int cached = 0;
  for (const auto& [id, report] : reports) {
    EXPECT_EQ(report.verdict, Verdict::kAccepted);
    EXPECT_EQ(report.source, "source of " + id);
    EXPECT_EQ(report.labels[0].second, id);
    cached += report.cached ? 1 : 0;
    if (id != "other") {
      EXPECT_EQ("s" + std::to_string(report.ordinal), id);
    }
  }
  EXPECT_EQ(cached, 19);
  EXPECT_EQ(farm_->reused(), 19);
  EXPECT_TRUE(farm_->Drain(absl::Seconds(10)));
  EXPECT_EQ(farm_->queue().samples(), 0);
}

TEST_F(DuplicatesTest, AcrossCallsTheSecondWaitsWithoutALane) {
  Start();
  const uint64_t first = Open();
  const uint64_t second = Open();
  Admit(first, Same("a"));
  gate_.AwaitArrivals(1);
  Admit(second, Same("b"));
  Admit(second, Same("c", 1, "another"));
  gate_.AwaitArrivals(2);  // The other lane is free for c.
  EXPECT_EQ(farm_->unanswered(), 3);
  gate_.Open();
  const auto reports = Await(3);
  EXPECT_EQ(runs_, 2);
  EXPECT_FALSE(reports.at("a").cached);
  EXPECT_TRUE(reports.at("b").cached);
}

TEST_F(DuplicatesTest, ALaterOneGetsTheKeptReport) {
  Start();
  gate_.Open();
  const uint64_t call = Open();
  Admit(call, Same("a"));
  Await(1);
  Admit(call, Same("b"));
  const auto reports = Await(2);
  EXPECT_EQ(runs_, 1);
  EXPECT_TRUE(reports.at("b").cached);
  EXPECT_EQ(reports.at("b").labels[0].second, "b");
  EXPECT_TRUE(farm_->Drain(absl::Seconds(10)));
  EXPECT_EQ(farm_->unanswered(), 0);
}

TEST_F(DuplicatesTest, WithoutIdentityOrWhenTurnedOffEachRuns) {
  FarmOptions options;
  options.reuse_bytes = 0;
  Start(options);
  gate_.Open();
  const uint64_t call = Open();
  Admit(call, Same("a"));
  Admit(call, Same("b"));
  for (const auto& [id, report] : Await(2)) EXPECT_FALSE(report.cached);
  EXPECT_EQ(runs_, 2);
  farm_.reset();
  Start();
  const uint64_t other = Open();
  Admit(other, Same("c", 0, ""));
  Admit(other, Same("d", 1, ""));
  Await(4);
  EXPECT_EQ(runs_, 4);
}

TEST_F(DuplicatesTest, WhenTheFirstIsCancelledWhileItWaitsTheSecondRuns) {
  Start();
  const uint64_t busy = Open();
  Admit(busy, Same("x", 0, "x"));
  Admit(busy, Same("y", 1, "y"));
  gate_.AwaitArrivals(2);
  const uint64_t first = Open();
  const uint64_t second = Open();
  Admit(first, Same("a"));
  Admit(second, Same("b"));
  farm_->Cancel(first, "gone");
  EXPECT_EQ(inbox_.Await(1)[0].id, "a");
  EXPECT_EQ(inbox_.Await(1)[0].cause, Cause::kCancelled);
  farm_->Close(first);
  gate_.Open();
  const auto reports = Await(4);
  EXPECT_EQ(reports.at("b").verdict, Verdict::kAccepted);
  EXPECT_FALSE(reports.at("b").cached);
  EXPECT_EQ(runs_, 3);
}

TEST_F(DuplicatesTest, WhenTheFirstIsCancelledWhileItRunsTheSecondGetsIt) {
  Start();
  const uint64_t first = Open();
  const uint64_t second = Open();
  Admit(first, Same("a"));
  gate_.AwaitArrivals(1);
  Admit(second, Same("b"));
  Admit(first, Same("c", 1));
  farm_->Cancel(first, "gone");
  EXPECT_EQ(inbox_.Await(2).size(), 2u);  // At once: the run goes on for b.
  gate_.Open();
  const auto reports = Await(3);
  EXPECT_EQ(reports.at("a").cause, Cause::kCancelled);
  EXPECT_EQ(reports.at("c").cause, Cause::kCancelled);
  EXPECT_EQ(reports.at("b").verdict, Verdict::kAccepted);
  EXPECT_EQ(runs_, 1);
}

TEST_F(DuplicatesTest, WhenAllAreCancelledTheRunIsStoppedAndNobodyJoins) {
  Start();
  waits_for_cancel_ = true;
  answer_ = [](const Sample& sample, int run, int) {
    return run == 1 ? HostFault(sample) : Accept(sample);
  };
  gate_.Open();
  const uint64_t first = Open();
  const uint64_t second = Open();
  Admit(first, Same("a"));
  gate_.AwaitArrivals(1);
  Admit(second, Same("b"));
  farm_->Cancel(second, "gone");
  EXPECT_EQ(inbox_.Now().size(), 1u);
  waits_for_cancel_ = false;
  farm_->Cancel(first, "gone");
  const uint64_t third = Open();
  Admit(third, Same("c"));  // Must not join the run that is being stopped.
  const auto reports = Await(3);
  EXPECT_EQ(reports.at("a").cause, Cause::kCancelled);
  EXPECT_EQ(reports.at("c").verdict, Verdict::kAccepted);
}

TEST_F(DuplicatesTest, OurFaultsAreNotSharedAndNotKept) {
  Start();
  answer_ = [](const Sample& sample, int run, int) {
    return run <= 2 ? HostFault(sample) : Accept(sample);
  };
  const uint64_t call = Open();
  Admit(call, Same("a"));
  gate_.AwaitArrivals(1);
  Admit(call, Same("b", 1));
  Admit(call, Same("c", 2));
  gate_.Open();
  const auto reports = Await(3);
  EXPECT_EQ(reports.at("a").cause, Cause::kHost);
  EXPECT_EQ(reports.at("b").verdict, Verdict::kAccepted);
  EXPECT_FALSE(reports.at("b").cached);
  EXPECT_TRUE(reports.at("c").cached);
  EXPECT_EQ(runs_, 3);
}

TEST_F(DuplicatesTest, PoisonIsSharedInFlightCountedAndNotKept) {
  Start();
  answer_ = [](const Sample& sample, int, int) {
    Report report = HostFault(sample);
    report.broke_lane = true;
    return report;
  };
  const uint64_t call = Open();
  Admit(call, Same("a"));
  gate_.AwaitArrivals(1);
  Admit(call, Same("b", 1));
  gate_.Open();
  for (const auto& [id, report] : Await(2)) {
    EXPECT_EQ(report.cause, Cause::kPoison) << id;
    EXPECT_THAT(report.reason, HasSubstr("broke two workers"));
  }
  EXPECT_EQ(runs_, 2);
  EXPECT_EQ(farm_->queue().buried(), 1);
  EXPECT_EQ(farm_->poisoned().at("source of a"), 1);
  Admit(call, Same("c", 2));
  Await(3);
  EXPECT_EQ(runs_, 4);
}

TEST_F(DuplicatesTest, DeadlinesAreEachLinesOwn) {
  Start();
  const uint64_t patient = Open();
  const uint64_t hasty = Open(clock_.Now() + absl::Seconds(5));
  Admit(patient, Same("a"));
  gate_.AwaitArrivals(1);
  Admit(hasty, Same("b"));
  clock_.Advance(absl::Seconds(5));
  farm_->Sweep();
  EXPECT_EQ(inbox_.Await(1)[0].id, "b");
  gate_.Open();
  EXPECT_EQ(Await(2).at("a").verdict, Verdict::kAccepted);
}

TEST_F(DuplicatesTest, TheFirstsDeadlineLeavesTheRunToTheSecond) {
  Start();
  const uint64_t busy = Open();
  Admit(busy, Same("x", 0, "x"));
  Admit(busy, Same("y", 1, "y"));
  gate_.AwaitArrivals(2);
  const uint64_t hasty = Open(clock_.Now() + absl::Seconds(5));
  const uint64_t patient = Open();
  Admit(hasty, Same("a"));
  Admit(patient, Same("b"));
  clock_.Advance(absl::Seconds(5));
  farm_->Sweep();
  EXPECT_EQ(inbox_.Await(1)[0].id, "a");
  gate_.Open();
  EXPECT_EQ(Await(4).at("b").verdict, Verdict::kAccepted);
}

TEST_F(DuplicatesTest, DuplicatesHoldRoomToo) {
  FarmOptions options;
  options.bounds.samples_max = 3;
  Start(options);
  const uint64_t call = Open();
  Admit(call, Same("a"));
  gate_.AwaitArrivals(1);
  Admit(call, Same("b", 1));
  Admit(call, Same("c", 2));
  std::vector<Sample> more;
  more.push_back(Same("d", 3));
  EXPECT_EQ(farm_->Admit(call, more).code(),
            absl::StatusCode::kResourceExhausted);
  gate_.Open();
  Await(3);
}

TEST(MayKeep, OnlyWhatWouldComeOutAgain) {
  Report report;
  report.Decide(Verdict::kAccepted, "");
  CodeEvidence code;
  code.limits.time = absl::Seconds(10);
  code.tests.resize(1);
  TestReport& test = code.tests[0];
  test.verdict = Verdict::kAccepted;
  test.usage = RunUsage{absl::Seconds(1), absl::Seconds(1), 0};
  const auto may = [&] {
    report.evidence = code;
    return MayKeep(report);
  };
  EXPECT_TRUE(may());
  test.usage->cpu = absl::Seconds(8);
  EXPECT_FALSE(may());
  test.usage = RunUsage{absl::Seconds(1), absl::Seconds(26), 0};
  EXPECT_FALSE(may());
  report.Decide(Verdict::kTimeLimit, "");
  test.verdict = Verdict::kTimeLimit;
  EXPECT_FALSE(may());  // Of the wall.
  test.usage->cpu = absl::Seconds(12.5);
  EXPECT_TRUE(may());
  report.Decide(Verdict::kRuntimeError, "test 1 of 1: ended by SIGKILL");
  EXPECT_FALSE(may());
  report.Decide(Verdict::kCompileError, "does not compile");
  code.tests.clear();
  EXPECT_TRUE(may());
  code.compile = RunUsage{absl::Seconds(14), absl::Seconds(14), 0};
  EXPECT_FALSE(may());
  for (const Cause cause :
       {Cause::kHost, Cause::kBroker, Cause::kCancelled, Cause::kPoison,
        Cause::kChecker, Cause::kInvalidTests}) {
    report = Report();
    report.Refuse(cause, "");
    EXPECT_FALSE(MayKeep(report));
  }
}

TEST(KeptReports, AreBoundedAndForgetTheirOwner) {
  Report report;
  report.id = "whose";
  report.Decide(Verdict::kAccepted, std::string(1000, 'x'));
  KeptReports kept(3 * SizeOf(report));
  for (int i = 0; i < 100; ++i) {
    kept.Put(std::to_string(i), report);
    EXPECT_LE(kept.bytes(), 3 * SizeOf(report));
  }
  EXPECT_FALSE(kept.Has("0"));
  ASSERT_TRUE(kept.Has("99"));
  EXPECT_EQ(kept.Get("99")->id, "");
  EXPECT_EQ(kept.Get("99")->verdict, Verdict::kAccepted);
}

}  // namespace
}  // namespace assay::farm
