// Programs that mean to be accepted without being right, one a file, and
// their honest twins, in every language that is judged here. What a trick
// says on its first lines:
//
//   refused: RUNTIME_ERROR   the verdicts that it may get
//   tests: lists             hostile_tests/lists.LANGUAGE are its tests; not
//                            given: twice; stdio: 21 on stdin is 42 on stdout
//   first: easy              judged first by these tests, which it passes
//   time: 300                milliseconds of CPU time, where time is asked
//   forges: SHARED           joined with its tests it may pass, and says so
//
// and a twin: `honest: ISOLATED` or `honest: SHARED`, the integrity of its
// ACCEPTED, and the same tests. Assert tests of python are run twice, as a
// call plan and by an examiner.
#include "tests/sandbox/hostile_files.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "tests/verifier/code/judging.h"

namespace assay::code {
namespace {

using sandbox::HostileFile;

constexpr char kFolder[] = ASSAY_SOURCE_DIR "/tests/verifier/code/";

const std::string& LanguageOf(const HostileFile& file) {
  static const auto* const names = new std::map<std::string, std::string>{
      {"py", "python"},     {"c", "c"},     {"cpp", "cpp"},
      {"js", "javascript"}, {"sh", "bash"}, {"java", "java"},
      {"go", "go"},         {"rs", "rust"}, {"ts", "typescript"}};
  return names->at(file.language);
}

// Why the language cannot be judged here; empty: it can.
std::string Unavailable(const std::string& language) {
  if (!Judging::Get().boxed()) return "no sandbox here";
  for (const LanguageStatus& status : Languages(Judging::Get().world())) {
    if (status.name == language) return status.unavailable_reason;
  }
  return language + " is not offered";
}

std::string TestsOf(const HostileFile& file, const std::string& name) {
  std::ifstream in(std::string(kFolder) + "hostile_tests/" + name + "." +
                   file.language);
  EXPECT_TRUE(in.is_open()) << name << "." << file.language;
  return std::string(std::istreambuf_iterator<char>(in), {});
}

Report JudgeBy(const HostileFile& file, const std::string& tests) {
  CodeSample code;
  code.language = LanguageOf(file);
  code.program = file.source;
  if (tests == "stdio") {
    code.tests = StdioTests{{{"21\n", "42\n"}, {"-3\n", "-6\n"}}};
  } else {
    code.tests = AssertTests{TestsOf(file, tests), ""};
  }
  const std::string time = file.Said("time");
  // A runtime's own start must never decide where time is not the question.
  code.limits.time = absl::Milliseconds(time.empty() ? 10000 : std::stoi(time));
  code.limits.output_bytes = int64_t{1} << 20;
  Sample sample;
  sample.id = TestName(file);
  sample.task = std::move(code);
  sample.explain = true;
  return Judging::Get().Verify(sample);
}

// The names of the tests by which a file is judged.
std::vector<std::string> TestNames(const HostileFile& file) {
  const std::string said = file.Said("tests");
  if (!said.empty()) return {said};
  if (file.language == "py") return {"twice", "examined"};
  return {"twice"};
}

std::string Explained(const Report& report) {
  std::string text = report.reason;
  for (const std::string& line : report.explanation) text += "\n" + line;
  return text;
}

void ExpectRefused(const HostileFile& trick, const Report& report) {
  const std::string verdict(Name(report.verdict));
  if (report.verdict == Verdict::kAccepted && !trick.Said("forges").empty()) {
    EXPECT_EQ(Name(EvidenceOf(report).integrity), trick.Said("forges"));
    return;
  }
  const std::string allowed = " " + trick.Said("refused") + " ";
  EXPECT_NE(allowed.find(" " + verdict + " "), std::string::npos)
      << verdict << ": " << Explained(report);
}

class HostileFiles : public ::testing::TestWithParam<HostileFile> {};

TEST_P(HostileFiles, IsRefusedAndItsTwinIsNot) {
  const HostileFile& trick = GetParam();
  const std::string why_not = Unavailable(LanguageOf(trick));
  if (!why_not.empty()) GTEST_SKIP() << why_not;
  ASSERT_NE(trick.Said("refused"), "");
  if (const std::string first = trick.Said("first"); !first.empty()) {
    const Report report = JudgeBy(trick, first);
    EXPECT_EQ(Name(report.verdict), "ACCEPTED") << Explained(report);
  }
  for (const std::string& tests : TestNames(trick)) {
    ExpectRefused(trick, JudgeBy(trick, tests));
  }
  // After the trick, so that what it poisoned shows here.
  const HostileFile twin = sandbox::ReadHostileFile(trick.TwinPath());
  ASSERT_NE(twin.Said("honest"), "") << "no twin " << twin.path;
  for (const std::string& tests : TestNames(twin)) {
    const Report report = JudgeBy(twin, tests);
    EXPECT_EQ(Name(report.verdict), "ACCEPTED") << Explained(report);
    EXPECT_EQ(Name(EvidenceOf(report).integrity), twin.Said("honest"))
        << Explained(report);
  }
}

INSTANTIATE_TEST_SUITE_P(Tricks, HostileFiles,
                         ::testing::ValuesIn(sandbox::HostileFiles(
                             std::string(kFolder) + "hostile")),
                         [](const ::testing::TestParamInfo<HostileFile>& info) {
                           return TestName(info.param);
                         });

}  // namespace
}  // namespace assay::code
