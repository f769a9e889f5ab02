// The command itself, run as people run it, against the fake server.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <set>
#include <string>

#include "clients/cli/report_line.h"
#include "tests/clients/fake_server.h"

namespace assay::cli {
namespace {

using testing::HasSubstr;

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class CliTest : public testing::Test {
 protected:
  std::string Path(const std::string& name) {
    return testing::TempDir() + "cli" + std::to_string(getpid()) + name;
  }
  void TearDown() override {
    for (const char* name : {"in", "out", "stdout", "stderr"}) {
      unlink(Path(name).c_str());
    }
  }
  // Runs `assay WORDS`; the exit code, or -1 where a signal ended it.
  int Assay(const std::string& words) {
    const std::string command = std::string(ASSAY_BINARY) + " " + words + " >" +
                                Path("stdout") + " 2>" + Path("stderr");
    const int status = system(command.c_str());
    stdout_ = ReadFile(Path("stdout"));
    stderr_ = ReadFile(Path("stderr"));
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  int Verify(const std::string& more = "") {
    return Assay("verify " + Path("in") + " -o " + Path("out") + " --server " +
                 fake_.address() + " " + more);
  }
  void WriteIn(const std::string& text) {
    std::ofstream(Path("in"), std::ios::binary) << text;
  }
  static std::string Sample(const std::string& id,
                            const std::string& problem = "ACCEPTED") {
    return R"({"id":")" + id + R"(","problem":")" + problem +
           R"(","math":{"gold":["1"],"answer":"1"}})" + "\n";
  }
  // Ids of the reports in OUT, in no order.
  std::multiset<std::string> OutIds() {
    std::multiset<std::string> ids;
    std::ifstream file(Path("out"));
    std::string line;
    while (std::getline(file, line)) {
      const auto report = ParseReportLine(line);
      EXPECT_TRUE(report) << line;
      if (report) ids.insert(report->id);
    }
    return ids;
  }

  FakeServer fake_;
  std::string stdout_;
  std::string stderr_;
};

using Ids = std::multiset<std::string>;

TEST_F(CliTest, PacksPlainMathematicsAndStreamsTheRest) {
  const std::string plain = R"({"id":"p","math":{"gold":["7"],)"
                            R"("answer":"WRONG_ANSWER"}})"
                            "\n";
  const std::string asking = R"({"id":"q","explain":true,)"
                             R"("math":{"gold":["7"],"answer":"7"}})"
                             "\n";
  WriteIn(Sample("a") + plain + asking + "nonsense\n");
  EXPECT_EQ(Verify("--packed"), 0) << stderr_;
  EXPECT_EQ(OutIds(), Ids({"a", "p", "q", Path("in") + ":4"}));
  ASSERT_EQ(fake_.pairs_calls().size(), 1u);
  EXPECT_EQ(fake_.pairs_calls()[0].answers(), "1WRONG_ANSWER");
  EXPECT_EQ(fake_.seen().count("q"), 1u);  // By the stream.
  EXPECT_THAT(ReadFile(Path("out")), HasSubstr("VERDICT_WRONG_ANSWER"));
  // Resumed: what is there is not asked again.
  WriteIn(Sample("a") + plain + Sample("b"));
  EXPECT_EQ(Verify("--packed"), 0) << stderr_;
  EXPECT_EQ(OutIds(), Ids({"a", "b", "p", "q", Path("in") + ":4"}));
  EXPECT_EQ(fake_.pairs_calls().back().answers(), "1");
}

TEST_F(CliTest, VerifiesAFile) {
  WriteIn(Sample("a") + Sample("b", "WRONG_ANSWER") + Sample("a"));
  EXPECT_EQ(Verify(), 0) << stderr_;
  EXPECT_EQ(OutIds(), Ids({"a", "a", "b"}));
  EXPECT_THAT(ReadFile(Path("out")),
              HasSubstr(R"("verdict":"VERDICT_WRONG_ANSWER","score":0)"));
  EXPECT_THAT(stderr_, HasSubstr("AC 2"));
  EXPECT_THAT(stderr_, HasSubstr("WA 1"));
}

TEST_F(CliTest, QuietSaysNothing) {
  WriteIn(Sample("a"));
  EXPECT_EQ(Verify("--quiet"), 0);
  EXPECT_EQ(stderr_, "");
}

TEST_F(CliTest, ReadsStdinAndWritesStdout) {
  WriteIn(Sample("a") + Sample("b"));
  EXPECT_EQ(Assay("verify - --quiet --server " + fake_.address() + " < " +
                  Path("in")),
            0);
  EXPECT_THAT(stdout_, HasSubstr(R"("id":"a")"));
  EXPECT_THAT(stdout_, HasSubstr(R"("id":"b")"));
}

TEST_F(CliTest, MalformedLinesCostThemselvesAlone) {
  WriteIn(Sample("a") + "nonsense\n" + R"({"id":"c","maths":{}})" + "\n" +
          Sample("d"));
  EXPECT_EQ(Verify(), 0);
  EXPECT_EQ(OutIds(), Ids({"a", Path("in") + ":2", "c", "d"}));
  const std::string out = ReadFile(Path("out"));
  EXPECT_THAT(out, HasSubstr("CAUSE_INVALID_SAMPLE"));
  EXPECT_THAT(out, HasSubstr("in:3: "));
  EXPECT_THAT(out, HasSubstr("maths"));
}

TEST_F(CliTest, ResumesWhereItStopped) {
  WriteIn(Sample("a") + Sample("b"));
  ASSERT_EQ(Verify(), 0);
  WriteIn(Sample("a") + Sample("b") + Sample("b") + Sample("c"));
  ASSERT_EQ(Verify(), 0);
  EXPECT_EQ(OutIds(), Ids({"a", "b", "b", "c"}));
  EXPECT_EQ(fake_.seen()["a"], 1);
  EXPECT_EQ(fake_.seen()["b"], 2);
  EXPECT_THAT(stderr_, HasSubstr("2 kept"));
  ASSERT_EQ(Verify("--no-resume"), 0);
  EXPECT_EQ(OutIds(), Ids({"a", "b", "b", "c"}));
  EXPECT_EQ(fake_.seen()["a"], 2);
}

TEST_F(CliTest, OurFaultHasItsExitCodeAndIsTriedAgain) {
  WriteIn(Sample("a") + Sample("h", "cause:HOST"));
  EXPECT_EQ(Verify(), 3);
  EXPECT_EQ(Verify(), 3);
  EXPECT_EQ(OutIds(), Ids({"a", "h"}));
  EXPECT_EQ(fake_.seen()["a"], 1);
  EXPECT_EQ(fake_.seen()["h"], 2);
}

TEST_F(CliTest, TheCallersFaultIsNotOurs) {
  WriteIn(Sample("g", "cause:INVALID_GOLD"));
  EXPECT_EQ(Verify(), 0);
}

TEST_F(CliTest, NoServerHasItsExitCode) {
  WriteIn(Sample("a"));
  fake_.Stop();
  EXPECT_EQ(Verify("--patience 0.3"), 2);
  EXPECT_THAT(stderr_, HasSubstr(fake_.address()));
}

TEST_F(CliTest, WrongCommandLinesAndFiles) {
  WriteIn(Sample("a"));
  EXPECT_EQ(Assay(""), 1);
  EXPECT_EQ(Assay("verify"), 1);
  EXPECT_EQ(Assay("fly"), 1);
  EXPECT_EQ(Assay("import odd x"), 1);
  EXPECT_EQ(Assay("import cases /nonexistent"), 1);
  EXPECT_EQ(Assay("report /nonexistent"), 1);
  EXPECT_EQ(Assay("report --by odd " + Path("in")), 1);
  EXPECT_EQ(Assay("verify /nonexistent --server " + fake_.address()), 1);
  EXPECT_EQ(Assay("verify " + Path("in") + " -o " + Path("in") + " --server " +
                  fake_.address()),
            1);
  EXPECT_EQ(ReadFile(Path("in")), Sample("a"));
  EXPECT_EQ(Assay("verify " + Path("in") + " -o /nonexistent/x --server " +
                  fake_.address()),
            1);
}

TEST_F(CliTest, AnInterruptLeavesAFileThatIsResumed) {
  WriteIn(Sample("a") + Sample("b") + Sample("c", "poison"));
  // The poisonous sample keeps the run going until it is interrupted.
  EXPECT_EQ(
      Assay("verify " + Path("in") + " -o " + Path("out") + " --server " +
            fake_.address() + " & pid=$!; sleep 1; kill -INT $pid; wait $pid"),
      130)
      << stderr_;
  EXPECT_EQ(OutIds().count("c"), 0u);
  WriteIn(Sample("a") + Sample("b") + Sample("c"));
  EXPECT_EQ(Verify(), 0) << stderr_;
  EXPECT_EQ(OutIds(), Ids({"a", "b", "c"}));
}

TEST_F(CliTest, Reports) {
  WriteIn(R"({"id":"1","verdict":"VERDICT_ACCEPTED","source":"s",)"
          R"("problem":"p","labels":{"expected":"PASS","model":"m"}})"
          "\n"
          R"({"id":"2","verdict":"UNDECIDED","source":"t","problem":"p"})"
          "\n");
  EXPECT_EQ(Assay("report " + Path("in")), 0);
  EXPECT_THAT(stdout_, HasSubstr("100.0 %"));
  EXPECT_THAT(stdout_, HasSubstr("UD UNDECIDED"));
  EXPECT_THAT(stdout_, HasSubstr("1 of 1 (100.0 %)"));
  EXPECT_EQ(Assay("report --by label:model " + Path("in")), 0);
  EXPECT_THAT(stdout_, HasSubstr("\nm "));
  EXPECT_EQ(Assay("report --html " + Path("in")), 0);
  EXPECT_THAT(stdout_, HasSubstr("</html>"));
  WriteIn("nonsense\n");
  EXPECT_EQ(Assay("report " + Path("in")), 4);
}

TEST_F(CliTest, ImportsAndTellsBadRows) {
  WriteIn(R"({"id":"m","gold":"1","prediction":"1","form":"bare"})"
          "\nnonsense\n");
  EXPECT_EQ(Assay("import cases " + Path("in")), 4);
  EXPECT_THAT(stdout_, HasSubstr(R"({"id":"m")"));
  EXPECT_THAT(stderr_, HasSubstr("in:2: not JSON"));
}

TEST_F(CliTest, Explains) {
  EXPECT_EQ(Assay("explain 1 1 --server " + fake_.address()), 0) << stderr_;
  EXPECT_THAT(stdout_, HasSubstr("ACCEPTED"));
  EXPECT_THAT(stdout_, HasSubstr("explained"));
  WriteIn("{\n \"id\": \"x\",\n \"problem\": \"WRONG_ANSWER\"}\n");
  EXPECT_EQ(Assay("explain " + Path("in") + " --server " + fake_.address()), 0);
  EXPECT_THAT(stdout_, HasSubstr("WRONG_ANSWER"));
  WriteIn("{\"odd\":1}");
  EXPECT_EQ(Assay("explain " + Path("in") + " --server " + fake_.address()), 1);
}

TEST_F(CliTest, DoctorTellsWhatIsMissing) {
  EXPECT_EQ(Assay("doctor --server " + fake_.address()), 0) << stderr_;
  EXPECT_THAT(stdout_, HasSubstr("Python 3.11"));
  EXPECT_THAT(stdout_, HasSubstr("no gcc"));
  EXPECT_THAT(stdout_, HasSubstr("landlock"));
  EXPECT_EQ(Assay("doctor --json --server " + fake_.address()), 0);
  EXPECT_THAT(stdout_, HasSubstr("\"verifier_version\":\"fake\""));
}

TEST_F(CliTest, HelpOfEveryCommand) {
  for (const char* command :
       {"", "verify", "import", "report", "explain", "doctor"}) {
    EXPECT_EQ(Assay(std::string(command) + " --help"), 0) << command;
    EXPECT_GT(stdout_.size(), 200u) << command;
  }
}

}  // namespace
}  // namespace assay::cli
