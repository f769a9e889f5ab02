// Every line of conclusions.tsv: GOLD tab RESPONSE tab what comes out, "=" for
// accepted, "#" for wrong, "!" for anything but accepted. A return sign stands
// for a new line.
#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <utility>

#include "tests/verifier/math/judged.h"

namespace assay::math {
namespace {

bool ComesOut(Verdict verdict, char expected) {
  switch (expected) {
    case '=':
      return verdict == Verdict::kAccepted;
    case '#':
      return verdict == Verdict::kWrongAnswer;
    default:
      return verdict != Verdict::kAccepted;
  }
}

TEST(Conclusions, ComeOutAsTheySay) {
  constexpr std::string_view kReturn = "\xE2\x8F\x8E";
  std::ifstream in(std::string(ASSAY_SOURCE_DIR) +
                   "/tests/verifier/math/conclusions.tsv");
  std::string text;
  int rows = 0;
  for (int line = 1; std::getline(in, text); ++line) {
    if (text.empty() || text.compare(0, 2, "# ") == 0) continue;
    const size_t first = text.find('\t');
    const size_t second = text.find('\t', first + 1);
    ASSERT_NE(second, std::string::npos) << line;
    MathSample task;
    task.golds.push_back(text.substr(0, first));
    task.candidate = text.substr(first + 1, second - first - 1);
    task.is_response = true;
    for (size_t at = task.candidate.find(kReturn); at != std::string::npos;
         at = task.candidate.find(kReturn)) {
      task.candidate.replace(at, kReturn.size(), "\n");
    }
    const Judged j = JudgeTask(std::move(task));
    EXPECT_TRUE(ComesOut(j.report.verdict, text[second + 1]))
        << line << ": " << text << "  (" << Name(j.report.verdict) << ", "
        << j.evidence().answer_text << ", " << j.report.reason << ")";
    ++rows;
  }
  EXPECT_GE(rows, 120);
}

}  // namespace
}  // namespace assay::math
