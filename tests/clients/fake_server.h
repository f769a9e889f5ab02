// A server that answers by rule, so that the client can be tested alone.
//
//   FakeServer fake;                       // Listens on a Unix socket.
//   fake.BreakAfter(10);                   // The stream breaks once.
//   Server::Open(fake.address());
//
// What it answers is written in the sample's problem: a verdict's name gives
// that verdict, `cause:HOST` NO_VERDICT with it, `poison` breaks the stream
// whenever it is seen, `cancel-once` is answered CANCELLED the first time,
// `nameless` is reported without its id.
// Reports of a message go back in reverse, so that order is not relied on.
#ifndef TESTS_CLIENTS_FAKE_SERVER_H_
#define TESTS_CLIENTS_FAKE_SERVER_H_

#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "proto/assay/v1/verifier.grpc.pb.h"

namespace assay::cli {

class FakeServer final : public v1::Verifier::Service {
 public:
  FakeServer() : path_(testing::TempDir() + "f" + std::to_string(getpid())) {
    Start();
  }
  ~FakeServer() override {
    Stop();
    unlink(path_.c_str());
  }

  void Start() {
    grpc::ServerBuilder builder;
    builder.AddListeningPort(address(), grpc::InsecureServerCredentials());
    builder.RegisterService(this);
    server_ = builder.BuildAndStart();
  }
  void Stop() {
    if (server_ == nullptr) return;
    server_->Shutdown(std::chrono::system_clock::now());
    server_.reset();
  }

  std::string address() const { return "unix:" + path_; }

  // Once: after so many samples the stream ends with UNAVAILABLE.
  void BreakAfter(int samples_count) { break_after_ = samples_count; }
  // Once: the next stream is refused, to be tried again after `ms`.
  void PushBack(int ms) { pushback_ms_ = ms; }
  void SetSampleBytesMax(uint64_t bytes) { sample_bytes_max_ = bytes; }

  // How often each id came.
  std::map<std::string, int> seen() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return seen_;
  }
  int streams_count() const { return streams_count_; }
  int largest_message() const { return largest_message_; }

  grpc::Status GetCapabilities(grpc::ServerContext*,
                               const v1::GetCapabilitiesRequest*,
                               v1::Capabilities* capabilities) override {
    capabilities->set_verifier_version("fake");
    auto* python = capabilities->add_languages();
    python->set_name("python");
    python->set_available(true);
    python->set_version("Python 3.11");
    (*python->mutable_test_kinds())["asserts"] = v1::INTEGRITY_ISOLATED;
    auto* absent = capabilities->add_languages();
    absent->set_name("c");
    absent->set_unavailable_reason("no gcc");
    capabilities->set_enforcement("userns pidns");
    capabilities->add_missing_enforcement("landlock: kernel ABI 0");
    capabilities->mutable_limits()->set_stream_window_samples(16);
    capabilities->mutable_limits()->set_sample_bytes_max(sample_bytes_max_);
    return grpc::Status::OK;
  }

  grpc::Status Verify(grpc::ServerContext*, const v1::VerifyRequest* request,
                      v1::VerifyResponse* response) override {
    for (int i = 0; i < request->samples_size(); ++i) {
      *response->add_reports() =
          Answer(request->samples(i), static_cast<uint64_t>(i));
    }
    return grpc::Status::OK;
  }

  grpc::Status VerifyStream(
      grpc::ServerContext* context,
      grpc::ServerReaderWriter<v1::VerifyResponse, v1::VerifyRequest>* stream)
      override {
    ++streams_count_;
    if (pushback_ms_ > 0) {
      context->AddTrailingMetadata("grpc-retry-pushback-ms",
                                   std::to_string(pushback_ms_));
      pushback_ms_ = 0;
      return {grpc::StatusCode::RESOURCE_EXHAUSTED, "the queue is full"};
    }
    v1::VerifyRequest request;
    uint64_t ordinal = 0;
    while (stream->Read(&request)) {
      largest_message_ = std::max(largest_message_, request.samples_size());
      v1::VerifyResponse response;
      for (const v1::Sample& sample : request.samples()) {
        if (sample.problem() == "poison") {
          Count(sample);
          return {grpc::StatusCode::UNAVAILABLE, "poisoned"};
        }
        *response.add_reports() = Answer(sample, ordinal++);
        if (break_after_ > 0 && --break_after_ == 0) {
          return {grpc::StatusCode::UNAVAILABLE, "going away"};
        }
      }
      std::reverse(response.mutable_reports()->begin(),
                   response.mutable_reports()->end());
      stream->Write(response);
    }
    return grpc::Status::OK;
  }

 private:
  int Count(const v1::Sample& sample) {
    const std::lock_guard<std::mutex> lock(mutex_);
    return ++seen_[sample.id()];
  }

  v1::Report Answer(const v1::Sample& sample, uint64_t ordinal) {
    const int times = Count(sample);
    v1::Report report;
    report.set_id(sample.id());
    report.set_ordinal(ordinal);
    report.set_problem(sample.problem());
    report.set_source(sample.source());
    *report.mutable_labels() = sample.labels();
    v1::Verdict verdict = v1::VERDICT_ACCEPTED;
    v1::Verdict_Parse("VERDICT_" + sample.problem(), &verdict);
    const std::string& problem = sample.problem();
    if (problem.starts_with("cause:")) {
      v1::Cause cause = v1::CAUSE_HOST;
      v1::Cause_Parse("CAUSE_" + problem.substr(6), &cause);
      verdict = v1::VERDICT_NO_VERDICT;
      report.set_cause(cause);
    }
    if (problem == "cancel-once" && times == 1) {
      verdict = v1::VERDICT_NO_VERDICT;
      report.set_cause(v1::CAUSE_CANCELLED);
    }
    report.set_verdict(verdict);
    if (verdict == v1::VERDICT_ACCEPTED) report.set_score(1);
    if (verdict == v1::VERDICT_WRONG_ANSWER) report.set_score(0);
    if (problem == "nameless") report.clear_id();
    if (sample.explain()) report.add_explanation("explained");
    return report;
  }

  const std::string path_;
  std::unique_ptr<grpc::Server> server_;
  std::mutex mutex_;
  std::map<std::string, int> seen_;
  std::atomic<int> break_after_{0};
  std::atomic<int> pushback_ms_{0};
  std::atomic<int> streams_count_{0};
  uint64_t sample_bytes_max_ = 1 << 20;
  int largest_message_ = 0;
};

}  // namespace assay::cli

#endif  // TESTS_CLIENTS_FAKE_SERVER_H_
