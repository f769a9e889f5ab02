#include <atomic>
#include <map>
#include <set>
#include <thread>

#include "tests/verifier/server/service_fixture.h"

namespace assay::server {
namespace {

using StreamTest = ServiceTest;
using Stream = grpc::ClientReaderWriter<v1::VerifyRequest, v1::VerifyResponse>;

// Reads to the end; ordinal -> how often it was reported.
std::map<uint64_t, int> ReadAll(Stream& stream) {
  std::map<uint64_t, int> seen;
  v1::VerifyResponse response;
  while (stream.Read(&response)) {
    for (const v1::Report& report : response.reports()) {
      ++seen[report.ordinal()];
    }
  }
  return seen;
}

void ExpectEachOnce(const std::map<uint64_t, int>& seen, std::size_t count) {
  EXPECT_EQ(seen.size(), count);
  for (const auto& [ordinal, times] : seen) {
    EXPECT_EQ(times, 1) << ordinal;
    EXPECT_LT(ordinal, count);
  }
}

TEST_F(StreamTest, TenThousandSamplesGetOneReportEach) {
  abilities_.bounds.stream_window_samples = 64;
  abilities_.bounds.queue_samples_max = 40;
  std::atomic<int64_t> most = 0;
  Serve([&](const Sample& sample, const std::atomic<bool>&, int) {
    most = std::max(most.load(), farm_->queue().samples());
    return farm::Accept(sample);
  });
  grpc::ClientContext context;
  auto stream = stub_->VerifyStream(&context);
  std::thread writer([&] {
    for (int i = 0; i < 100; ++i) {
      std::vector<std::string> ids;
      for (int k = 0; k < 100; ++k) ids.push_back("same");
      v1::VerifyRequest request = Batch(ids);
      if (i % 10 == 0) request.mutable_samples(3)->clear_task();
      ASSERT_TRUE(stream->Write(request));
    }
    stream->WritesDone();
  });
  const std::map<uint64_t, int> seen = ReadAll(*stream);
  writer.join();
  EXPECT_TRUE(stream->Finish().ok());
  ExpectEachOnce(seen, 10000);
  EXPECT_LE(most, 40);
}

TEST_F(StreamTest, ReportsComeInTheOrderOfCompletion) {
  Serve();
  grpc::ClientContext context;
  auto stream = stub_->VerifyStream(&context);
  ASSERT_TRUE(stream->Write(Batch({"wait", "quick"})));
  v1::VerifyResponse response;
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.reports(0).id(), "quick");
  EXPECT_EQ(response.reports(0).ordinal(), 1u);
  gate_.Open();
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.reports(0).id(), "wait");
  stream->WritesDone();
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_TRUE(stream->Finish().ok());
}

TEST_F(StreamTest, AnEmptyStreamAndEmptyMessagesAreFine) {
  Serve();
  grpc::ClientContext context;
  auto stream = stub_->VerifyStream(&context);
  ASSERT_TRUE(stream->Write(v1::VerifyRequest()));
  stream->WritesDone();
  EXPECT_TRUE(ReadAll(*stream).empty());
  EXPECT_TRUE(stream->Finish().ok());
}

TEST_F(StreamTest, TooLargeAMessageEndsTheStreamAfterItsReports) {
  abilities_.bounds.batch_samples_max = 2;
  Serve();
  grpc::ClientContext context;
  auto stream = stub_->VerifyStream(&context);
  ASSERT_TRUE(stream->Write(Batch({"a", "b"})));
  stream->Write(Batch({"c", "d", "e"}));
  ExpectEachOnce(ReadAll(*stream), 2);
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::INVALID_ARGUMENT);
}

TEST_F(StreamTest, AStreamWaitsForTheQueueAndNeverFails) {
  abilities_.bounds.queue_samples_max = 1;
  Serve();
  grpc::ClientContext first_context;
  grpc::ClientContext second_context;
  auto first = stub_->VerifyStream(&first_context);
  auto second = stub_->VerifyStream(&second_context);
  ASSERT_TRUE(first->Write(Batch({"wait", "a", "b", "c"})));
  gate_.AwaitArrivals(1);
  ASSERT_TRUE(second->Write(Batch({"d", "e", "f", "g"})));
  first->WritesDone();
  second->WritesDone();
  gate_.Open();
  ExpectEachOnce(ReadAll(*second), 4);
  ExpectEachOnce(ReadAll(*first), 4);
  EXPECT_TRUE(first->Finish().ok());
  EXPECT_TRUE(second->Finish().ok());
}

TEST_F(StreamTest, AClientThatDoesNotReadHoldsItsWindowAlone) {
  abilities_.bounds.stream_window_samples = 32;
  std::atomic<int> judged = 0;
  Serve([&](const Sample& sample, const std::atomic<bool>&, int) {
    ++judged;
    Report report = farm::Accept(sample);
    report.reason = std::string(4000, 'r');
    return report;
  });
  grpc::ClientContext lazy_context;
  auto lazy = stub_->VerifyStream(&lazy_context);
  const std::string text(4000, 'w');
  std::atomic<int> written = 0;
  std::thread writer([&] {
    v1::VerifyRequest request = Batch(std::vector<std::string>(32, "x"));
    for (v1::Sample& sample : *request.mutable_samples()) {
      sample.mutable_math()->set_question(text);
    }
    while (written < 2000 && lazy->Write(request)) ++written;
  });
  // Another client of its own connection is served all the while.
  auto other = NewStub();
  for (int i = 0; i < 50; ++i) {
    grpc::ClientContext context;
    v1::VerifyResponse response;
    ASSERT_TRUE(other->Verify(&context, Batch({"a"}), &response).ok());
  }
  EXPECT_LT(judged, 2000 * 32);
  lazy_context.TryCancel();
  writer.join();
  EXPECT_LT(written, 2000);
  AwaitIdle();
}

TEST_F(StreamTest, LargeReportsFillTheWindowBeforeTheCountDoes) {
  // 8 KiB of output for each of 1000 tests: 8.7 MB a sample, 31 a window.
  std::atomic<int64_t> most_queued = 0;
  std::atomic<int> judged = 0;
  Serve([&](const Sample& sample, const std::atomic<bool>&, int) {
    ++judged;
    most_queued = std::max(most_queued.load(), farm_->queue().samples());
    return farm::Accept(sample);
  });
  v1::Sample sample = Math("x");
  sample.set_fresh(true);
  v1::CodeSample& code = *sample.mutable_code();
  code.set_language("python");
  code.set_solution("");
  code.set_report_output(true);
  for (int i = 0; i < 1000; ++i) code.mutable_stdio()->add_tests();
  v1::VerifyRequest request;
  for (int i = 0; i < 400; ++i) *request.add_samples() = sample;
  grpc::ClientContext context;
  auto stream = stub_->VerifyStream(&context);
  ASSERT_TRUE(stream->Write(request));
  stream->WritesDone();
  ExpectEachOnce(ReadAll(*stream), 400);
  EXPECT_TRUE(stream->Finish().ok());
  EXPECT_EQ(judged, 400);
  EXPECT_LE(most_queued, 31);
}

TEST_F(StreamTest, StreamsShareTheBudgetOfMessages) {
  abilities_.bounds.messages_bytes_max = 1000;
  abilities_.bounds.queue_samples_max = 2;
  Serve();
  const std::vector<std::string> ids(80, "wait");
  ASSERT_GT(Batch(ids).ByteSizeLong(), 1000u);
  grpc::ClientContext first_context;
  auto first = stub_->VerifyStream(&first_context);
  ASSERT_TRUE(first->Write(Batch(ids)));
  gate_.AwaitArrivals(2);
  // Of the others nothing is looked at while the first's message is at hand.
  std::vector<std::unique_ptr<grpc::ClientContext>> contexts;
  std::vector<decltype(stub_->VerifyStream(nullptr))> streams;
  for (int i = 0; i < 5; ++i) {
    contexts.push_back(std::make_unique<grpc::ClientContext>());
    streams.push_back(stub_->VerifyStream(contexts.back().get()));
    ASSERT_TRUE(streams.back()->Write(Batch(ids)));
    streams.back()->WritesDone();
  }
  contexts[2]->TryCancel();  // While it waits for its part.
  streams[2]->Finish();
  gate_.Open();
  first->WritesDone();
  ExpectEachOnce(ReadAll(*first), 80);
  EXPECT_TRUE(first->Finish().ok());
  for (int i : {0, 1, 3, 4}) {
    ExpectEachOnce(ReadAll(*streams[i]), 80);
    EXPECT_TRUE(streams[i]->Finish().ok());
  }
}

TEST_F(StreamTest, AClientThatDiesTakesItsSamplesAlong) {
  Serve();
  auto channel = NewChannel();
  auto stub = v1::Verifier::NewStub(channel);
  {
    grpc::ClientContext context;
    auto stream = stub->VerifyStream(&context);
    ASSERT_TRUE(stream->Write(Batch(std::vector<std::string>(1000, "wait"))));
    gate_.AwaitArrivals(2);
    context.TryCancel();
    stream->Finish();
  }
  AwaitIdle();
  EXPECT_EQ(farm_->queue().bytes(), 0);
  grpc::ClientContext context;
  v1::VerifyResponse response;
  EXPECT_TRUE(stub_->Verify(&context, Batch({"a"}), &response).ok());
}

TEST_F(StreamTest, ADeadlineEndsTheStream) {
  Serve();
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() +
                       std::chrono::milliseconds(200));
  auto stream = stub_->VerifyStream(&context);
  ASSERT_TRUE(stream->Write(Batch({"wait"})));
  ReadAll(*stream);
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
  AwaitIdle();
}

TEST_F(StreamTest, CancellingAtEveryMomentLeaksNothing) {
  abilities_.bounds.stream_window_samples = 8;
  abilities_.bounds.queue_samples_max = 4;
  Serve();
  for (int round = 0; round < 60; ++round) {
    grpc::ClientContext context;
    auto stream = stub_->VerifyStream(&context);
    for (int i = 0; i < round % 5; ++i) {
      stream->Write(Batch(std::vector<std::string>(round % 13, "x")));
    }
    if (round % 3 == 0) stream->WritesDone();
    v1::VerifyResponse response;
    if (round % 4 == 1 && round % 5 > 0 && round % 13 > 0) {
      stream->Read(&response);
    }
    context.TryCancel();
    stream->Finish();
  }
  // A cancelled stream may still be on its way in; the queue is soon free.
  grpc::StatusCode code = grpc::StatusCode::RESOURCE_EXHAUSTED;
  while (code == grpc::StatusCode::RESOURCE_EXHAUSTED) {
    grpc::ClientContext context;
    v1::VerifyResponse response;
    code = stub_->Verify(&context, Batch({"a"}), &response).error_code();
  }
  EXPECT_EQ(code, grpc::StatusCode::OK);
  AwaitIdle();
  EXPECT_EQ(farm_->queue().samples(), 0);
}

}  // namespace
}  // namespace assay::server
