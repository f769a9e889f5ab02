// Tests that many samples share travel once.
#include "clients/cli/test_sets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "clients/cli/stream.h"
#include "tests/clients/fake_server.h"

namespace assay::cli {
namespace {

v1::Sample SampleOf(int number, int problem, size_t input_bytes = 4000) {
  v1::Sample sample;
  sample.set_id(std::to_string(number));
  sample.mutable_code()->set_language("python");
  sample.mutable_code()->set_solution("print(" + std::to_string(number) + ")");
  v1::StdioTest& test = *sample.mutable_code()->mutable_stdio()->add_tests();
  test.set_input(std::string(input_bytes, static_cast<char>('a' + problem)));
  test.set_expected_output("1");
  return sample;
}

class TestSetsTest : public testing::Test {
 protected:
  void Restart(bool keeps) {
    fake_.Stop();
    if (keeps) fake_.KeepTestSets();
    fake_.Start();
  }

  // Sends samples whose tests are those of the problems given.
  absl::Status Run(const std::vector<int>& problems, size_t bytes = 4000) {
    auto server = Server::Open(fake_.address());
    Stream stream(server->get(), {});
    size_t next = 0;
    const absl::Status status = stream.Run(
        [&](Stream::Item* item, bool) {
          if (next == problems.size()) return Stream::Pull::kEnd;
          item->sample =
              SampleOf(static_cast<int>(next), problems[next], bytes);
          item->position = next++;
          return Stream::Pull::kSample;
        },
        [&](const v1::Report& report) {
          ++count_[report.id()];
          verdicts_[report.id()] = report.verdict();
          return absl::OkStatus();
        });
    saved_bytes_ = stream.test_sets().saved_bytes();
    return status;
  }

  void ExpectAllAccepted(size_t count) {
    EXPECT_EQ(count_.size(), count);
    for (const auto& [id, times] : count_) EXPECT_EQ(times, 1) << id;
    for (const auto& [id, verdict] : verdicts_) {
      EXPECT_EQ(verdict, v1::VERDICT_ACCEPTED) << id;
    }
  }

  FakeServer fake_;
  std::map<std::string, int> count_;
  std::map<std::string, v1::Verdict> verdicts_;
  uint64_t saved_bytes_ = 0;
};

TEST_F(TestSetsTest, TheSecondCandidateHasThemPutAndTheOthersNameThem) {
  Restart(/*keeps=*/true);
  std::vector<int> problems;
  for (int i = 0; i < 60; ++i) problems.push_back(i % 3);
  problems.push_back(7);  // Alone: nothing to share.
  ASSERT_TRUE(Run(problems).ok());
  ExpectAllAccepted(61);
  EXPECT_EQ(fake_.test_sets().puts(), 3);
  EXPECT_EQ(fake_.inline_count(), 4);
  EXPECT_EQ(fake_.named_count(), 57);
  EXPECT_GT(saved_bytes_, 57u * 4000);
}

TEST_F(TestSetsTest, SmallTestsTravelInside) {
  Restart(/*keeps=*/true);
  ASSERT_TRUE(Run(std::vector<int>(20, 1), /*bytes=*/100).ok());
  ExpectAllAccepted(20);
  EXPECT_EQ(fake_.test_sets().puts(), 0);
  EXPECT_EQ(fake_.inline_count(), 20);
}

TEST_F(TestSetsTest, AServerWithoutThemGetsAllInside) {
  Restart(/*keeps=*/false);
  ASSERT_TRUE(Run(std::vector<int>(20, 1)).ok());
  ExpectAllAccepted(20);
  EXPECT_EQ(fake_.inline_count(), 20);
}

TEST_F(TestSetsTest, AFullServerGetsAllInside) {
  Restart(/*keeps=*/true);
  fake_.test_sets().BeFull();
  ASSERT_TRUE(Run(std::vector<int>(20, 1)).ok());
  ExpectAllAccepted(20);
  EXPECT_EQ(fake_.inline_count(), 20);
}

TEST_F(TestSetsTest, OneThatTheServerLostIsSentAgain) {
  Restart(/*keeps=*/true);
  fake_.test_sets().ForgetAfter(10);
  ASSERT_TRUE(Run(std::vector<int>(50, 1)).ok());
  ExpectAllAccepted(50);
  EXPECT_GE(fake_.named_count(), 10);
}

TEST_F(TestSetsTest, TestsTooLargeForASampleTravelByThemselves) {
  Restart(/*keeps=*/true);
  ASSERT_TRUE(Run({1, 2}, /*bytes=*/2 << 20).ok());  // A sample: 1 MiB.
  ExpectAllAccepted(2);
  EXPECT_EQ(fake_.test_sets().puts(), 2);
  EXPECT_EQ(fake_.inline_count(), 0);
}

}  // namespace
}  // namespace assay::cli
