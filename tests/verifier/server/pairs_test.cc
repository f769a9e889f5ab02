// Packed pairs, from the wire to the judge's plain values and back; then the
// call, over a real socket with a fake judge.
#include <string>
#include <vector>

#include "tests/verifier/server/service_fixture.h"
#include "verifier/server/decode_pairs.h"
#include "verifier/server/pairs_call.h"

namespace assay::server {
namespace {

using ::testing::HasSubstr;

v1::VerifyPairsRequest Packed(const std::vector<std::string>& golds,
                              const std::vector<std::string>& answers,
                              const std::vector<uint32_t>& indices = {}) {
  v1::VerifyPairsRequest request;
  for (const std::string& gold : golds) {
    request.mutable_golds()->append(gold);
    request.add_gold_sizes_bytes(static_cast<uint32_t>(gold.size()));
  }
  for (const std::string& answer : answers) {
    request.mutable_answers()->append(answer);
    request.add_answer_sizes_bytes(static_cast<uint32_t>(answer.size()));
  }
  for (const uint32_t index : indices) request.add_gold_indices(index);
  return request;
}

TEST(DecodePairs, TextsStandWhereTheSizesSay) {
  v1::VerifyPairsRequest wire = Packed({"1/2", "", "7"}, {"0.5", "x", ""});
  wire.set_responses(true);
  wire.set_choice(true);
  wire.mutable_policy()->set_strict(true);
  const auto batch = DecodePairs(wire.SerializeAsString(), Bounds());
  ASSERT_TRUE(batch.ok()) << batch.status();
  ASSERT_EQ(batch->pairs.size(), 3u);
  EXPECT_EQ(batch->pairs[0].gold, "1/2");
  EXPECT_EQ(batch->pairs[0].answer, "0.5");
  EXPECT_EQ(batch->pairs[1].gold, "");
  EXPECT_EQ(batch->pairs[1].answer, "x");
  EXPECT_EQ(batch->pairs[2].gold, "7");
  EXPECT_EQ(batch->pairs[2].answer, "");
  EXPECT_TRUE(batch->is_responses);
  EXPECT_TRUE(batch->choice);
  EXPECT_TRUE(batch->policy.strict);
  for (const MathPairs::Pair& pair : batch->pairs) EXPECT_FALSE(pair.malformed);
}

TEST(DecodePairs, CandidatesShareAGold) {
  const auto batch = DecodePairs(
      Packed({"a", "b"}, {"x", "y", "z"}, {1, 0, 1}).SerializeAsString(),
      Bounds());
  ASSERT_TRUE(batch.ok()) << batch.status();
  EXPECT_EQ(batch->pairs[0].gold, "b");
  EXPECT_EQ(batch->pairs[1].gold, "a");
  EXPECT_EQ(batch->pairs[2].gold.data(), batch->pairs[0].gold.data());
}

TEST(DecodePairs, AnInvalidTextCostsItsOwnPairsAlone) {
  Bounds bounds;
  bounds.sample_bytes_max = 8;
  const auto batch = DecodePairs(
      Packed({"1", "\xff"}, {"1", "2", "\xc3", "123456789"}, {0, 1, 0, 0})
          .SerializeAsString(),
      bounds);
  ASSERT_TRUE(batch.ok()) << batch.status();
  EXPECT_FALSE(batch->pairs[0].malformed);
  EXPECT_TRUE(batch->pairs[1].malformed);
  EXPECT_TRUE(batch->pairs[2].malformed);
  EXPECT_TRUE(batch->pairs[3].malformed);
}

TEST(DecodePairs, TheErrorNamesTheField) {
  struct Case {
    const char* field;
    v1::VerifyPairsRequest wire;
  };
  Bounds bounds;
  bounds.batch_pairs_max = 3;
  std::vector<Case> cases = {
      {"answer_sizes_bytes", {}},
      {"answer_sizes_bytes", Packed({"1"}, {"1", "2", "3", "4"}, {0, 0, 0, 0})},
      {"gold_sizes_bytes", Packed({}, {"1"})},
      {"gold_sizes_bytes", Packed({"1", "2"}, {"1"}, {0})},
      {"gold_indices", Packed({"1"}, {"1", "2"})},
      {"gold_indices", Packed({"1"}, {"1", "2"}, {0})},
      {"gold_indices", Packed({"1"}, {"1", "2"}, {0, 1})},
      {"gold_sizes_bytes", Packed({"1"}, {"1"})},
      {"answer_sizes_bytes", Packed({"1"}, {"1"})},
      {"answer_sizes_bytes", Packed({"1"}, {"1"})},
      {"policy.domain", Packed({"1"}, {"1"})},
  };
  cases[7].wire.set_gold_sizes_bytes(0, 2);
  cases[8].wire.set_answer_sizes_bytes(0, 0);
  cases[9].wire.set_answer_sizes_bytes(0, 4'294'967'295u);
  cases[10].wire.mutable_policy()->set_domain(
      static_cast<v1::MathPolicy::Domain>(9));
  for (const Case& c : cases) {
    const auto batch = DecodePairs(c.wire.SerializeAsString(), bounds);
    EXPECT_EQ(batch.status().code(), absl::StatusCode::kInvalidArgument)
        << c.wire.ShortDebugString();
    EXPECT_EQ(batch.status().message().substr(0, std::string(c.field).size()),
              c.field)
        << batch.status();
  }
  EXPECT_FALSE(DecodePairs("\x0a\xff", bounds).ok());
}

// Answers with the digit that the answer is, as a verdict's number.
Report Digits(const Sample& sample, const std::atomic<bool>&, int) {
  Report report = Report::For(sample);
  PairsEvidence evidence;
  for (const auto& pair : std::get<MathPairs>(sample.task).pairs) {
    PairFinding& finding = evidence.findings.emplace_back();
    finding.verdict = static_cast<Verdict>(pair.answer[0] - '0');
    finding.rung = Rung::kResidue;
    finding.proof = MathEvidence::Proof::kResidue;
    finding.error_bound_bits = 130;
  }
  report.Decide(Verdict::kAccepted, "");
  report.evidence = std::move(evidence);
  return report;
}

using PairsTest = ServiceTest;

TEST_F(PairsTest, AByteAPairInTheirOrderOverManySamples) {
  Serve(Digits);
  std::vector<std::string> answers;
  std::string expected;
  for (std::size_t i = 0; i < 3 * kPairsOfSample + 5; ++i) {
    answers.push_back(std::to_string(1 + i % 7));
    expected += static_cast<char>(1 + i % 7);
  }
  const v1::VerifyPairsRequest request =
      Packed({"g"}, answers, std::vector<uint32_t>(answers.size(), 0));
  grpc::ClientContext context;
  v1::VerifyPairsResponse response;
  const grpc::Status status = stub_->VerifyPairs(&context, request, &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(response.verdicts(), expected);
  EXPECT_EQ(response.causes(), std::string(expected.size(), '\0'));
  EXPECT_EQ(response.proofs(),
            std::string(expected.size(),
                        static_cast<char>(v1::MathEvidence::PROOF_RESIDUE)));
  EXPECT_EQ(response.rungs(),
            std::string(expected.size(), static_cast<char>(v1::RUNG_RESIDUE)));
  EXPECT_EQ(response.error_bounds_bits(), std::string(expected.size(), '\x82'));
  EXPECT_EQ(response.verifier_version(), kVerifierVersion);
}

TEST_F(PairsTest, OurFaultIsEachPairsNoVerdict) {
  Serve([](const Sample& sample, const std::atomic<bool>&, int) {
    return farm::HostFault(sample);
  });
  grpc::ClientContext context;
  v1::VerifyPairsResponse response;
  ASSERT_TRUE(
      stub_->VerifyPairs(&context, Packed({"1", "2"}, {"1", "2"}), &response)
          .ok());
  EXPECT_EQ(response.verdicts(),
            std::string(2, static_cast<char>(v1::VERDICT_NO_VERDICT)));
  EXPECT_EQ(response.causes(),
            std::string(2, static_cast<char>(v1::CAUSE_HOST)));
}

TEST_F(PairsTest, ABadCallIsTheCallersFault) {
  Serve(Digits);
  grpc::ClientContext context;
  v1::VerifyPairsResponse response;
  const grpc::Status status =
      stub_->VerifyPairs(&context, Packed({"1"}, {"1", "2"}), &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(status.error_message(), HasSubstr("gold_indices"));
}

TEST_F(PairsTest, AFullQueueSaysWhenToComeAgain) {
  abilities_.bounds.queue_samples_max = 2;
  Serve([this](const Sample& sample, const std::atomic<bool>& cancelled,
               int lane) {
    gate_.Pass(cancelled);
    return Digits(sample, cancelled, lane);
  });
  const auto held = [this] {
    grpc::ClientContext context;
    v1::VerifyPairsResponse response;
    return stub_->VerifyPairs(&context, Packed({"1"}, {"1"}), &response);
  };
  std::thread one([&] { EXPECT_TRUE(held().ok()); });
  std::thread two([&] { EXPECT_TRUE(held().ok()); });
  gate_.AwaitArrivals(2);
  grpc::ClientContext context;
  v1::VerifyPairsResponse response;
  const grpc::Status status =
      stub_->VerifyPairs(&context, Packed({"1"}, {"1"}), &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(context.GetServerTrailingMetadata().count(kPushbackTrailer), 1u);
  gate_.Open();
  one.join();
  two.join();
}

}  // namespace
}  // namespace assay::server
