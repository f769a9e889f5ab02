// How a real service begins, carries load, loses clients and ends.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <fstream>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/e2e/daemon.h"
#include "tests/e2e/samples.h"

namespace assay {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kSleeper[] = "import time\ntime.sleep(60)\nprint(1)";

v1::VerifyRequest Maths(int first, int count) {
  v1::VerifyRequest request;
  for (int i = 0; i < count; ++i) {
    *request.add_samples() =
        Math("m" + std::to_string(first + i), std::to_string(i), "7");
  }
  return request;
}

// Waits, without a clock of its own, until the processes are gone; the
// test's time limit is ctest's.
void AwaitGone(const std::vector<std::string>& tree) {
  while (!Alive(tree).empty()) usleep(10'000);
}

bool Answers(const Daemon& daemon) {
  grpc::ClientContext context;
  context.set_wait_for_ready(true);
  v1::VerifyResponse response;
  return daemon.NewStub()->Verify(&context, Maths(0, 1), &response).ok();
}

TEST(Lifecycle, TenThousandMixedSamplesOneReportEachMemoryFlat) {
  Daemon daemon;
  ASSERT_TRUE(daemon.Start({"--code-lanes", "2", "--math-lanes", "1"}))
      << daemon.Log();
  auto stub = daemon.NewStub();
  grpc::ClientContext context;
  auto stream = stub->VerifyStream(&context);
  constexpr int kSamples = 10'000;
  std::thread writer([&] {
    for (int first = 0; first < kSamples; first += 100) {
      v1::VerifyRequest request = Maths(first, 100);
      *request.mutable_samples(3) =
          Stdio("c" + std::to_string(first), "python", "print(5)", "", "5");
      *request.mutable_samples(5) = v1::Sample();
      if (!stream->Write(request)) break;
    }
    stream->WritesDone();
  });
  std::vector<int> seen(kSamples, 0);
  int reports = 0;
  int64_t early = 0;
  v1::VerifyResponse response;
  while (stream->Read(&response)) {
    for (const v1::Report& report : response.reports()) {
      ASSERT_LT(report.ordinal(), seen.size());
      ++seen[report.ordinal()];
      if (++reports == kSamples / 4) early = daemon.Memory();
      if (report.id().empty()) {
        EXPECT_EQ(report.reason(), "id: empty");
      } else {
        EXPECT_NE(report.verdict(), v1::VERDICT_NO_VERDICT)
            << report.ShortDebugString();
      }
    }
  }
  writer.join();
  EXPECT_TRUE(stream->Finish().ok());
  EXPECT_EQ(reports, kSamples);
  for (int count : seen) EXPECT_EQ(count, 1);
#if !defined(__SANITIZE_ADDRESS__)  // Its quarantine keeps freed memory.
  EXPECT_LT(daemon.Memory() - early, int64_t{64} << 20);
#else
  (void)early;
#endif
  daemon.Signal(SIGTERM);
  EXPECT_EQ(daemon.Wait(), 0);
}

// Run as a process of its own by the test below, which kills it.
TEST(Client, DISABLED_SendsUntilKilled) {
  const char* address = std::getenv("ASSAY_E2E_ADDRESS");
  ASSERT_NE(address, nullptr);
  auto stub = v1::Verifier::NewStub(
      grpc::CreateChannel(address, grpc::InsecureChannelCredentials()));
  grpc::ClientContext context;
  auto stream = stub->VerifyStream(&context);
  v1::VerifyRequest request;
  for (int i = 0; i < 50; ++i) {
    *request.add_samples() = Stdio("s", "python", kSleeper, "", "1");
  }
  *request.add_samples() = Math("m", "1", "1");
  stream->Write(request);
  v1::VerifyResponse response;
  stream->Read(&response);  // The mathematics: all was admitted.
  std::ofstream(std::getenv("ASSAY_E2E_MARK")) << "sent";
  while (stream->Read(&response)) {
  }
}

TEST(Lifecycle, AClientThatIsKilledLeavesNothingBehind) {
  Daemon daemon;
  ASSERT_TRUE(daemon.Start({"--code-lanes", "2", "--math-lanes", "1"}))
      << daemon.Log();
  ASSERT_TRUE(Answers(daemon));
  const std::string mark = daemon.folder() + "/mark";
  setenv("ASSAY_E2E_ADDRESS", daemon.address().c_str(), 1);
  setenv("ASSAY_E2E_MARK", mark.c_str(), 1);
  const std::size_t processes = daemon.Tree().size();
  const pid_t client =
      Spawn({"/proc/self/exe", "--gtest_also_run_disabled_tests",
             "--gtest_filter=Client.DISABLED_SendsUntilKilled"},
            daemon.folder() + "/client");
  ASSERT_GT(client, 0);
  while (access(mark.c_str(), F_OK) != 0) {
    ASSERT_EQ(waitpid(client, nullptr, WNOHANG), 0) << "the client ended";
    usleep(10'000);
  }
  const int descriptors = daemon.Descriptors();
  kill(client, SIGKILL);
  waitpid(client, nullptr, 0);
  // Both lanes are free again, long before a sleeper would have ended, and
  // what it ran in is gone.
  grpc::ClientContext context;
  v1::VerifyRequest request;
  for (int i = 0; i < 4; ++i) {
    *request.add_samples() = Stdio("a", "python", "print(1)", "", "1");
  }
  v1::VerifyResponse response;
  ASSERT_TRUE(daemon.NewStub()->Verify(&context, request, &response).ok());
  for (const v1::Report& report : response.reports()) {
    EXPECT_EQ(report.verdict(), v1::VERDICT_ACCEPTED)
        << report.ShortDebugString();
  }
  while (daemon.Tree().size() > processes) usleep(10'000);
  // The service closes the killed client's connection when it learns of it,
  // which may be after it has answered the next.
  while (daemon.Descriptors() > descriptors) usleep(10'000);
  daemon.Signal(SIGTERM);
  EXPECT_EQ(daemon.Wait(), 0);
}

TEST(Lifecycle, SigtermMidwayFinishesOrRefusesEverySampleThenExits) {
  Daemon daemon;
  ASSERT_TRUE(daemon.Start(
      {"--code-lanes", "2", "--math-lanes", "1", "--grace-seconds", "4"}))
      << daemon.Log();
  auto stub = daemon.NewStub();
  grpc::ClientContext context;
  auto stream = stub->VerifyStream(&context);
  v1::VerifyRequest request = Maths(0, 500);
  for (int i = 0; i < 20; ++i) {
    *request.add_samples() = Stdio("s", "python", kSleeper, "", "1");
  }
  ASSERT_TRUE(stream->Write(request));
  std::set<uint64_t> reported;
  int cancelled = 0;
  bool signalled = false;
  v1::VerifyResponse response;
  std::vector<std::string> tree;
  while (stream->Read(&response)) {
    for (const v1::Report& report : response.reports()) {
      EXPECT_TRUE(reported.insert(report.ordinal()).second);
      if (report.cause() != v1::CAUSE_CANCELLED) continue;
      ++cancelled;
      EXPECT_FALSE(report.has_score());
    }
    if (signalled) continue;
    signalled = true;
    tree = daemon.Tree();
    daemon.Signal(SIGTERM);
  }
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(reported.size(), 520u);
  EXPECT_GE(cancelled, 20);
  EXPECT_EQ(daemon.Wait(), 0);
  EXPECT_THAT(daemon.Log(), HasSubstr("\"event\":\"stopped\""));
  EXPECT_NE(access((daemon.folder() + "/s").c_str(), F_OK), 0);
  AwaitGone(tree);
}

TEST(Lifecycle, ItEndsWithAFaultWhenItsSandboxIsKilled) {
  Daemon daemon;
  ASSERT_TRUE(daemon.Start({"--code-lanes", "1", "--math-lanes", "1"}))
      << daemon.Log();
  const std::vector<std::string> tree = daemon.Tree();
  int killed = 0;
  const std::string self = std::to_string(daemon.pid());
  std::ifstream children("/proc/" + self + "/task/" + self + "/children");
  for (pid_t child = 0; children >> child; ++killed) kill(child, SIGKILL);
  ASSERT_EQ(killed, 1);
  EXPECT_EQ(daemon.Wait(), 1);
  EXPECT_THAT(daemon.Log(), HasSubstr("sandbox_lost"));
  AwaitGone(tree);
}

TEST(Lifecycle, ASecondSignalEndsAtOnce) {
  Daemon daemon;
  ASSERT_TRUE(daemon.Start(
      {"--code-lanes", "1", "--math-lanes", "1", "--grace-seconds", "100000"}))
      << daemon.Log();
  auto stub = daemon.NewStub();
  grpc::ClientContext context;
  auto stream = stub->VerifyStream(&context);
  v1::VerifyRequest request = Maths(0, 1);
  *request.add_samples() = Stdio("s", "python", kSleeper, "", "1");
  ASSERT_TRUE(stream->Write(request));
  v1::VerifyResponse response;
  ASSERT_TRUE(stream->Read(&response));
  const std::vector<std::string> tree = daemon.Tree();
  daemon.Signal(SIGINT);
  while (daemon.Log().find("draining") == std::string::npos) usleep(10'000);
  daemon.Signal(SIGINT);
  EXPECT_EQ(daemon.Wait(), 128 + SIGINT);
  context.TryCancel();
  stream->Finish();
  AwaitGone(tree);
}

TEST(Lifecycle, ItDiesWithItsParentWhereAsked) {
  Daemon daemon;  // Only its folder and client are used.
  const std::string command =
      std::string(ASSAYD_BINARY) + " --code-lanes 1 --math-lanes 1 --listen " +
      daemon.address() + " --die-with-parent & echo $! > " + daemon.folder() +
      "/pid; wait";
  const pid_t parent =
      Spawn({"/bin/sh", "-c", command}, daemon.folder() + "/log");
  ASSERT_GT(parent, 0);
  ASSERT_TRUE(Answers(daemon)) << daemon.Log();
  pid_t child = 0;
  std::ifstream(daemon.folder() + "/pid") >> child;
  ASSERT_EQ(kill(child, 0), 0);
  kill(parent, SIGKILL);
  waitpid(parent, nullptr, 0);
  while (access((daemon.folder() + "/s").c_str(), F_OK) == 0) usleep(10'000);
  EXPECT_THAT(daemon.Log(), HasSubstr("draining"));
}

TEST(Lifecycle, WhatCannotBeIsRefusedAtTheStart) {
  Daemon daemon;
  EXPECT_FALSE(daemon.Start({"--queue-samples", "0"}));
  EXPECT_EQ(daemon.Wait(), 2);
  EXPECT_THAT(daemon.Log(), HasSubstr("queue-samples"));
  Daemon other;
  EXPECT_FALSE(other.Start({"--launcher", "/nonexistent"}));
  EXPECT_EQ(other.Wait(), 1);
  EXPECT_THAT(other.Log(), HasSubstr("cannot_start"));
}

}  // namespace
}  // namespace assay
