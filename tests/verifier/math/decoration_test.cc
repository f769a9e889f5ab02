// What decorates an answer changes no verdict: delimiters, marks, invisible
// signs, boxes, sentences. And whatever breaks it crashes nothing.
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "tests/verifier/math/judged.h"
#include "tests/verifier/math/triples.h"

namespace assay::math {
namespace {

bool Accepted(const std::string& gold, const std::string& answer,
              bool response = false) {
  MathSample task;
  task.golds = {gold};
  task.candidate = answer;
  task.is_response = response;
  return JudgeTask(std::move(task)).report.verdict == Verdict::kAccepted;
}

// Texts whose own marks would clash with what is put around them.
bool IsPlain(const std::string& text) {
  return text.find_first_of("$%`\"'*#\n") == std::string::npos &&
         text.find("boxed") == std::string::npos &&
         text.find("not ") == std::string::npos;
}

struct Decoration {
  const char* before;
  const char* after;
};

TEST(Decorations, AroundAnAnswerChangeNothing) {
  constexpr Decoration kDecorations[] = {
      {"$", "$"},
      {"$$", "$$"},
      {"\\(", "\\)"},
      {"\\[ ", " \\]"},
      {" ", " "},
      {"\xE2\x80\x8F", "\xE2\x80\x8E"},  // Right-to-left and left-to-right.
      {"\xE2\x80\x8B", ""},              // No width.
      {"\xC2\xA0", "\xC2\xA0"},
      {"\n", "\n"},
      {"\\boxed{", "}"},
      {"\\displaystyle ", ""},
  };
  for (const Triple& t : ReadTriples()) {
    if ((t.expected != '=' && t.expected != '#') || !IsPlain(t.answer) ||
        t.file == "words.tsv" || t.file == "broken.tsv") {
      continue;
    }
    for (const Decoration& d : kDecorations) {
      const std::string answer = d.before + t.answer + d.after;
      EXPECT_EQ(Accepted(t.gold, answer), t.expected == '=')
          << t.file << ":" << t.line << "  " << t.gold << "  |  " << answer;
    }
  }
}

TEST(Decorations, AResponseSaysWhatItsAnswerSays) {
  constexpr Decoration kResponses[] = {
      {"We add and find $\\boxed{", "}$. That is all."},
      {"<think>It may be \\boxed{17} or 3.</think>\nSo \\boxed{", "}"},
      {"Step 1: look at 5 apples.\n\n**Final Answer**\n\\[\\boxed{", "}\\]"},
  };
  for (const Triple& t : ReadTriples()) {
    if ((t.expected != '=' && t.expected != '#') || !IsPlain(t.answer) ||
        t.file == "broken.tsv" || t.file == "words.tsv") {
      continue;
    }
    for (const Decoration& d : kResponses) {
      EXPECT_EQ(Accepted(t.gold, d.before + t.answer + d.after, true),
                t.expected == '=')
          << t.file << ":" << t.line << "  " << t.gold << "  |  " << t.answer;
    }
  }
}

// One edit of a text: what transport, models and enemies do to it.
std::string Mutated(std::string text, std::mt19937_64* random) {
  static constexpr const char* kPieces[] = {"\\",
                                            "{",
                                            "}",
                                            "(",
                                            "$",
                                            "\\frac",
                                            "\xE2\x80\xAE",
                                            "\xF0\x9F\x98\x80",
                                            "<b>",
                                            "&lt;",
                                            "**",
                                            "\x01",
                                            "\xFF",
                                            "^",
                                            "_",
                                            "\\left",
                                            "\\\\",
                                            "\n\n",
                                            "\\boxed{",
                                            "...",
                                            "not ",
                                            " or ",
                                            "0",
                                            "-",
                                            ",",
                                            "\\text{",
                                            "</think>",
                                            "|",
                                            "\xC2\xB2",
                                            "mod",
                                            "\t",
                                            "e9999999"};
  auto below = [&](size_t n) { return n == 0 ? 0 : (*random)() % n; };
  const size_t at = below(text.size() + 1);
  switch (below(6)) {
    case 0:
      return text.substr(0, at);
    case 1:
      return text.erase(at, 1 + below(3));
    case 2:
      return text.insert(at, kPieces[below(std::size(kPieces))]);
    case 3:
      return text + text.substr(at);
    case 4: {
      const size_t times = 1 + below(300);
      std::string open, close;
      for (size_t i = 0; i < times; ++i) open += '(', close += ')';
      return open + text + close;
    }
    default:
      if (at < text.size()) text[at] = static_cast<char>(below(256));
      return text;
  }
}

// No edit crashes or costs more than its bound, and the sides may be
// exchanged unless a policy that was named says otherwise.
TEST(Mutations, StayWithinBoundsAndSymmetric) {
  const std::vector<Triple> triples = ReadTriples();
  std::mt19937_64 random(20251121);
  for (int i = 0; i < 12000; ++i) {
    const Triple& t = triples[random() % triples.size()];
    std::string answer = random() % 4 == 0
                             ? triples[random() % triples.size()].answer
                             : t.answer;
    for (uint64_t edits = random() % 4; edits > 0; --edits) {
      answer = Mutated(std::move(answer), &random);
    }
    const Judged forth = JudgePair(t.gold, answer);
    EXPECT_LE(forth.evidence().operations_count, 400'000u)
        << t.gold << " | " << answer;
    if (forth.report.verdict != Verdict::kAccepted ||
        !forth.evidence().policies.empty()) {
      continue;
    }
    const Judged back = JudgePair(answer, t.gold);
    EXPECT_TRUE(back.report.verdict == Verdict::kAccepted ||
                back.report.verdict == Verdict::kNoVerdict)
        << t.gold << " | " << answer << "  back: " << back.report.reason;
  }
}

}  // namespace
}  // namespace assay::math
