// UTF-8, JSON and log lines: the small readers and writers of the edge.
#include <algorithm>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "verifier/server/json_check.h"
#include "verifier/server/log.h"
#include "verifier/server/utf8.h"

namespace assay::server {
namespace {

using ::testing::HasSubstr;

TEST(Utf8, KnowsWhatIsUtf8) {
  const std::vector<std::string> good = {
      "",
      "plain ascii that is longer than eight bytes",
      std::string(3, '\0'),
      "caf\xc3\xa9",
      "\xe2\x82\xac",
      "\xf0\x9f\x98\x80",
      "\xed\x9f\xbf",
      "\xee\x80\x80",
      "\xf4\x8f\xbf\xbf",
      "12345678\xc3\xa9"};
  for (const std::string& text : good) EXPECT_TRUE(IsUtf8(text)) << text;
  const std::vector<std::string> bad = {"\xff",
                                        "\x80",
                                        "\xc3",
                                        "\xc0\xaf",
                                        "\xc1\xbf",
                                        "\xe0\x80\x80",
                                        "\xed\xa0\x80",
                                        "\xf0\x80\x80\x80",
                                        "\xf4\x90\x80\x80",
                                        "\xf5\x80\x80\x80",
                                        "12345678\xc3",
                                        "\xe2\x82",
                                        "\xe2\x28\xa1",
                                        "\xf8\x88\x80\x80\x80"};
  for (const std::string& text : bad) EXPECT_FALSE(IsUtf8(text)) << text;
}

TEST(Utf8, MendsAndCutsAtCharacters) {
  EXPECT_EQ(ToUtf8("a\xff"
                   "b",
                   100),
            "a\xef\xbf\xbd"
            "b");
  bool cut = false;
  EXPECT_EQ(ToUtf8("ab\xc3\xa9", 3, &cut), "ab");
  EXPECT_TRUE(cut);
  EXPECT_EQ(ToUtf8("ab\xc3\xa9", 4, &cut), "ab\xc3\xa9");
  EXPECT_FALSE(cut);
  EXPECT_EQ(ToUtf8("\xe2\x82", 100), "\xef\xbf\xbd\xef\xbf\xbd");
}

TEST(Utf8, WhateverComesOutIsUtf8) {
  uint32_t state = 7;
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (int i = 0; i < 20; ++i) {
      state = state * 1664525 + 1013904223;
      text += static_cast<char>(state >> 24);
    }
    const std::string mended = ToUtf8(text, 30);
    EXPECT_TRUE(IsUtf8(mended));
    EXPECT_LE(mended.size(), 30u);
    if (IsUtf8(text)) {
      EXPECT_EQ(mended, text);
    }
  }
}

TEST(JsonCheck, TakesJson) {
  for (const char* text :
       {"0", "-0.5e+10", "[]", "{}", " [ ] ", "[[3, 1, 2], true]",
        "{\"a\": {\"b\": [null, false]}, \"\": 1}", "\"\\u00e9\\n\"", "[[],[]]",
        "123456789012345678901234567890", "1e999", "\t[1\r\n,2 ]"}) {
    EXPECT_TRUE(CheckJson(text, JsonKind::kAny).ok()) << text;
  }
  EXPECT_TRUE(CheckJson(std::string(100'000, '7'), JsonKind::kAny).ok());
}

TEST(JsonCheck, RefusesWhatIsNot) {
  const std::vector<std::string> bad = {"",
                                        " ",
                                        "[",
                                        "]",
                                        "[1",
                                        "[1,]",
                                        "[,1]",
                                        "[1 2]",
                                        "{1:2}",
                                        "{\"a\"}",
                                        "{\"a\":}",
                                        "{\"a\":1,}",
                                        "{,}",
                                        "01",
                                        "+1",
                                        "1.",
                                        ".5",
                                        "1e",
                                        "--1",
                                        "nul",
                                        "nulll",
                                        "NaN",
                                        "Infinity",
                                        "'a'",
                                        "\"a",
                                        "\"\\x\"",
                                        "\"\\u12\"",
                                        "\"\n\"",
                                        "[1]]",
                                        "1 1",
                                        "[}",
                                        "{]",
                                        std::string("\0", 1),
                                        std::string("[\0]", 3)};
  for (const std::string& text : bad) {
    EXPECT_FALSE(CheckJson(text, JsonKind::kAny).ok()) << text;
  }
}

TEST(JsonCheck, KnowsKinds) {
  EXPECT_TRUE(CheckJson(" [1]", JsonKind::kArray).ok());
  EXPECT_FALSE(CheckJson("{}", JsonKind::kArray).ok());
  EXPECT_FALSE(CheckJson("3", JsonKind::kArray).ok());
  EXPECT_TRUE(CheckJson("{}", JsonKind::kObject).ok());
  EXPECT_FALSE(CheckJson("[]", JsonKind::kObject).ok());
}

TEST(JsonCheck, DepthIsBounded) {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  EXPECT_TRUE(CheckJson(nested(kJsonDepthMax), JsonKind::kArray).ok());
  EXPECT_FALSE(CheckJson(nested(kJsonDepthMax + 1), JsonKind::kArray).ok());
  EXPECT_THAT(
      std::string(
          CheckJson(std::string(10'000'000, '['), JsonKind::kArray).message()),
      HasSubstr("deeper"));
}

TEST(JsonCheck, AgreesWithNlohmannOnSmallTexts) {
  const std::string alphabet = "[]{},:\"a1-.e0 tn\\";
  uint32_t state = 42;
  int valid = 0;
  for (int round = 0; round < 200'000; ++round) {
    std::string text;
    const int length = 1 + round % 7;
    for (int i = 0; i < length; ++i) {
      state = state * 1664525 + 1013904223;
      text += alphabet[(state >> 16) % alphabet.size()];
    }
    const bool expected = nlohmann::json::accept(text);
    valid += expected ? 1 : 0;
    ASSERT_EQ(CheckJson(text, JsonKind::kAny).ok(), expected) << text;
  }
  EXPECT_GT(valid, 1000);
}

TEST(Log, LinesAreJsonWhateverTheyHold) {
  const std::string line =
      FormatLog(LogLevel::kWarning, "fault",
                {{"reason", std::string("a\"\n\xff") + std::string(5000, 'x')},
                 {"lane", int64_t{3}},
                 {"threw", true},
                 {"share", 0.5}});
  ASSERT_EQ(line.find('\n'), line.size() - 1);
  const nlohmann::json json = nlohmann::json::parse(line);
  EXPECT_EQ(json["event"], "fault");
  EXPECT_EQ(json["level"], "warning");
  EXPECT_EQ(json["lane"], 3);
  EXPECT_EQ(json["threw"], true);
  EXPECT_LE(json["reason"].get<std::string>().size(), kLogValueBytesMax);
  EXPECT_THAT(json["ts"].get<std::string>(), HasSubstr("T"));
}

TEST(Log, AFloodIsLimitedAndCounted) {
  ::testing::internal::CaptureStderr();
  for (int i = 0; i < 1000; ++i) Log(LogLevel::kError, "flood", {});
  const std::string text = ::testing::internal::GetCapturedStderr();
  // At most two seconds were touched.
  EXPECT_LE(std::count(text.begin(), text.end(), '\n'),
            2 * kLogLinesPerSecond + 2);
  EXPECT_GE(std::count(text.begin(), text.end(), '\n'), kLogLinesPerSecond);
}

}  // namespace
}  // namespace assay::server
