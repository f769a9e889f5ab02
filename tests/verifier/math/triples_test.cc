// Every line of triples/*.tsv: GOLD tab ANSWER tab what comes out.
//
//   =  equal, both ways round        #  different, both ways round
//   >  equal, but not exchanged      <  different, but equal exchanged
//   ?  undecided or different        !  the answer cannot be read
//
// A line that begins with "# " names a feature.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "tests/verifier/math/judged.h"

namespace assay::math {
namespace {

struct Triple {
  std::string file;
  int line = 0;
  std::string gold;
  std::string answer;
  char expected = ' ';
};

std::vector<Triple> ReadTriples() {
  std::vector<Triple> triples;
  std::set<std::filesystem::path> paths;
  const std::string folder =
      std::string(ASSAY_SOURCE_DIR) + "/tests/verifier/math/triples";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".tsv") paths.insert(entry.path());
  }
  for (const std::filesystem::path& path : paths) {
    std::ifstream in(path);
    std::string text;
    for (int line = 1; std::getline(in, text); ++line) {
      if (text.empty() || text.compare(0, 2, "# ") == 0) continue;
      const size_t first = text.find('\t');
      const size_t second = text.find('\t', first + 1);
      EXPECT_NE(second, std::string::npos) << path << ":" << line;
      if (second == std::string::npos) continue;
      triples.push_back({path.filename().string(), line, text.substr(0, first),
                         text.substr(first + 1, second - first - 1),
                         text[second + 1]});
    }
  }
  return triples;
}

char Outcome(const Judged& j) {
  switch (j.report.verdict) {
    case Verdict::kAccepted:
      return '=';
    case Verdict::kWrongAnswer:
      return '#';
    case Verdict::kUndecided:
      return '?';
    default:
      return '!';
  }
}

std::string Where(const Triple& t, const Judged& j) {
  return t.file + ":" + std::to_string(t.line) + "  " + t.gold + "  |  " +
         t.answer + "  (" + j.report.reason + ", rung " + j.evidence().rung +
         ")";
}

TEST(Triples, AreManyAndOfManyFeatures) {
  EXPECT_GE(ReadTriples().size(), 900u);
}

TEST(Triples, ComeOutAsTheySay) {
  for (const Triple& t : ReadTriples()) {
    const Judged j = JudgePair(t.gold, t.answer);
    const char outcome = Outcome(j);
    if (t.expected == '?') {
      EXPECT_TRUE(outcome == '?' || outcome == '#') << Where(t, j);
    } else if (t.expected == '>') {
      EXPECT_EQ(outcome, '=') << Where(t, j);
    } else if (t.expected == '<') {
      EXPECT_EQ(outcome, '#') << Where(t, j);
    } else {
      EXPECT_EQ(std::string(1, outcome), std::string(1, t.expected))
          << Where(t, j);
    }
  }
}

TEST(Triples, ComeOutAlikeExchanged) {
  for (const Triple& t : ReadTriples()) {
    if (t.expected == '!') continue;
    const Judged j = JudgePair(t.answer, t.gold);
    const bool equal = Outcome(j) == '=';
    EXPECT_EQ(equal, t.expected == '=' || t.expected == '<')
        << "exchanged: " << Where(t, j);
  }
}

// Every side is equal to itself, and explaining changes nothing.
TEST(Triples, EverySideIsItself) {
  for (const Triple& t : ReadTriples()) {
    if (t.gold.empty()) continue;
    EXPECT_EQ(Outcome(JudgePair(t.gold, t.gold)), '=') << t.gold;
    MathSample task;
    task.golds = {t.gold};
    task.candidate = t.answer;
    EXPECT_EQ(Outcome(JudgeTask(task, true)), Outcome(JudgeTask(task, false)))
        << t.gold << " | " << t.answer;
  }
}

}  // namespace
}  // namespace assay::math
