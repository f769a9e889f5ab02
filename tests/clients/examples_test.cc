// Every sample of examples/ through the real service, as `make run` does it:
// each gets one report, with a verdict that its label allows.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>

#include "clients/cli/report_line.h"
#include "clients/cli/sample_line.h"
#include "clients/cli/words.h"

namespace assay::cli {
namespace {

struct Expected {
  std::string label;
  std::string source;
};

// By id, over all files of examples/.
std::map<std::string, Expected> ReadExamples() {
  std::map<std::string, Expected> examples;
  const std::string folder = ASSAY_SOURCE_DIR "/examples";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".jsonl") continue;
    std::ifstream file(entry.path());
    std::string line;
    while (std::getline(file, line)) {
      const ParsedLine parsed = ParseSampleLine(line, entry.path().string());
      // A line that is no sample is echoed as far as it can be read.
      const std::string& id =
          parsed.report ? parsed.report->id() : parsed.sample.id();
      const auto& labels =
          parsed.report ? parsed.report->labels() : parsed.sample.labels();
      const auto label = labels.find("expected");
      EXPECT_NE(label, labels.end()) << id;
      EXPECT_EQ(examples.count(id), 0u) << id;
      examples[id].label = label == labels.end() ? "" : label->second;
      examples[id].source =
          parsed.report ? parsed.report->source() : parsed.sample.source();
    }
  }
  return examples;
}

TEST(Examples, HoldEveryVerdictAndManyCandidates) {
  const auto examples = ReadExamples();
  EXPECT_GE(examples.size(), 80u);
  std::set<std::string> sources;
  for (const auto& [id, expected] : examples) sources.insert(expected.source);
  EXPECT_GE(sources.size(), 4u);
  for (int i = v1::VERDICT_ACCEPTED; i <= v1::VERDICT_NO_VERDICT; ++i) {
    const auto verdict = static_cast<v1::Verdict>(i);
    bool found = false;
    for (const auto& [id, expected] : examples) {
      // The first of its alternatives is what it is there for.
      found = found || expected.label.starts_with(VerdictName(verdict));
    }
    EXPECT_TRUE(found) << "no example must get " << VerdictName(verdict);
  }
}

// Verifies examples/FILES; each sample has one report that its label allows.
// How many reports name the text of the gold: packed ones do not.
size_t Verify(const std::string& files, const std::string& flags,
              size_t samples_count) {
  const auto examples = ReadExamples();
  const std::string out =
      testing::TempDir() + "examples" + std::to_string(getpid());
  const std::string command = "cd " ASSAY_SOURCE_DIR "/examples && " +
                              std::string(ASSAY_BINARY) + " verify --quiet " +
                              flags + " " + files + " -o " + out;
  const int status = system(command.c_str());
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
  std::set<std::string> seen;
  std::ifstream file(out);
  std::string line;
  size_t with_texts = 0;
  while (std::getline(file, line)) {
    const auto report = ParseReportLine(line);
    const auto example = examples.find(report ? report->id : "");
    if (example == examples.end()) {
      ADD_FAILURE() << line;
      continue;
    }
    EXPECT_TRUE(seen.insert(report->id).second) << report->id;
    EXPECT_EQ(Meets(example->second.label, report->verdict), true)
        << report->id << ": expected " << example->second.label << ", got "
        << VerdictName(report->verdict) << ": " << report->reason;
    EXPECT_EQ(report->score.has_value(), IsJudged(report->verdict)) << line;
    if (line.find("\"gold_text\"") != std::string::npos) ++with_texts;
  }
  EXPECT_EQ(seen.size(), samples_count);
  unlink(out.c_str());
  return with_texts;
}

size_t LinesOf(const std::string& name) {
  std::ifstream file(ASSAY_SOURCE_DIR "/examples/" + name);
  std::string line;
  size_t count = 0;
  while (std::getline(file, line)) ++count;
  return count;
}

TEST(Examples, GetTheVerdictsThatTheirLabelsAllow) {
  Verify("*.jsonl", "", ReadExamples().size());
}

TEST(Examples, GetTheSameVerdictsPacked) {
  const std::string files = "mathematics.jsonl broken.jsonl";
  const size_t count = LinesOf("mathematics.jsonl") + LinesOf("broken.jsonl");
  const size_t streamed = Verify(files, "", count);
  EXPECT_LT(Verify(files, "--packed", count), streamed / 2);
}

}  // namespace
}  // namespace assay::cli
