// Test sets by digest: the store, the two calls, and samples that name one.
#include "verifier/server/test_sets.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "proto/assay/v1/test_set.grpc.pb.h"
#include "tests/verifier/server/service_fixture.h"
#include "verifier/server/digest.h"

namespace assay::server {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

TestSet SetOf(std::string digest, int64_t bytes) {
  TestSet set;
  set.digest = std::move(digest);
  set.bytes = bytes;
  return set;
}

// As a Put does it.
absl::Status Add(TestSetStore& store, const std::string& digest,
                 int64_t bytes) {
  if (absl::Status status = store.Reserve(bytes); !status.ok()) return status;
  return store.Keep(SetOf(digest, bytes), bytes);
}

TEST(TestSetStore, TheLeastRecentlyUsedMakeRoom) {
  TestSetStore store(100);
  for (const char* digest : {"a", "b", "c"}) {
    EXPECT_TRUE(Add(store, digest, 30).ok());
  }
  EXPECT_NE(store.Find("a"), nullptr);
  EXPECT_TRUE(Add(store, "d", 30).ok());
  EXPECT_EQ(store.Find("b"), nullptr);
  EXPECT_NE(store.Find("a"), nullptr);
  EXPECT_EQ(store.bytes(), 90);
  EXPECT_TRUE(Add(store, "a", 30).ok());  // Once more changes nothing.
  EXPECT_LE(store.bytes(), 100);
}

TEST(TestSetStore, WhatIsInUseStays) {
  TestSetStore store(100);
  ASSERT_TRUE(Add(store, "a", 60).ok());
  std::shared_ptr<const TestSet> used = store.Find("a");
  EXPECT_EQ(Add(store, "b", 60).code(), absl::StatusCode::kResourceExhausted);
  EXPECT_TRUE(Add(store, "c", 30).ok());
  EXPECT_NE(store.Find("a"), nullptr);
  used.reset();
  EXPECT_TRUE(Add(store, "b", 60).ok());
  EXPECT_EQ(store.Find("a"), nullptr);
}

TEST(TestSetStore, ReservationsCountAndAreReleased) {
  TestSetStore store(100);
  ASSERT_TRUE(store.Reserve(80).ok());
  EXPECT_FALSE(Add(store, "a", 30).ok());
  store.Release(80);
  EXPECT_TRUE(Add(store, "a", 30).ok());
  ASSERT_TRUE(store.Reserve(10).ok());
  EXPECT_FALSE(store.Keep(SetOf("b", 200), 10).ok());
  EXPECT_EQ(store.bytes(), 30);
}

// Whoever adds a kind of tests adds it to both, under one number.
TEST(TestSet, HasTheTestsOfASample) {
  const auto* tests = v1::CodeSample::descriptor()->FindOneofByName("tests");
  std::set<std::string> of_sample;
  for (int i = 0; i < tests->field_count(); ++i) {
    const auto* field = tests->field(i);
    if (field->name() == "test_set") continue;
    of_sample.insert(field->name() + " " + std::to_string(field->number()));
  }
  std::set<std::string> of_set;
  for (int i = 0; i < v1::TestSet::descriptor()->field_count(); ++i) {
    const auto* field = v1::TestSet::descriptor()->field(i);
    of_set.insert(field->name() + " " + std::to_string(field->number()));
  }
  EXPECT_EQ(of_set, of_sample);
}

v1::TestSet Squares(int count) {
  v1::TestSet set;
  for (int i = 0; i < count; ++i) {
    auto* test = set.mutable_stdio()->add_tests();
    test->set_input(std::to_string(i));
    test->set_expected_output(std::to_string(i * i));
  }
  return set;
}

v1::Sample Naming(const std::string& id, const std::string& digest) {
  v1::Sample sample;
  sample.set_id(id);
  sample.mutable_code()->set_language("python");
  sample.mutable_code()->set_solution("print(int(input()) ** 2)");
  sample.mutable_code()->set_test_set(digest);
  return sample;
}

class TestSetsTest : public ServiceTest {
 protected:
  void SetUp() override {
    Serve([](const Sample& sample, const std::atomic<bool>&, int) {
      Report report = Report::For(sample);
      const auto& code = std::get<CodeSample>(sample.task);
      const auto& tests = std::get<StdioTests>(code.tests).tests;
      report.Decide(Verdict::kAccepted,
                    std::to_string(tests.size()) + " " +
                        (tests.empty() ? "" : tests.back().expected_output));
      return report;
    });
    sets_ = v1::TestSets::NewStub(NewChannel());
  }

  grpc::Status Put(const std::string& digest, const std::string& bytes,
                   std::size_t chunk = 10, v1::PutResponse* into = nullptr) {
    grpc::ClientContext context;
    v1::PutResponse response;
    auto call = sets_->Put(&context, &response);
    for (std::size_t begin = 0; begin < bytes.size(); begin += chunk) {
      v1::PutRequest request;
      if (begin == 0) request.set_digest(digest);
      request.set_chunk(bytes.substr(begin, chunk));
      if (!call->Write(request)) break;
    }
    call->WritesDone();
    const grpc::Status status = call->Finish();
    if (into != nullptr) *into = response;
    return status;
  }

  std::vector<std::string> Missing(const std::vector<std::string>& digests) {
    grpc::ClientContext context;
    v1::FindMissingRequest request;
    for (const std::string& digest : digests) request.add_digests(digest);
    v1::FindMissingResponse response;
    EXPECT_TRUE(sets_->FindMissing(&context, request, &response).ok());
    return {response.digests().begin(), response.digests().end()};
  }

  v1::Report VerifyOne(const v1::Sample& sample) {
    grpc::ClientContext context;
    v1::VerifyRequest request;
    *request.add_samples() = sample;
    v1::VerifyResponse response;
    const grpc::Status status = stub_->Verify(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response.reports_size() == 1 ? response.reports(0) : v1::Report();
  }

  std::unique_ptr<v1::TestSets::Stub> sets_;
};

TEST_F(TestSetsTest, IsPutOnceAndNamedByManySamples) {
  const std::string bytes = Squares(50).SerializeAsString();
  const std::string digest = DigestOf(bytes);
  const std::string other = DigestOf("other");
  EXPECT_THAT(Missing({digest, other}), ElementsAre(digest, other));
  v1::PutResponse put;
  ASSERT_TRUE(Put(digest, bytes, 7, &put).ok());
  EXPECT_EQ(put.size_bytes(), bytes.size());
  EXPECT_FALSE(put.was_there());
  EXPECT_THAT(Missing({digest, other}), ElementsAre(other));
  ASSERT_TRUE(Put(digest, bytes, 7, &put).ok());
  EXPECT_TRUE(put.was_there());
  for (int i = 0; i < 3; ++i) {
    v1::Sample sample = Naming("s" + std::to_string(i), digest);
    sample.mutable_code()->mutable_solution()->append(i, '\n');
    EXPECT_EQ(VerifyOne(sample).reason(), "50 2401");
  }
}

TEST_F(TestSetsTest, AnUnknownOneCostsItsSampleAlone) {
  const std::string digest = DigestOf("nothing");
  v1::VerifyRequest request;
  *request.add_samples() = Naming("u", digest);
  *request.add_samples() = Naming("x", "not a digest");
  v1::Sample good = Naming("g", "");
  *good.mutable_code()->mutable_stdio() = Squares(2).stdio();
  *request.add_samples() = good;
  grpc::ClientContext context;
  v1::VerifyResponse response;
  ASSERT_TRUE(stub_->Verify(&context, request, &response).ok());
  EXPECT_EQ(response.reports(0).cause(), v1::CAUSE_INVALID_SAMPLE);
  EXPECT_THAT(response.reports(0).reason(),
              StartsWith("code.test_set: unknown " + digest));
  EXPECT_EQ(response.reports(1).cause(), v1::CAUSE_INVALID_SAMPLE);
  EXPECT_EQ(response.reports(2).verdict(), v1::VERDICT_ACCEPTED);
}

TEST_F(TestSetsTest, TheChoicesOfASampleMustFitItsTestSet) {
  v1::TestSet set = Squares(2);
  set.mutable_stdio()->mutable_tests(0)->set_weight(0);
  const std::string bytes = set.SerializeAsString();
  ASSERT_TRUE(Put(DigestOf(bytes), bytes).ok());
  v1::Sample sample = Naming("w", DigestOf(bytes));
  sample.mutable_code()->set_stop(v1::STOP_POLICY_FIRST_TESTS);
  sample.mutable_code()->set_stop_tests_count(1);
  EXPECT_EQ(VerifyOne(sample).reason(), "code.test_set: total weight 0");
  sample.mutable_code()->set_stop_tests_count(2);
  EXPECT_EQ(VerifyOne(sample).verdict(), v1::VERDICT_ACCEPTED);
  sample.mutable_code()->clear_stop();
  EXPECT_EQ(VerifyOne(sample).cause(), v1::CAUSE_INVALID_SAMPLE);
}

TEST_F(TestSetsTest, WhatIsNoTestSetOrNotItsDigestIsRefused) {
  const std::string bytes = Squares(3).SerializeAsString();
  const auto code = [&](const std::string& digest, const std::string& sent) {
    return Put(digest, sent).error_code();
  };
  const auto bad = grpc::StatusCode::INVALID_ARGUMENT;
  EXPECT_EQ(code(DigestOf("else"), bytes), bad);
  EXPECT_EQ(code("", bytes), bad);
  EXPECT_EQ(code("ABC", bytes), bad);
  EXPECT_EQ(code(DigestOf(""), ""), bad);
  EXPECT_EQ(code(DigestOf("\xff\xff\xff"), "\xff\xff\xff"), bad);
  v1::TestSet invalid;
  invalid.mutable_stdio();
  std::string empty = invalid.SerializeAsString();
  const grpc::Status status = Put(DigestOf(empty), empty);
  EXPECT_EQ(status.error_code(), bad);
  EXPECT_THAT(status.error_message(), HasSubstr("zero tests"));
  v1::CodeSample naming;
  naming.set_test_set(DigestOf("loop"));
  const std::string loop = naming.SerializeAsString();
  EXPECT_EQ(code(DigestOf(loop), loop), bad);
  EXPECT_EQ(Missing({DigestOf(empty)}).size(), 1u);
}

TEST_F(TestSetsTest, TheSameSampleIsAnsweredFromTheFirstsRun) {
  v1::Sample sample = Naming("a", "");
  *sample.mutable_code()->mutable_stdio() = Squares(2).stdio();
  EXPECT_FALSE(VerifyOne(sample).cached());
  sample.set_id("b");
  sample.set_source("elsewhere");
  const v1::Report again = VerifyOne(sample);
  EXPECT_TRUE(again.cached());
  EXPECT_EQ(again.id(), "b");
  EXPECT_EQ(again.source(), "elsewhere");
  sample.set_fresh(true);
  EXPECT_FALSE(VerifyOne(sample).cached());
  sample.set_fresh(false);
  sample.mutable_code()->mutable_limits()->set_time_limit_ms(1234);
  EXPECT_FALSE(VerifyOne(sample).cached());
}

}  // namespace
}  // namespace assay::server
