#include <future>
#include <thread>

#include "tests/verifier/server/service_fixture.h"

namespace assay::server {
namespace {

using ::testing::HasSubstr;
using DrainTest = ServiceTest;

TEST_F(DrainTest, AdmittedSamplesFinishAndNewCallsAreTurnedAway) {
  Serve();
  auto call = std::async(std::launch::async, [&] {
    grpc::ClientContext context;
    v1::VerifyResponse response;
    EXPECT_TRUE(stub_->Verify(&context, Batch({"wait", "a"}), &response).ok());
    return response;
  });
  gate_.AwaitArrivals(1);
  auto drain = std::async(std::launch::async,
                          [&] { return server_->Drain(absl::Seconds(60)); });
  grpc::StatusCode code = grpc::StatusCode::OK;
  while (code == grpc::StatusCode::OK) {  // Until the drain has begun.
    grpc::ClientContext context;
    v1::VerifyResponse response;
    code = stub_->Verify(&context, Batch({"b"}), &response).error_code();
  }
  EXPECT_EQ(code, grpc::StatusCode::UNAVAILABLE);
  gate_.Open();
  EXPECT_TRUE(drain.get());
  const v1::VerifyResponse response = call.get();
  for (const v1::Report& report : response.reports()) {
    EXPECT_EQ(report.verdict(), v1::VERDICT_ACCEPTED);
  }
}

TEST_F(DrainTest, AStreamsSamplesAreDoneOrRefusedThenUnavailable) {
  abilities_.bounds.queue_samples_max = 3;
  Serve();
  grpc::ClientContext context;
  auto stream = stub_->VerifyStream(&context);
  ASSERT_TRUE(
      stream->Write(Batch({"wait1", "wait2", "wait3", "wait4", "wait5"})));
  gate_.AwaitArrivals(2);
  auto drain = std::async(std::launch::async,
                          [&] { return server_->Drain(absl::Seconds(60)); });
  // Those that the queue had no room for are refused at once.
  int accepted = 0;
  int refused = 0;
  v1::VerifyResponse response;
  while (accepted + refused < 5 && stream->Read(&response)) {
    for (const v1::Report& report : response.reports()) {
      if (report.cause() == v1::CAUSE_CANCELLED) {
        EXPECT_EQ(report.reason(), "the server is stopping");
        ++refused;
        gate_.Open();
      } else {
        ++accepted;
      }
    }
  }
  EXPECT_EQ(refused, 2);
  EXPECT_EQ(accepted, 3);
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_TRUE(drain.get());
}

TEST_F(DrainTest, GraceThatEndsCancelsWhatIsLeft) {
  Serve();
  grpc::ClientContext context;
  auto stream = stub_->VerifyStream(&context);
  ASSERT_TRUE(stream->Write(Batch(std::vector<std::string>(10, "wait"))));
  stream->WritesDone();
  gate_.AwaitArrivals(2);
  auto drain = std::async(std::launch::async, [&] {
    return server_->Drain(absl::Milliseconds(600));
  });
  int cancelled = 0;
  v1::VerifyResponse response;
  while (stream->Read(&response)) {
    for (const v1::Report& report : response.reports()) {
      EXPECT_EQ(report.cause(), v1::CAUSE_CANCELLED);
      EXPECT_FALSE(report.has_score());
      ++cancelled;
    }
  }
  EXPECT_EQ(cancelled, 10);
  EXPECT_TRUE(stream->Finish().ok());  // All were reported.
  EXPECT_FALSE(drain.get());
}

TEST_F(DrainTest, AnIdleStreamIsSentElsewhere) {
  Serve();
  grpc::ClientContext context;
  auto stream = stub_->VerifyStream(&context);
  ASSERT_TRUE(stream->Write(Batch({"a"})));
  v1::VerifyResponse response;
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_TRUE(server_->Drain(absl::Seconds(60)));
  EXPECT_FALSE(stream->Read(&response));
  const grpc::Status status = stream->Finish();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_THAT(status.error_message(), HasSubstr("stopping"));
}

}  // namespace
}  // namespace assay::server
