// A real service whose launcher is killed under its samples: what was not
// theirs is tried again, and who breaks it twice is buried.
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <string>
#include <thread>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/e2e/daemon.h"
#include "tests/e2e/samples.h"

namespace assay {
namespace {

using ::testing::HasSubstr;

// Of the service's processes the first of that name; -1: none.
pid_t Find(const Daemon& daemon, const std::string& name) {
  for (const std::string& entry : daemon.Tree()) {
    const std::string pid = entry.substr(0, entry.find(' '));
    std::ifstream file("/proc/" + pid + "/comm");
    std::string its_name;
    std::getline(file, its_name);
    if (its_name == name) return std::stoi(pid);
  }
  return -1;
}

class Faults : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(daemon_.Start(
        {"--code-lanes", "1", "--math-lanes", "1", "--languages", "bash"}))
        << daemon_.Log();
  }
  void TearDown() override {
    daemon_.Signal(SIGTERM);
    EXPECT_EQ(daemon_.Wait(), 0) << daemon_.Log();
  }

  v1::Report Verify(const v1::Sample& sample) {
    v1::VerifyRequest request;
    *request.add_samples() = sample;
    grpc::ClientContext context;
    v1::VerifyResponse response;
    const grpc::Status status =
        daemon_.NewStub()->Verify(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response.reports_size() == 1 ? response.reports(0) : v1::Report();
  }

  // The same, and the launcher is killed `times` times while it runs.
  v1::Report VerifyUnderKills(const v1::Sample& sample, int times) {
    std::atomic<bool> over = false;
    std::thread killer([&] {
      pid_t last = -1;
      for (int killed = 0; killed < times && !over;) {
        const pid_t lane = Find(daemon_, "assay-lane-0");
        if (lane > 0 && lane != last && Find(daemon_, "sleep") > 0) {
          kill(lane, SIGKILL);
          last = lane;
          ++killed;
        }
        usleep(5'000);
      }
    });
    v1::Report report = Verify(sample);
    over = true;
    killer.join();
    return report;
  }

  Daemon daemon_;
};

TEST_F(Faults, OneDeathIsTriedAgain) {
  v1::Sample sample = Stdio("once", "bash", "sleep 1; echo 42", "", "42");
  const v1::Report report = VerifyUnderKills(sample, 1);
  EXPECT_EQ(report.verdict(), v1::VERDICT_ACCEPTED) << report.DebugString();
}

TEST_F(Faults, WhoBreaksTwoIsBuried) {
  v1::Sample sample = Stdio("often", "bash", "sleep 3; echo 42", "", "42");
  sample.set_source("breaker");
  const v1::Report report = VerifyUnderKills(sample, 100);
  EXPECT_EQ(report.verdict(), v1::VERDICT_NO_VERDICT) << report.DebugString();
  EXPECT_EQ(report.cause(), v1::CAUSE_POISON) << report.DebugString();
  EXPECT_FALSE(report.has_score());
  EXPECT_THAT(daemon_.Log(), HasSubstr("\"event\":\"poison\""));
  EXPECT_THAT(daemon_.Log(), HasSubstr("breaker"));
  EXPECT_EQ(Verify(Stdio("next", "bash", "echo 42", "", "42")).verdict(),
            v1::VERDICT_ACCEPTED);
}

}  // namespace
}  // namespace assay
