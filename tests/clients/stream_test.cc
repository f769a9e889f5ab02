#include "clients/cli/stream.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <thread>

#include "absl/time/clock.h"
#include "tests/clients/fake_server.h"

namespace assay::cli {
namespace {

// Streams samples of the given problems; ids are their indexes.
class StreamTest : public testing::Test {
 protected:
  absl::Status Run(const std::vector<std::string>& problems,
                   Stream::Options options = {}) {
    auto server = Server::Open(fake_.address());
    Stream stream(server->get(), options);
    size_t next = 0;
    return stream.Run(
        [&](Stream::Item* item, bool) {
          if (next == problems.size()) return Stream::Pull::kEnd;
          item->sample.Clear();
          item->sample.set_id(std::to_string(next));
          item->sample.set_problem(problems[next]);
          item->position = next++;
          return Stream::Pull::kSample;
        },
        [&](const v1::Report& report) {
          ++count_[report.id()];
          reports_[report.id()] = report;
          return push_status_;
        });
  }

  void ExpectOneEach(size_t count) {
    EXPECT_EQ(count_.size(), count);
    for (const auto& [id, times] : count_) EXPECT_EQ(times, 1) << id;
  }

  FakeServer fake_;
  std::map<std::string, int> count_;
  std::map<std::string, v1::Report> reports_;
  absl::Status push_status_;
};

TEST_F(StreamTest, GivesOneReportEach) {
  const std::vector<std::string> problems(500, "ACCEPTED");
  ASSERT_TRUE(Run(problems).ok());
  ExpectOneEach(500);
  for (const auto& [id, report] : reports_) {
    EXPECT_EQ(report.ordinal(), std::stoull(id));
    EXPECT_EQ(report.verdict(), v1::VERDICT_ACCEPTED);
  }
  EXPECT_EQ(fake_.streams_count(), 1);
  EXPECT_LE(fake_.largest_message(), 16);  // The server's window.
}

TEST_F(StreamTest, NothingIsSentForNoSamples) {
  EXPECT_TRUE(Run({}).ok());
  EXPECT_TRUE(count_.empty());
}

TEST_F(StreamTest, SendsAgainAfterABreak) {
  fake_.BreakAfter(37);
  ASSERT_TRUE(Run(std::vector<std::string>(100, "WRONG_ANSWER")).ok());
  ExpectOneEach(100);
  EXPECT_EQ(fake_.streams_count(), 2);
}

TEST_F(StreamTest, WaitsOutPushbackAndBlamesNoSample) {
  fake_.PushBack(100);
  ASSERT_TRUE(Run({"ACCEPTED", "ACCEPTED"}).ok());
  ExpectOneEach(2);
  EXPECT_EQ(fake_.streams_count(), 2);
}

TEST_F(StreamTest, APoisonousSampleCostsItselfAlone) {
  std::vector<std::string> problems(60, "ACCEPTED");
  problems[20] = "poison";
  ASSERT_TRUE(Run(problems).ok());
  ExpectOneEach(60);
  for (const auto& [id, report] : reports_) {
    if (id == "20") {
      EXPECT_EQ(report.verdict(), v1::VERDICT_NO_VERDICT);
      EXPECT_EQ(report.cause(), v1::CAUSE_HOST);
      EXPECT_FALSE(report.has_score());
    } else {
      EXPECT_EQ(report.verdict(), v1::VERDICT_ACCEPTED) << id;
    }
  }
  EXPECT_EQ(fake_.seen()["20"], Stream::kDeparturesMax);
}

TEST_F(StreamTest, CancelledSamplesAreTriedAgain) {
  ASSERT_TRUE(Run({"ACCEPTED", "cancel-once", "ACCEPTED"}).ok());
  ExpectOneEach(3);
  EXPECT_EQ(reports_["1"].verdict(), v1::VERDICT_ACCEPTED);
  EXPECT_EQ(fake_.seen()["1"], 2);
}

TEST_F(StreamTest, AReportHasItsSamplesIdWhateverTheServerSays) {
  ASSERT_TRUE(Run({"nameless", "ACCEPTED", "nameless"}).ok());
  ExpectOneEach(3);
  EXPECT_EQ(count_.count(""), 0u);
}

TEST_F(StreamTest, OurFaultIsReportedAsItIs) {
  ASSERT_TRUE(Run({"cause:HOST"}).ok());
  EXPECT_EQ(reports_["0"].cause(), v1::CAUSE_HOST);
}

TEST_F(StreamTest, ASampleTooLargeIsRefusedHere) {
  fake_.SetSampleBytesMax(200);
  ASSERT_TRUE(
      Run({std::string(400, 'x'), "ACCEPTED", std::string(500, 'y')}).ok());
  ExpectOneEach(3);
  EXPECT_EQ(reports_["0"].cause(), v1::CAUSE_INVALID_SAMPLE);
  EXPECT_THAT(reports_["0"].reason(), testing::HasSubstr("at most 200"));
  EXPECT_EQ(reports_["1"].verdict(), v1::VERDICT_ACCEPTED);
  EXPECT_EQ(fake_.seen().count("0"), 0u);
}

TEST_F(StreamTest, AFailedPushEndsIt) {
  push_status_ = absl::DataLossError("disk full");
  const absl::Status status = Run(std::vector<std::string>(2000, "ACCEPTED"));
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
}

TEST_F(StreamTest, AnInterruptEndsIt) {
  Stream::Options options;
  options.retry.interrupted = [] { return true; };
  EXPECT_EQ(Run({"ACCEPTED"}, options).code(), absl::StatusCode::kCancelled);
  EXPECT_TRUE(count_.empty());
}

TEST_F(StreamTest, GivesUpOnAServerThatIsNotThere) {
  fake_.Stop();
  Stream::Options options;
  options.retry.patience = absl::Milliseconds(300);
  EXPECT_EQ(Run({"ACCEPTED"}, options).code(), absl::StatusCode::kUnavailable);
}

TEST_F(StreamTest, WaitsForAServerThatComesBack) {
  fake_.Stop();
  std::thread starter([this] {
    absl::SleepFor(absl::Milliseconds(400));
    fake_.Start();
  });
  EXPECT_TRUE(Run({"ACCEPTED"}).ok());
  starter.join();
  ExpectOneEach(1);
}

}  // namespace
}  // namespace assay::cli
