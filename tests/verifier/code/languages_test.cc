#include "verifier/code/languages.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "verifier/code/lift/dialect.h"

namespace assay::code {
namespace {

using ::testing::HasSubstr;

TEST(LanguagesTest, TheTableReads) {
  for (const char* name : {"python", "c", "cpp"}) {
    ASSERT_NE(FindLanguage(name), nullptr) << name;
  }
  EXPECT_EQ(FindLanguage("cobol"), nullptr);
  EXPECT_EQ(FindLanguage(""), nullptr);
}

TEST(LanguagesTest, EveryRowIsWhole) {
  for (const Language& language : AllLanguages()) {
    EXPECT_FALSE(language.fences.empty()) << language.name;
    EXPECT_FALSE(language.artifact.empty()) << language.name;
    EXPECT_EQ(language.warm(), language.probe.empty()) << language.name;
    if (language.compiled()) {
      EXPECT_NE(language.artifact, language.source_file) << language.name;
    }
    if (!language.dialect.empty()) {
      EXPECT_NE(FindDialect(language.dialect), nullptr) << language.name;
    }
  }
}

struct Bad {
  const char* json;
  const char* says;
};

TEST(LanguagesTest, ARowThatIsWrongIsNamed) {
  const Bad kBad[] = {
      {"", "not a JSON list"},
      {"{}", "not a JSON list"},
      {"[1]", "row 1: not an object"},
      {R"([{"name": 3}])", "name: not a text"},
      {R"([{"name": "x"}])", "source_file"},
      {R"([{"name": "x", "source_file": "a/b", "run": ["/b"]}])",
       "source_file"},
      {R"([{"name": "x", "source_file": "a", "version": ["/b"]}])",
       "either run or profile"},
      {R"([{"name": "x", "source_file": "a", "run": ["ruby"],
            "version": ["/b"]}])",
       "ruby: not an absolute path"},
      {R"([{"name": "x", "source_file": "a", "run": ["/b"],
            "version": ["/b"], "memory_floor_bytes": -1}])",
       "memory_floor_bytes: not a count"},
      {R"([{"name": "x", "source_file": "a", "run": ["/b"],
            "version": ["/b"], "colour": 1}])",
       "colour: no such field"},
  };
  const size_t before = AllLanguages().size();
  for (const Bad& bad : kBad) {
    const absl::Status status = ExtendLanguages(bad.json);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << bad.json;
    EXPECT_THAT(std::string(status.message()), HasSubstr(bad.says));
  }
  EXPECT_EQ(AllLanguages().size(), before);
}

TEST(LanguagesTest, AnOperatorAddsAndReplacesRows) {
  ASSERT_TRUE(ExtendLanguages(R"([{"name": "perl", "fences": ["perl"],
      "source_file": "main.pl", "run": ["/usr/bin/perl", "main.pl"],
      "policy": "native", "version": ["/usr/bin/perl", "-v"],
      "probe": "exit 0;"}])")
                  .ok());
  ASSERT_NE(FindLanguage("perl"), nullptr);
  EXPECT_EQ(FindLanguage("perl")->artifact, "main.pl");
  const size_t count = AllLanguages().size();
  ASSERT_TRUE(ExtendLanguages(R"([{"name": "perl", "fences": ["pl"],
      "source_file": "main.pl", "run": ["/usr/bin/perl", "-w", "main.pl"],
      "policy": "native", "version": ["/usr/bin/perl", "-v"],
      "probe": "exit 0;"}])")
                  .ok());
  EXPECT_EQ(AllLanguages().size(), count);
  EXPECT_EQ(FindLanguage("perl")->run.size(), 3u);
}

}  // namespace
}  // namespace assay::code
