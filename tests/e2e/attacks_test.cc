// Programs that attack the machine through a real service: what they try must
// not happen, and must not be seen in any report.
//
// Each prints `clean` where its tricks came to nothing, and `leaked` where one
// worked, so that WRONG_ANSWER says that an attack succeeded. What the machine
// itself can tell is asked of it too: a listener that must have no visitor,
// files that must not be there, processes that must be gone.
#include "tests/e2e/attacks.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/e2e/daemon.h"
#include "tests/e2e/samples.h"

namespace assay {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::string Secret(const char* prefix) {
  std::random_device random;
  return absl::StrCat(prefix, random(), "x", random());
}

// A TCP listener on the loopback that counts its visitors.
class Listener {
 public:
  Listener() : fd_(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0)) {
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    auto* const plain = reinterpret_cast<sockaddr*>(&address);
    if (bind(fd_, plain, size) == 0 && listen(fd_, 64) == 0 &&
        getsockname(fd_, plain, &size) == 0) {
      port_ = ntohs(address.sin_port);
    }
  }
  ~Listener() { close(fd_); }
  int port() const { return port_; }
  int Visitors() {
    for (int visitor; (visitor = accept(fd_, nullptr, nullptr)) >= 0;) {
      close(visitor);
      ++visitors_;
    }
    return visitors_;
  }

 private:
  const int fd_;
  int port_ = 0;
  int visitors_ = 0;
};

// Processes of this machine whose name or command line says `marker`.
std::vector<std::string> Marked(const std::string& marker) {
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    const std::string pid = entry.path().filename();
    if (pid.find_first_not_of("0123456789") != std::string::npos) continue;
    for (const char* name : {"/comm", "/cmdline"}) {
      std::ifstream file(entry.path().string() + name);
      std::string text((std::istreambuf_iterator<char>(file)), {});
      if (text.find(marker) != std::string::npos) found.push_back(pid);
    }
  }
  return found;
}

// Files of this machine, where programs may hope to write, named by `marker`.
std::vector<std::string> Written(const std::string& marker,
                                 const std::string& folder) {
  std::vector<std::string> found;
  for (const std::string& place :
       {std::string("/"), std::string("/tmp"), std::string("/var/tmp"),
        std::string("/dev/shm"), std::string("/etc"), std::string("/usr/bin"),
        std::string("/box"), folder}) {
    const std::string path = place + "/" + marker;
    if (access(path.c_str(), F_OK) == 0) found.push_back(path);
  }
  return found;
}

class AttacksTest : public ::testing::Test {
 protected:
  void SetUp() override {
    setenv("ASSAY_TEST_CANARY", canary_.c_str(), 1);
    std::ofstream(daemon_.folder() + "/canary") << canary_;
    ASSERT_GT(listener_.port(), 0);
    ASSERT_TRUE(daemon_.Start({"--code-lanes", "2", "--math-lanes", "1"}))
        << daemon_.Log();
    grpc::ClientContext context;
    ASSERT_TRUE(
        daemon_.NewStub()
            ->GetCapabilities(&context, v1::GetCapabilitiesRequest(), &able_)
            .ok());
  }
  void TearDown() override {
    unsetenv("ASSAY_TEST_CANARY");
    daemon_.Signal(SIGTERM);
    EXPECT_EQ(daemon_.Wait(), 0) << daemon_.Log();
  }

  bool Offers(const std::string& language) const {
    for (const v1::Language& offered : able_.languages()) {
      if (offered.name() == language) return offered.available();
    }
    return false;
  }

  // What an attack knows of its target: all that could be guessed.
  std::string Aim(const std::string& program) const {
    return absl::StrReplaceAll(program,
                               {{"@PORT@", std::to_string(listener_.port())},
                                {"@CANARY@", "ASSAY_TEST_CANARY"},
                                {"@START@", canary_.substr(0, 6)},
                                {"@FILE@", daemon_.folder() + "/canary"},
                                {"@FOLDER@", daemon_.folder()},
                                {"@SOCKET@", daemon_.folder() + "/s"},
                                {"@MARKER@", marker_},
                                {"@PID@", std::to_string(daemon_.pid())}});
  }

  std::vector<v1::Report> Verify(const std::vector<v1::Sample>& samples) {
    v1::VerifyRequest request;
    for (const v1::Sample& sample : samples) *request.add_samples() = sample;
    grpc::ClientContext context;
    v1::VerifyResponse response;
    const grpc::Status status =
        daemon_.NewStub()->Verify(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return {response.reports().begin(), response.reports().end()};
  }

  v1::Sample Attack(const HostileProgram& attack) const {
    v1::Sample sample =
        Stdio(attack.name, attack.language, Aim(attack.program), "", "clean\n");
    sample.mutable_code()->set_report_output(true);
    sample.mutable_code()->mutable_limits()->set_time_limit_ms(5000);
    return sample;
  }

  // The canary's start is in the programs, the whole of it is not.
  const std::string canary_ = Secret("Canary");
  const std::string marker_ = Secret("mk").substr(0, 12);
  Listener listener_;
  Daemon daemon_;
  v1::Capabilities able_;
};

TEST_F(AttacksTest, NoneSucceedsAndNothingIsLeft) {
  std::vector<v1::Sample> samples;
  for (const HostileProgram& attack : kHostilePrograms) {
    if (Offers(attack.language)) samples.push_back(Attack(attack));
  }
  if (samples.empty()) GTEST_SKIP() << "no language is available";
  // What a run needs and keeps between runs is there before the count.
  ASSERT_EQ(Verify({Stdio("warm", "python", "print(1)", "", "1"),
                    Stdio("warm", "python", "print(2)", "", "2")})
                .size(),
            2u);
  const std::size_t processes = daemon_.Tree().size();
  for (int round = 0; round < 2; ++round) {
    for (v1::Sample& sample : samples) sample.set_fresh(true);
    for (const v1::Report& report : Verify(samples)) {
      EXPECT_THAT(report.verdict(),
                  AnyOf(v1::VERDICT_ACCEPTED, v1::VERDICT_SECURITY_VIOLATION,
                        v1::VERDICT_RUNTIME_ERROR))
          << report.DebugString();
      EXPECT_THAT(report.DebugString(), Not(HasSubstr(canary_))) << report.id();
    }
  }
  EXPECT_EQ(listener_.Visitors(), 0);
  EXPECT_THAT(Written(marker_, daemon_.folder()), IsEmpty());
  EXPECT_THAT(Marked(marker_), IsEmpty());
  EXPECT_THAT(daemon_.Log(), Not(HasSubstr(canary_)));
  // Runs that were killed are reaped a moment later; ctest bounds the wait.
  while (daemon_.Tree().size() > processes) usleep(10'000);
  const auto after = Verify({Stdio("after", "python", "print(6 * 7)", "", "42"),
                             Math("sum", "1/2", "0.5")});
  ASSERT_EQ(after.size(), 2u);
  EXPECT_EQ(after[0].verdict(), v1::VERDICT_ACCEPTED);
  EXPECT_EQ(after[1].verdict(), v1::VERDICT_ACCEPTED);
}

TEST_F(AttacksTest, AFunctionThatSpiesReturnsNothingOfTheService) {
  if (!Offers("python")) GTEST_SKIP() << "python is not available";
  const std::string spy = Aim(R"(
import glob, os
def f(x):
    seen = dict(os.environ)
    for path in glob.glob('/proc/*/environ') + ['@FILE@']:
        try:
            seen[path] = open(path, 'rb').read().decode('latin1')
        except OSError:
            pass
    return repr(seen)
)");
  v1::Sample call = Call("call", spy, "[1]", "\"\"");
  call.mutable_code()->set_report_output(true);
  v1::Sample asserts = Asserts("asserts", spy, "assert f(1) == ''\n");
  asserts.mutable_code()->set_report_output(true);
  for (const v1::Report& report : Verify({call, asserts})) {
    EXPECT_EQ(report.verdict(), v1::VERDICT_WRONG_ANSWER)
        << report.DebugString();
    EXPECT_THAT(report.DebugString(), Not(HasSubstr(canary_)));
  }
}

// The twin that shows that the programs can tell: with the secrets in reach
// they find them.
TEST_F(AttacksTest, TheMachineItselfWouldHaveBeenSeen) {
  std::ifstream environment("/proc/" + std::to_string(daemon_.pid()) +
                            "/environ");
  const std::string text((std::istreambuf_iterator<char>(environment)), {});
  EXPECT_THAT(text, HasSubstr(canary_));
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<uint16_t>(listener_.port()));
  EXPECT_EQ(connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof(address)),
            0);
  close(fd);
  EXPECT_EQ(listener_.Visitors(), 1);
}

}  // namespace
}  // namespace assay
