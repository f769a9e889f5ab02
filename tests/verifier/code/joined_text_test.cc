#include "verifier/code/joined_text.h"

#include <gtest/gtest.h>

#include <string>

#include "verifier/code/c_lexer.h"

namespace assay::code {
namespace {

TEST(JoinedText, TheGuardIsMainsFirstStatement) {
  const auto text = JoinForCompletion(
      *FindLanguage("cpp"), "int f();",
      "// main() {\nconst char* s = \"main() {\";\nint x() { return '{'; }\n"
      "int main ( void )\n{ assert(f()); }\n");
  ASSERT_TRUE(text.ok());
  EXPECT_NE(text->find("{ struct AssayEnd"), std::string::npos);
  EXPECT_NE(text->find("( void )\n{ struct AssayEnd"), std::string::npos);
}

TEST(JoinedText, TestsWithoutAMainAreRefused) {
  for (const char* tests :
       {"", "assert(1);", "int main();", "/* int main() {}", "\"int main() {}",
        "void f() { int main() {} }", "R\"x(int main() {}"}) {
    EXPECT_FALSE(
        JoinForCompletion(*FindLanguage("cpp"), "int f();", tests).ok())
        << tests;
  }
}

struct Row {
  const char* tests;
  const char* altered;  // The first; null: none.
};

TEST(JoinedText, OneExpectationIsAltered) {
  const Row rows[] = {
      {"assert(f(2) == 4);", "assert(f(2) == 74);"},
      {"assert(f(2) == -4);", "assert(f(2) == -74);"},
      {"assert(f(2) == 0.5);", "assert(f(2) == 70.5);"},
      {"assert(f(2) == true);", "assert(f(2) == false);"},
      {"assert(f(\"a\") == \"b,(\");", "assert(f(\"a\") == \"~b,(\");"},
      {"assert(f('a') == 'b');", "assert(f('a') == '~');"},
      {"assert(f({1, 2}) == vector<int>({3}));",
       "assert(f({1, 2}) == vector<int>({73}));"},
      {"assert(f(7));", "assert(!(f(7)));"},
      {"assert(abs(f(7) - 2.5) < 1e-4);", "assert(!(abs(f(7) - 2.5) < 1e-4));"},
      {"assert(same(f(1), {2}));", "assert(same(f(1), {72}));"},
      {"assert(issame(f(1, 2), vector<string>{\"a\"}));",
       "assert(issame(f(1, 2), vector<string>{\"~a\"}));"},
      {"assert(same(f(1), {}));", "assert(!(same(f(1), {})));"},
      {"assert(same(f(1), 2) && true);", "assert(!(same(f(1), 2) && true));"},
      {"assert(holds(f(1), 2));", "assert(!(holds(f(1), 2)));"},
      {"assert(f(1) == 0x10);", "assert(!(f(1) == 0x10));"},
      {"assert(f(1) == 3 || true);", "assert(!(f(1) == 3 || true));"},
      {"return f(1) == 2 ? 0 : 1;", nullptr},
  };
  for (const Row& row : rows) {
    const auto altered = AlteredTests(row.tests, 0);
    if (!row.altered) {
      EXPECT_TRUE(altered.empty()) << row.tests;
      continue;
    }
    ASSERT_FALSE(altered.empty()) << row.tests;
    EXPECT_EQ(altered[0], row.altered);
  }
}

TEST(CLexer, TextsOfAllKinds) {
  const auto tokens = LexC(
      "#define x '\na'b' \"\\\"\" 1'000.5e+3 R\"(\")\" /* \" */ a==b // '");
  ASSERT_TRUE(tokens.ok());
  std::string all;
  for (const Token& token : *tokens) all += std::string(token.text) + "|";
  EXPECT_EQ(all, "a|'b'|\"\\\"\"|1'000.5e+3|R\"(\")\"|a|==|b|");
  EXPECT_FALSE(LexC("/*").ok());
  EXPECT_FALSE(LexC("'a").ok());
  EXPECT_FALSE(LexC("\"a\n\"").ok());
}

}  // namespace
}  // namespace assay::code
