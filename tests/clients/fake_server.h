// A server that answers by rule, so that the client can be tested alone.
//
//   FakeServer fake;                       // Listens on a Unix socket.
//   fake.BreakAfter(10);                   // The stream breaks once.
//   Server::Open(fake.address());
//
// What it answers is written in the sample's problem: a verdict's name gives
// that verdict, `cause:HOST` NO_VERDICT with it, `poison` breaks the stream
// whenever it is seen, `cancel-once` is answered CANCELLED the first time,
// `nameless` is reported without its id. A sample that names a test set which
// was not Put is INVALID_SAMPLE.
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

#include "proto/assay/v1/test_set.grpc.pb.h"
#include "proto/assay/v1/verifier.grpc.pb.h"

namespace assay::cli {

// Keeps what is Put; how often each came.
class FakeTestSets final : public v1::TestSets::Service {
 public:
  grpc::Status FindMissing(grpc::ServerContext*,
                           const v1::FindMissingRequest* request,
                           v1::FindMissingResponse* response) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    for (const std::string& digest : request->digests()) {
      if (!kept_.contains(digest)) response->add_digests(digest);
    }
    return grpc::Status::OK;
  }

  grpc::Status Put(grpc::ServerContext*,
                   grpc::ServerReader<v1::PutRequest>* reader,
                   v1::PutResponse*) override {
    v1::PutRequest request;
    std::string digest;
    std::string bytes;
    while (reader->Read(&request)) {
      if (digest.empty()) digest = request.digest();
      bytes += request.chunk();
    }
    if (full_) return {grpc::StatusCode::RESOURCE_EXHAUSTED, "full"};
    const std::lock_guard<std::mutex> lock(mutex_);
    kept_[digest] = bytes;
    ++puts_;
    return grpc::Status::OK;
  }

  // Whether it is there; `forget` drops all, once.
  bool Has(const std::string& digest) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (forget_after_ > 0 && --forget_after_ == 0) kept_.clear();
    return kept_.contains(digest);
  }
  void ForgetAfter(int lookups) { forget_after_ = lookups; }
  void BeFull() { full_ = true; }
  int puts() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return puts_;
  }

 private:
  std::mutex mutex_;
  std::map<std::string, std::string> kept_;
  int puts_ = 0;
  int forget_after_ = 0;
  std::atomic<bool> full_ = false;
};

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
    if (keeps_test_sets_) builder.RegisterService(&test_sets_);
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
  // The next stream or call is refused, to be tried again after `ms`; and so
  // on, so often.
  void PushBack(int ms, int times = 1) {
    pushback_ms_ = ms;
    pushbacks_ = times;
  }
  // Calls for pairs are answered once they are cancelled, but not before.
  void HoldPairs() { holds_pairs_ = true; }
  // Calls for pairs that came.
  int holding() const { return holding_; }
  // Every pair is answered in words that no client knows.
  void SpeakOtherWords() { other_words_ = true; }
  // From the next Start on.
  void KeepTestSets() { keeps_test_sets_ = true; }
  FakeTestSets& test_sets() { return test_sets_; }
  // Samples that carried tests, and that named some.
  int inline_count() const { return inline_count_; }
  int named_count() const { return named_count_; }
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
    capabilities->mutable_limits()->set_batch_pairs_max(batch_pairs_max_);
    if (keeps_test_sets_) {
      capabilities->mutable_limits()->set_test_set_bytes_max(1 << 24);
    }
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

  // An answer's text says what its pair is answered, as a problem does.
  grpc::Status VerifyPairs(grpc::ServerContext* context,
                           const v1::VerifyPairsRequest* request,
                           v1::VerifyPairsResponse* response) override {
    if (IsPushedBack(context)) {
      return {grpc::StatusCode::RESOURCE_EXHAUSTED, "the queue is full"};
    }
    ++holding_;
    while (holds_pairs_ && !context->IsCancelled()) usleep(1000);
    const std::lock_guard<std::mutex> lock(pairs_mutex_);
    pairs_calls_.push_back(*request);
    if (request->answer_sizes_bytes_size() > queue_pairs_max_) {
      return {grpc::StatusCode::INVALID_ARGUMENT, "larger than the queue"};
    }
    std::vector<v1::Sample> samples;
    size_t begin = 0;
    for (const uint32_t size : request->answer_sizes_bytes()) {
      v1::Sample& sample = samples.emplace_back();
      sample.set_problem(request->answers().substr(begin, size));
      sample.set_id(sample.problem());
      begin += size;
      if (sample.problem() != "poison") continue;
      Count(sample);
      return {grpc::StatusCode::UNAVAILABLE, "poisoned"};
    }
    for (const v1::Sample& sample : samples) {
      const v1::Report report = Answer(sample, 0);
      const int words = other_words_ ? 200 : 0;
      *response->mutable_verdicts() +=
          static_cast<char>(report.verdict() + words / 2);
      *response->mutable_causes() += static_cast<char>(report.cause());
      *response->mutable_proofs() +=
          static_cast<char>(v1::MathEvidence::PROOF_RESIDUE + words);
      *response->mutable_rungs() += static_cast<char>(v1::RUNG_RESIDUE + words);
      *response->mutable_error_bounds_bits() += 100;
      if (break_after_ > 0 && --break_after_ == 0) {
        return {grpc::StatusCode::UNAVAILABLE, "going away"};
      }
    }
    response->set_verifier_version("fake");
    return grpc::Status::OK;
  }
  // Of VerifyPairs, in their order.
  std::vector<v1::VerifyPairsRequest> pairs_calls() {
    const std::lock_guard<std::mutex> lock(pairs_mutex_);
    return pairs_calls_;
  }
  void SetBatchPairsMax(uint32_t count) { batch_pairs_max_ = count; }
  // A call with more is refused, whatever the capabilities say.
  void SetQueuePairsMax(int count) { queue_pairs_max_ = count; }

  grpc::Status VerifyStream(
      grpc::ServerContext* context,
      grpc::ServerReaderWriter<v1::VerifyResponse, v1::VerifyRequest>* stream)
      override {
    ++streams_count_;
    if (IsPushedBack(context)) {
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
  bool IsPushedBack(grpc::ServerContext* context) {
    if (pushbacks_ <= 0) return false;
    --pushbacks_;
    context->AddTrailingMetadata("grpc-retry-pushback-ms",
                                 std::to_string(pushback_ms_));
    return true;
  }

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
    if (sample.code().has_stdio()) ++inline_count_;
    if (!sample.code().test_set().empty()) {
      ++named_count_;
      if (!test_sets_.Has(sample.code().test_set())) {
        report.set_verdict(v1::VERDICT_NO_VERDICT);
        report.set_cause(v1::CAUSE_INVALID_SAMPLE);
        report.set_reason("code.test_set: unknown " + sample.code().test_set());
        return report;
      }
    }
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
  std::atomic<int> pushbacks_{0};
  std::atomic<bool> holds_pairs_{false};
  std::atomic<int> holding_{0};
  std::atomic<bool> other_words_{false};
  std::atomic<int> queue_pairs_max_{1 << 20};
  std::atomic<int> streams_count_{0};
  uint64_t sample_bytes_max_ = 1 << 20;
  int largest_message_ = 0;
  std::mutex pairs_mutex_;
  std::vector<v1::VerifyPairsRequest> pairs_calls_;
  uint32_t batch_pairs_max_ = 8192;
  FakeTestSets test_sets_;
  bool keeps_test_sets_ = false;
  std::atomic<int> inline_count_{0};
  std::atomic<int> named_count_{0};
};

}  // namespace assay::cli

#endif  // TESTS_CLIENTS_FAKE_SERVER_H_
