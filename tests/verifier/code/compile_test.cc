// Which ends of a compiler are believed at once, tried again, and kept.
#include "verifier/code/compile.h"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <vector>

#include "tests/verifier/code/fake_lane.h"

namespace assay::code {
namespace {

using sandbox::Outcome;
using sandbox::RunResult;

constexpr char kKilled[] =
    "gcc: fatal error: Killed signal terminated program cc1\n";
constexpr char kLinkerKilled[] =
    "collect2: fatal error: ld terminated with signal 9 [Killed]\n";

RunResult Complaint(const std::string& text) {
  RunResult result;
  result.outcome = Outcome::kExited;
  result.exit_code = 1;
  result.stderr_text = text;
  return result;
}

RunResult Limit() {
  RunResult result;
  result.outcome = Outcome::kMemory;
  return result;
}

RunResult Binary() {
  RunResult result;
  result.outcome = Outcome::kExited;
  result.files = {{"a.out", "binary"}};
  return result;
}

struct Row {
  const char* name;
  std::vector<RunResult> results;
  size_t runs;  // Of the first compilation.
  bool built;
  bool kept;  // The second compilation needs no run.
};

TEST(Compile, TriesAKilledCompilerAgainAndKeepsWhatIsTheSources) {
  const Row rows[] = {
      {"built", {Binary()}, 1, true, true},
      {"does not parse", {Complaint("a.c:1: error")}, 1, false, true},
      {"limit", {Limit()}, 1, false, false},
      {"killed once", {Complaint(kKilled), Binary()}, 2, true, true},
      {"linker killed", {Complaint(kLinkerKilled), Binary()}, 2, true, true},
      {"killed, then an error",
       {Complaint(kKilled), Complaint("a.c:1: error")},
       2,
       false,
       true},
      {"killed twice",
       {Complaint(kKilled), Complaint(kKilled)},
       2,
       false,
       false},
  };
  for (const Row& row : rows) {
    CodeWorld world("");
    FakeLane lane;
    const std::atomic<bool> cancelled{false};
    Runner runner(&world, &lane, &cancelled);
    for (const RunResult& result : row.results) lane.results.push_back(result);
    const Sources sources = {{"main.c", "int main(void) {}"}};
    const Compiled first = Compile(&runner, *FindLanguage("c"), sources);
    EXPECT_EQ(lane.commands.size(), row.runs) << row.name;
    EXPECT_EQ(first.binary != nullptr, row.built) << row.name;
    if (!row.built) {
      EXPECT_EQ(first.verdict, Verdict::kCompileError) << row.name;
    }
    lane.results = {Binary()};
    Compile(&runner, *FindLanguage("c"), sources);
    EXPECT_EQ(lane.commands.size(), row.runs + (row.kept ? 0 : 1)) << row.name;
  }
}

}  // namespace
}  // namespace assay::code
