#include <future>
#include <thread>

#include "grpcpp/generic/generic_stub.h"
#include "tests/verifier/server/service_fixture.h"
#include "verifier/server/unary_call.h"

namespace assay::server {
namespace {

using ::testing::HasSubstr;

using UnaryTest = ServiceTest;

TEST_F(UnaryTest, ReportsComeInTheOrderOfTheSamples) {
  Serve();
  grpc::ClientContext context;
  v1::VerifyResponse response;
  const grpc::Status status =
      stub_->Verify(&context, Batch({"a", "b", "a", "c"}), &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  ASSERT_EQ(response.reports_size(), 4);
  const std::vector<std::string> ids = {"a", "b", "a", "c"};
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(response.reports(i).id(), ids[i]);
    EXPECT_EQ(response.reports(i).ordinal(), static_cast<uint64_t>(i));
    EXPECT_EQ(response.reports(i).verdict(), v1::VERDICT_ACCEPTED);
    EXPECT_EQ(response.reports(i).score(), 1.0);
    EXPECT_EQ(response.reports(i).verifier_version(), kVerifierVersion);
  }
}

TEST_F(UnaryTest, AnEmptyBatchIsTheCallersFault) {
  Serve();
  grpc::ClientContext context;
  v1::VerifyResponse response;
  const grpc::Status status =
      stub_->Verify(&context, v1::VerifyRequest(), &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
}

TEST_F(UnaryTest, TooLargeABatchIsTheCallersFault) {
  abilities_.bounds.batch_samples_max = 3;
  Serve();
  grpc::ClientContext context;
  v1::VerifyResponse response;
  const grpc::Status status =
      stub_->Verify(&context, Batch({"a", "b", "c", "d"}), &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(status.error_message(), HasSubstr("3"));
}

TEST_F(UnaryTest, ABatchThatNeverFitsIsToldSo) {
  abilities_.bounds.queue_bytes_max = 100;
  Serve();
  grpc::ClientContext context;
  v1::VerifyResponse response;
  const grpc::Status status =
      stub_->Verify(&context, Batch({"a", "b"}), &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(status.error_message(), HasSubstr("VerifyStream"));
}

TEST_F(UnaryTest, AMalformedSampleCostsItselfAlone) {
  Serve();
  v1::VerifyRequest request = Batch({"a", "b", "c"});
  request.mutable_samples(1)->mutable_math()->clear_gold();
  grpc::ClientContext context;
  v1::VerifyResponse response;
  ASSERT_TRUE(stub_->Verify(&context, request, &response).ok());
  ASSERT_EQ(response.reports_size(), 3);
  EXPECT_EQ(response.reports(0).verdict(), v1::VERDICT_ACCEPTED);
  EXPECT_EQ(response.reports(2).verdict(), v1::VERDICT_ACCEPTED);
  const v1::Report& report = response.reports(1);
  EXPECT_EQ(report.id(), "b");
  EXPECT_EQ(report.verdict(), v1::VERDICT_NO_VERDICT);
  EXPECT_EQ(report.cause(), v1::CAUSE_INVALID_SAMPLE);
  EXPECT_FALSE(report.has_score());
  EXPECT_EQ(report.reason(), "math.gold: absent");
}

// Sends bytes that no generated client would.
grpc::Status CallRaw(std::shared_ptr<grpc::Channel> channel,
                     const std::string& bytes, v1::VerifyResponse* response) {
  grpc::GenericStub stub(channel);
  grpc::ClientContext context;
  grpc::Slice slice(bytes);
  grpc::ByteBuffer request(&slice, 1);
  grpc::ByteBuffer answer;
  std::promise<grpc::Status> promise;
  stub.UnaryCall(&context, "/assay.v1.Verifier/Verify", grpc::StubOptions(),
                 &request, &answer,
                 [&](grpc::Status status) { promise.set_value(status); });
  const grpc::Status status = promise.get_future().get();
  if (!status.ok()) return status;
  grpc::Slice text;
  EXPECT_TRUE(answer.DumpToSingleSlice(&text).ok());
  EXPECT_TRUE(response->ParseFromArray(text.begin(), text.size()));
  return status;
}

TEST_F(UnaryTest, InvalidUtf8NamesItsField) {
  Serve();
  v1::VerifyRequest request = Batch({"a", "b"});
  request.mutable_samples(0)->mutable_math()->set_answer("MARK");
  std::string bytes = request.SerializeAsString();
  bytes[bytes.find("MARK")] = '\xff';
  v1::VerifyResponse response;
  ASSERT_TRUE(CallRaw(NewChannel(), bytes, &response).ok());
  EXPECT_EQ(response.reports(0).id(), "a");
  EXPECT_EQ(response.reports(0).reason(), "math.answer: not valid UTF-8");
  EXPECT_EQ(response.reports(1).verdict(), v1::VERDICT_ACCEPTED);
}

TEST_F(UnaryTest, BytesThatAreNoRequestAreTheCallersFault) {
  Serve();
  v1::VerifyResponse response;
  EXPECT_EQ(CallRaw(NewChannel(), "\x0a\xff\xff\xff", &response).error_code(),
            grpc::StatusCode::INVALID_ARGUMENT);
}

TEST_F(UnaryTest, AHundredMegabytesAreRefusedAndTheServerLives) {
  Serve();
  v1::VerifyRequest request = Batch({"a"});
  request.mutable_samples(0)->mutable_math()->set_answer(
      std::string(100 << 20, 'x'));
  grpc::ClientContext context;
  v1::VerifyResponse response;
  EXPECT_EQ(stub_->Verify(&context, request, &response).error_code(),
            grpc::StatusCode::RESOURCE_EXHAUSTED);
  request.mutable_samples(0)->mutable_math()->set_answer(
      std::string(40 << 20, 'x'));
  grpc::ClientContext second;
  ASSERT_TRUE(stub_->Verify(&second, request, &response).ok());
  EXPECT_THAT(response.reports(0).reason(), HasSubstr("sample: 419430"));
  EXPECT_EQ(response.reports(0).id(), "a");
}

TEST_F(UnaryTest, AFullQueuePushesBack) {
  abilities_.bounds.queue_samples_max = 2;
  Serve();
  v1::VerifyResponse first_response;
  std::thread first([&] {
    grpc::ClientContext context;
    EXPECT_TRUE(
        stub_->Verify(&context, Batch({"wait1", "wait2"}), &first_response)
            .ok());
  });
  gate_.AwaitArrivals(2);
  grpc::ClientContext context;
  v1::VerifyResponse response;
  const grpc::Status status = stub_->Verify(&context, Batch({"a"}), &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  const auto& trailers = context.GetServerTrailingMetadata();
  const auto found = trailers.find(kPushbackTrailer);
  ASSERT_NE(found, trailers.end());
  const int wait =
      std::stoi(std::string(found->second.data(), found->second.size()));
  EXPECT_GE(wait, 50);
  EXPECT_LE(wait, 30000);
  gate_.Open();
  first.join();
  EXPECT_EQ(first_response.reports_size(), 2);
}

TEST_F(UnaryTest, ADeadlineInThePastIsRefused) {
  Serve();
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() -
                       std::chrono::seconds(5));
  v1::VerifyResponse response;
  EXPECT_EQ(stub_->Verify(&context, Batch({"a"}), &response).error_code(),
            grpc::StatusCode::DEADLINE_EXCEEDED);
}

TEST_F(UnaryTest, ADeadlineEndsTheCallAndItsSamples) {
  Serve();
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() +
                       std::chrono::milliseconds(200));
  v1::VerifyResponse response;
  EXPECT_EQ(stub_->Verify(&context, Batch({"wait", "wait", "wait"}), &response)
                .error_code(),
            grpc::StatusCode::DEADLINE_EXCEEDED);
  AwaitIdle();
  EXPECT_EQ(farm_->queue().bytes(), 0);
}

TEST_F(UnaryTest, ACancelledCallCancelsItsSamples) {
  Serve();
  grpc::ClientContext context;
  v1::VerifyResponse response;
  std::thread call([&] {
    EXPECT_EQ(
        stub_->Verify(&context, Batch({"wait", "wait", "wait"}), &response)
            .error_code(),
        grpc::StatusCode::CANCELLED);
  });
  gate_.AwaitArrivals(2);
  context.TryCancel();
  call.join();
  AwaitIdle();
  EXPECT_EQ(farm_->queue().samples(), 0);
}

}  // namespace
}  // namespace assay::server
