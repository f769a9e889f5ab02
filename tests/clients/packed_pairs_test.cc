#include "clients/cli/packed_pairs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <thread>

#include "absl/time/clock.h"
#include "tests/clients/fake_server.h"

namespace assay::cli {
namespace {

// Sends pairs whose answers say what is answered; ids are their indexes.
class PackedPairsTest : public testing::Test {
 protected:
  absl::Status Run(const std::vector<std::string>& answers,
                   RetryOptions options = {}) {
    auto server = Server::Open(fake_.address());
    PackedPairs packed(server->get(), options,
                       [this](const PairLine& pair, uint64_t position,
                              const PairVerdict& found) {
                         const std::lock_guard<std::mutex> lock(mutex_);
                         EXPECT_EQ(pair.id, std::to_string(position));
                         ++count_[position];
                         found_[position] = found;
                         return push_status_;
                       });
    for (size_t i = 0; i < answers.size(); ++i) {
      PairLine pair;
      pair.id = std::to_string(i);
      pair.gold = i % 2 == 0 ? "even" : "odd";
      pair.answer = answers[i];
      pair.is_response = i % 5 == 0;
      pair.choice = i % 7 == 0;
      absl::Status added = packed.Add(std::move(pair), i);
      if (!added.ok()) return added;
    }
    return packed.Finish();
  }

  void ExpectOneEach(size_t count) {
    EXPECT_EQ(count_.size(), count);
    for (const auto& [position, times] : count_) {
      EXPECT_EQ(times, 1) << position;
    }
  }

  FakeServer fake_;
  std::mutex mutex_;
  std::map<uint64_t, int> count_;
  std::map<uint64_t, PairVerdict> found_;
  absl::Status push_status_;
};

TEST_F(PackedPairsTest, GivesOneFindingEach) {
  std::vector<std::string> answers;
  for (int i = 0; i < 1000; ++i) {
    answers.push_back(i % 3 == 0   ? "ACCEPTED"
                      : i % 3 == 1 ? "WRONG_ANSWER"
                                   : "cause:INVALID_GOLD");
  }
  ASSERT_TRUE(Run(answers).ok());
  ExpectOneEach(1000);
  for (const auto& [position, found] : found_) {
    const v1::Verdict expected[] = {
        v1::VERDICT_ACCEPTED, v1::VERDICT_WRONG_ANSWER, v1::VERDICT_NO_VERDICT};
    EXPECT_EQ(found.verdict, expected[position % 3]);
    EXPECT_EQ(found.cause == v1::CAUSE_INVALID_GOLD, position % 3 == 2);
    EXPECT_EQ(found.reason.empty(), position % 3 != 2);
    EXPECT_EQ(found.proof, v1::MathEvidence::PROOF_RESIDUE);
    EXPECT_EQ(found.rung, v1::RUNG_RESIDUE);
    EXPECT_EQ(found.error_bound_bits, 100);
    EXPECT_EQ(found.verifier_version, "fake");
  }
  // One call of each kind, a gold once in each.
  const auto calls = fake_.pairs_calls();
  EXPECT_EQ(calls.size(), 4u);
  for (const v1::VerifyPairsRequest& call : calls) {
    EXPECT_EQ(call.gold_sizes_bytes_size(), 2);
    EXPECT_EQ(call.golds().size(), 7u);
  }
}

TEST_F(PackedPairsTest, KeepsTheServersBound) {
  fake_.SetBatchPairsMax(100);
  ASSERT_TRUE(Run(std::vector<std::string>(20'000, "ACCEPTED")).ok());
  ExpectOneEach(20'000);
  for (const v1::VerifyPairsRequest& call : fake_.pairs_calls()) {
    EXPECT_LE(call.answer_sizes_bytes_size(), 100);
  }
}

TEST_F(PackedPairsTest, SendsAgainWhatBrokeAndWhatWasGivenBack) {
  fake_.BreakAfter(37);
  std::vector<std::string> answers(100, "WRONG_ANSWER");
  answers[50] = "cancel-once";
  ASSERT_TRUE(Run(answers).ok());
  ExpectOneEach(100);
  EXPECT_EQ(found_[50].verdict, v1::VERDICT_ACCEPTED);
}

TEST_F(PackedPairsTest, APoisonedPairCostsItselfAlone) {
  std::vector<std::string> answers(300, "ACCEPTED");
  answers[123] = "poison";
  ASSERT_TRUE(Run(answers).ok());
  ExpectOneEach(300);
  for (const auto& [position, found] : found_) {
    EXPECT_EQ(found.cause,
              position == 123 ? v1::CAUSE_HOST : v1::CAUSE_UNSPECIFIED)
        << position;
  }
  EXPECT_EQ(fake_.seen()["poison"], PackedPairs::kDeparturesMax);
}

// A full queue is an answer, however often it comes.
TEST_F(PackedPairsTest, WaitsOutPushback) {
  fake_.PushBack(120, 4);
  RetryOptions options;
  options.patience = absl::Milliseconds(100);
  ASSERT_TRUE(Run({"ACCEPTED", "ACCEPTED"}, options).ok());
  ExpectOneEach(2);
}

// Nothing was sent while nobody was there: no batch is cut, no pair blamed.
TEST_F(PackedPairsTest, WaitsForAServerThatComesBack) {
  fake_.Stop();
  std::thread comes_back([this] {
    absl::SleepFor(absl::Milliseconds(2500));
    fake_.Start();
  });
  const absl::Status status = Run(std::vector<std::string>(600, "ACCEPTED"));
  comes_back.join();
  ASSERT_TRUE(status.ok()) << status;
  ExpectOneEach(600);
  EXPECT_LE(fake_.pairs_calls().size(), 4u);
}

TEST_F(PackedPairsTest, HalvesABatchThatIsNotTaken) {
  fake_.SetQueuePairsMax(30);
  ASSERT_TRUE(Run(std::vector<std::string>(400, "ACCEPTED")).ok());
  ExpectOneEach(400);
  fake_.SetQueuePairsMax(0);
  EXPECT_EQ(Run({"ACCEPTED"}).code(), absl::StatusCode::kInvalidArgument);
}

TEST_F(PackedPairsTest, WordsOfAnotherVersionAreNotGuessed) {
  fake_.SpeakOtherWords();
  ASSERT_TRUE(Run({"ACCEPTED"}).ok());
  EXPECT_EQ(found_[0].verdict, v1::VERDICT_NO_VERDICT);
  EXPECT_EQ(found_[0].cause, v1::CAUSE_HOST);
  PairVerdict found = found_[0];
  found.rung = v1::RUNG_UNSPECIFIED;
  EXPECT_FALSE(PairReportLine(PairLine(), 0, found).empty());
}

TEST_F(PackedPairsTest, AnInterruptEndsACallThatHangs) {
  fake_.HoldPairs();
  std::atomic<bool> interrupted{false};
  RetryOptions options;
  options.interrupted = [&] { return interrupted.load(); };
  std::thread interrupts([&] {
    absl::SleepFor(absl::Milliseconds(300));
    interrupted = true;
  });
  EXPECT_EQ(Run({"ACCEPTED"}, options).code(), absl::StatusCode::kCancelled);
  interrupts.join();
  EXPECT_TRUE(count_.empty());
}

TEST_F(PackedPairsTest, IsGivenUpWhileACallHangs) {
  fake_.HoldPairs();
  auto server = Server::Open(fake_.address());
  PackedPairs packed(server->get(), {},
                     [](const PairLine&, uint64_t, const PairVerdict&) {
                       return absl::OkStatus();
                     });
  PairLine pair;
  pair.id = pair.gold = pair.answer = "1";
  ASSERT_TRUE(packed.Add(pair, 0).ok());
  ASSERT_TRUE(packed.Flush().ok());
  while (fake_.holding() == 0) usleep(1000);
}

TEST_F(PackedPairsTest, SaysWhatStoppedIt) {
  fake_.SetBatchPairsMax(0);
  EXPECT_EQ(Run({"ACCEPTED"}).code(), absl::StatusCode::kFailedPrecondition);
  fake_.SetBatchPairsMax(10);
  push_status_ = absl::DataLossError("disk full");
  EXPECT_EQ(Run(std::vector<std::string>(100'000, "ACCEPTED")).code(),
            absl::StatusCode::kDataLoss);
  push_status_ = absl::OkStatus();
  RetryOptions options;
  options.interrupted = [] { return true; };
  EXPECT_EQ(Run({"ACCEPTED"}, options).code(), absl::StatusCode::kCancelled);
  fake_.Stop();
  options = {};
  options.patience = absl::Milliseconds(300);
  EXPECT_EQ(Run({"ACCEPTED"}, options).code(), absl::StatusCode::kUnavailable);
}

TEST_F(PackedPairsTest, NothingIsSentForNoPairs) {
  EXPECT_TRUE(Run({}).ok());
  EXPECT_TRUE(fake_.pairs_calls().empty());
}

}  // namespace
}  // namespace assay::cli
