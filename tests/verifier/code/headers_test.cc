// Which programs get a precompiled header, of what, and when it is made.
#include "verifier/code/headers.h"

#include <gtest/gtest.h>
#include <unistd.h>

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

class MadeHeaders : public ::testing::Test {
 protected:
  // What the command that compiles `source` is given.
  sandbox::Command Given(const std::string& source,
                         const char* language = "cpp") {
    sandbox::Command command;
    held_ = AddHeaders(&runner_, *FindLanguage(language), source, &command);
    EXPECT_EQ(held_ == nullptr, command.files.empty());
    return command;
  }

  CodeWorld world_{""};
  FakeLane lane_;
  const std::atomic<bool> cancelled_{false};
  Runner runner_{&world_, &lane_, &cancelled_};
  CompiledHeader held_;
};

TEST_F(MadeHeaders, ComeWhenSeenAgainAndAreThenKept) {
  lane_.results = {Made()};
  const std::string a = "#include <vector>\n#include <map>\nint a;";
  const std::string b = "#include <map>\n#include <vector>\nint b;";
  EXPECT_TRUE(Given(a).files.empty());
  EXPECT_TRUE(Given("int c;").files.empty());
  EXPECT_TRUE(lane_.commands.empty());
  const sandbox::Command command = Given(b);
  ASSERT_EQ(command.files.size(), 2u);
  EXPECT_EQ(command.files[0].path, kHeaderName);
  EXPECT_EQ(*command.files[0].content, "#include <map>\n#include <vector>\n");
  EXPECT_EQ(command.files[1].path, kCompiledHeaderName);
  EXPECT_EQ(command.files[1].channel, kHeaderChannel);
  ASSERT_EQ(command.channels.size(), 1u);
  EXPECT_EQ(command.channels[0].number, kHeaderChannel);
  char text[16] = {};
  EXPECT_EQ(pread(command.channels[0].fd, text, sizeof(text), 0), 8);
  EXPECT_STREQ(text, "compiled");
  EXPECT_LT(write(command.channels[0].fd, "x", 1), 0);
  ASSERT_EQ(lane_.commands.size(), 1u);
  EXPECT_EQ(Given(a).files.size(), 2u);
  EXPECT_EQ(lane_.commands.size(), 1u);
  EXPECT_TRUE(Given(a, "c").files.empty());
}

TEST_F(MadeHeaders, OfAllComeLater) {
  lane_.results = {Made()};
  const std::string source = "#include <bits/stdc++.h>\nint a;";
  for (int i = 1; i < kSightingsOfAll; ++i) {
    EXPECT_TRUE(Given(source).files.empty());
  }
  EXPECT_EQ(Given(source).files.size(), 2u);
  EXPECT_EQ(Given(source).files.size(), 2u);
  EXPECT_EQ(lane_.commands.size(), 1u);
}

TEST_F(MadeHeaders, ThatFailAreDoneWithout) {
  sandbox::RunResult failed = Made();
  failed.exit_code = 1;
  lane_.results = {failed};
  const std::string source = "#include <map>\n";
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(Given(source).files.empty());
  EXPECT_EQ(lane_.commands.size(), 1u);
}

}  // namespace
}  // namespace assay::code
