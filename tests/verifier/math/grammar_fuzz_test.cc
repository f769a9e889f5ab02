// Seeded fuzz of the grammar and the extraction: whatever comes in, a tree
// within bounds or an error comes out.
#include <random>
#include <string>
#include <string_view>

#include "gtest/gtest.h"
#include "tests/verifier/math/random_answer.h"
#include "verifier/math/extract.h"
#include "verifier/math/parse.h"

namespace assay::math {
namespace {

constexpr std::string_view kPieces[] = {
    "\\frac",
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    "\\left",
    "\\right",
    "|",
    "\\|",
    "\\{",
    "\\}",
    "^",
    "_",
    "\\sqrt",
    "1",
    "23",
    ".",
    ",",
    "x",
    "abc",
    "\\pi",
    "\\sin",
    "\\log",
    "\\sum",
    "\\int",
    "dx",
    "\\lim",
    "\\to",
    "+",
    "-",
    "\\pm",
    "*",
    "/",
    "!",
    "'",
    "%",
    "$",
    "\\text{",
    "\\boxed{",
    "\\begin{",
    "\\end{",
    "pmatrix}",
    "cases}",
    "&",
    "\\\\",
    "=",
    "<",
    ">",
    "\\le",
    "\\in",
    "\\cup",
    "\\mid",
    "\\pmod",
    "\\bmod",
    ":",
    ";",
    " and ",
    " or ",
    "\\ldots",
    "\\mathbb{R}",
    "\\mathbb",
    "\xC2\xB2",
    "\xCF\x80",
    "\xE2\x89",
    "\xFF",
    "\n",
    "\t",
    "\0",
    " ",
    "\\",
    "\\over",
    "\\choose",
    "\\binom",
    "answer is ",
    "#### ",
    "**",
    "</think>",
    "<think>",
    "\\(",
    "\\)",
    "\\[",
    "\\]",
    "e",
    "i",
    "10^{",
    "0.(3)",
    "{,}",
    "\\overline{",
    "\\vec",
    "\\forall",
    "\\implies",
    "\\land",
    "<sup>",
    "&lt;",
    "\xE7\xAD\x94\xE6\xA1\x88",
};

// Reads and, where it is mathematics, prints and reads again.
void Exercise(std::string_view text, Arena* arena) {
  for (int choice = 0; choice < 2; ++choice) {
    ParseOptions options;
    options.choice = choice == 1;
    arena->Reset();
    const auto e = Parse(text, options, arena);
    if (!e.ok()) {
      EXPECT_FALSE(e.status().message().empty());
      continue;
    }
    EXPECT_LE((*e)->depth, Arena::kDepthMax);
    EXPECT_LE((*e)->begin_bytes, text.size());
    EXPECT_LE((*e)->end_bytes, text.size());
    const std::string printed = Print(**e);
    EXPECT_FALSE(Outline(**e).empty());
    EXPECT_FALSE(printed.empty());
  }
  ExtractOptions options;
  options.bare = text.size() % 2 == 0;
  options.choice = text.size() % 3 == 0;
  const Extraction x = Extract(text, options);
  if (!x.found) return;
  EXPECT_LE(x.begin_bytes, x.end_bytes);
  EXPECT_LE(x.end_bytes, text.size());
  EXPECT_FALSE(x.mark.empty());
  EXPECT_LE(x.text.size(), kTextBytesMax);
}

TEST(GrammarFuzz, Pieces) {
  Arena arena;
  std::mt19937_64 random(1);
  for (int round = 0; round < 60000; ++round) {
    std::string text;
    const size_t count = 1 + random() % 24;
    for (size_t i = 0; i < count; ++i) {
      text += kPieces[random() % std::size(kPieces)];
    }
    Exercise(text, &arena);
    ASSERT_FALSE(HasFailure()) << text;
  }
}

TEST(GrammarFuzz, Bytes) {
  Arena arena;
  std::mt19937_64 random(2);
  for (int round = 0; round < 30000; ++round) {
    std::string text(random() % 60, ' ');
    for (char& c : text) c = static_cast<char>(random());
    Exercise(text, &arena);
    ASSERT_FALSE(HasFailure());
  }
}

TEST(GrammarFuzz, MutatedAnswers) {
  Arena arena;
  std::mt19937_64 random(3);
  for (uint64_t round = 0; round < 30000; ++round) {
    std::string text = RandomAnswer(round).Answer();
    const size_t edits = 1 + random() % 3;
    for (size_t i = 0; i < edits && !text.empty(); ++i) {
      const size_t at = random() % text.size();
      switch (random() % 3) {
        case 0:
          text.erase(at, 1 + random() % 4);
          break;
        case 1:
          text[at] = static_cast<char>(32 + random() % 95);
          break;
        default:
          text.insert(at, kPieces[random() % std::size(kPieces)]);
      }
    }
    Exercise(text, &arena);
    ASSERT_FALSE(HasFailure()) << text;
  }
}

TEST(GrammarFuzz, LongRuns) {
  Arena arena;
  for (std::string_view piece : kPieces) {
    if (piece.empty()) continue;
    std::string text;
    while (text.size() + piece.size() <= kTextBytesMax) text += piece;
    Exercise(text, &arena);
    ASSERT_FALSE(HasFailure()) << piece;
  }
}

TEST(GrammarFuzz, MegabytesOfMarks) {
  constexpr size_t kBytes = 1 << 20;
  for (std::string_view piece :
       {"\\boxed{",   "\\boxed{}", "\\boxed{1} ",
        "answer is ", "A: ",       "#### ",
        "**",         "$",         "$1$",
        "\\(",        "\\[",       "<think>",
        "</think>",   "1 ",        "1,",
        "{",          "}",         "\\",
        "A ",         "(",         "\xE7\xAD\x94\xE6\xA1\x88\xE6\x98\xAF"}) {
    std::string text;
    text.reserve(kBytes + piece.size());
    while (text.size() < kBytes) text += piece;
    for (int options = 0; options < 4; ++options) {
      const Extraction x =
          Extract(text, {(options & 1) != 0, (options & 2) != 0});
      EXPECT_LE(x.text.size(), kTextBytesMax);
    }
  }
}

}  // namespace
}  // namespace assay::math
