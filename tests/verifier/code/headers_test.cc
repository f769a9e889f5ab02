// Which programs get a precompiled header, of what, and when it is made.
#include "verifier/code/headers.h"

#include <gtest/gtest.h>

#include <atomic>
#include <string>

#include "absl/strings/str_cat.h"
#include "tests/verifier/code/fake_lane.h"

namespace assay::code {
namespace {

std::string Read(std::string_view source) {
  std::string text;
  for (std::string_view name : LeadingHeaders(source)) {
    absl::StrAppend(&text, text.empty() ? "" : " ", std::string(name));
  }
  return text;
}

TEST(Headers, AreTheLeadingStandardOnes) {
  const struct {
    const char* source;
    const char* headers;
  } rows[] = {
      {"#include <vector>\n#include<map>\nint x;", "map vector"},
      {"// A comment.\n/* And\n another. */\n #  include <map> // why\n\n",
       "map"},
      {"#include <map>\n#include <bits/stdc++.h>\n", "bits/stdc++.h"},
      {"#include <map>\nusing namespace std;\n#include <set>\n", "map"},
      // What stands before may change what follows.
      {"#define NDEBUG\n#include <cassert>\n", ""},
      {"#include <map>\n#define max\n#include <set>\n", "map"},
      {"#pragma GCC optimize(\"O3\")\n#include <map>\n", ""},
      {"#ifdef X\n#include <map>\n#endif\n", ""},
      {"int x;\n#include <map>\n", ""},
      // Lines that are more than they seem.
      {"#include <map> /*\n#include <set>\n*/", ""},
      {"#include <map> \\\n#include <set>\n", ""},
      {"// \\\n#include <set>\n", ""},
      {"/* #include <map>\n", ""},
      {"#include \"map\"\n", ""},
      {"#include <../../etc/passwd>\n", ""},
      {"#include <mapp>\n#include <map>\n", ""},
      {"#include <map\n", ""},
      {"", ""},
      {"#", ""},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(Read(row.source), row.headers) << row.source;
  }
}

sandbox::RunResult Made() {
  sandbox::RunResult result;
  result.outcome = sandbox::Outcome::kExited;
  result.files = {{kCompiledHeaderName, "compiled"}};
  return result;
}

TEST(Headers, AreMadeWhenSeenAgainAndThenKept) {
  CodeWorld world("");
  FakeLane lane;
  const std::atomic<bool> cancelled{false};
  Runner runner(&world, &lane, &cancelled);
  const Language& cpp = *FindLanguage("cpp");
  lane.results = {Made()};
  const std::string a = "#include <vector>\n#include <map>\nint a;";
  const std::string b = "#include <map>\n#include <vector>\nint b;";
  EXPECT_TRUE(HeadersFor(&runner, cpp, a).empty());
  EXPECT_TRUE(HeadersFor(&runner, cpp, "int c;").empty());
  EXPECT_TRUE(lane.commands.empty());
  const Tools tools = HeadersFor(&runner, cpp, b);
  ASSERT_EQ(tools.size(), 2u);
  EXPECT_EQ(*tools[0].content, "#include <map>\n#include <vector>\n");
  EXPECT_EQ(*tools[1].content, "compiled");
  ASSERT_EQ(lane.commands.size(), 1u);
  EXPECT_EQ(HeadersFor(&runner, cpp, a).size(), 2u);
  EXPECT_EQ(lane.commands.size(), 1u);
  EXPECT_TRUE(HeadersFor(&runner, *FindLanguage("c"), a).empty());
}

TEST(Headers, ThatAreNotMadeAreDoneWithout) {
  CodeWorld world("");
  FakeLane lane;
  const std::atomic<bool> cancelled{false};
  Runner runner(&world, &lane, &cancelled);
  const Language& cpp = *FindLanguage("cpp");
  sandbox::RunResult failed = Made();
  failed.exit_code = 1;
  lane.results = {failed};
  const std::string source = "#include <map>\n";
  EXPECT_TRUE(HeadersFor(&runner, cpp, source).empty());
  EXPECT_TRUE(HeadersFor(&runner, cpp, source).empty());
  EXPECT_TRUE(HeadersFor(&runner, cpp, source).empty());
  EXPECT_EQ(lane.commands.size(), 1u);
}

}  // namespace
}  // namespace assay::code
