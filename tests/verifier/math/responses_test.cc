// Every line of responses.tsv: RESPONSE tab ANSWER tab MARK, where a return
// sign stands for a new line and "-" for nothing found.
#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "verifier/math/extract.h"

namespace assay::math {
namespace {

struct Response {
  int line = 0;
  std::string text;
  std::string answer;
  std::string mark;
};

std::vector<Response> ReadResponses() {
  constexpr std::string_view kReturn = "\xE2\x8F\x8E";
  std::vector<Response> responses;
  std::ifstream in(std::string(ASSAY_SOURCE_DIR) +
                   "/tests/verifier/math/responses.tsv");
  std::string text;
  for (int line = 1; std::getline(in, text); ++line) {
    if (text.empty() || text.compare(0, 2, "# ") == 0) continue;
    const size_t first = text.find('\t');
    const size_t second = text.find('\t', first + 1);
    EXPECT_NE(second, std::string::npos) << line;
    if (second == std::string::npos) continue;
    Response r{line, text.substr(0, first),
               text.substr(first + 1, second - first - 1),
               text.substr(second + 1)};
    for (size_t at = r.text.find(kReturn); at != std::string::npos;
         at = r.text.find(kReturn)) {
      r.text.replace(at, kReturn.size(), "\n");
    }
    responses.push_back(std::move(r));
  }
  return responses;
}

TEST(Responses, GiveTheirAnswer) {
  EXPECT_GE(ReadResponses().size(), 120u);
  for (const Response& r : ReadResponses()) {
    const Extraction x = Extract(r.text, ExtractOptions());
    EXPECT_EQ(x.found ? x.text : "-", r.answer) << r.line << ": " << r.text;
    EXPECT_EQ(x.found ? x.mark : "-", r.mark) << r.line << ": " << r.text;
  }
}

// The span that is named holds the answer, where it is one piece.
TEST(Responses, NameTheSpan) {
  for (const Response& r : ReadResponses()) {
    const Extraction x = Extract(r.text, ExtractOptions());
    if (!x.found) continue;
    ASSERT_LE(x.begin_bytes, x.end_bytes);
    ASSERT_LE(x.end_bytes, r.text.size());
    const std::string span =
        r.text.substr(x.begin_bytes, x.end_bytes - x.begin_bytes);
    if (x.text.find(", ") == std::string::npos) {
      EXPECT_EQ(span, x.text) << r.line;
    }
  }
}

// What stands before the answer, on other lines, changes nothing.
TEST(Responses, AreReadFromTheEnd) {
  for (const Response& r : ReadResponses()) {
    const Extraction x = Extract(r.text, ExtractOptions());
    if (!x.found || x.mark == "whole text") continue;
    const Extraction y = Extract(
        "Let us count to 17 first, and see.\n\n" + r.text, ExtractOptions());
    EXPECT_EQ(y.text, x.text) << r.line << ": " << r.text;
  }
}

}  // namespace
}  // namespace assay::math
