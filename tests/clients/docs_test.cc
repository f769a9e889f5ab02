// docs/SAMPLES.md shows whole lines; each must be what it says it is.
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "proto/assay/v1/report.pb.h"
#include "proto/assay/v1/sample.pb.h"

namespace assay::cli {
namespace {

struct Lines {
  std::vector<std::string> samples;
  std::vector<std::string> reports;
};

// The one-line blocks after `Sample:` and `Report:`.
Lines ReadLines() {
  Lines lines;
  std::ifstream file(ASSAY_SOURCE_DIR "/docs/SAMPLES.md");
  std::string line;
  std::vector<std::string>* target = nullptr;
  bool inside = false;
  while (std::getline(file, line)) {
    if (line == "Sample:") target = &lines.samples;
    if (line == "Report:") target = &lines.reports;
    if (line.starts_with("```")) {
      inside = line == "```json";
    } else if (inside && target != nullptr) {
      target->push_back(line);
    }
  }
  return lines;
}

TEST(Docs, EveryLineIsASampleOrAReport) {
  const Lines lines = ReadLines();
  ASSERT_GE(lines.samples.size(), 11u);
  ASSERT_EQ(lines.samples.size(), lines.reports.size());
  std::set<int> tests;
  std::set<int> tasks;
  std::set<int> candidates;
  bool has_judge = false;
  bool has_interactor = false;
  for (size_t i = 0; i < lines.samples.size(); ++i) {
    v1::Sample sample;
    v1::Report report;
    const auto read =
        google::protobuf::util::JsonStringToMessage(lines.samples[i], &sample);
    EXPECT_TRUE(read.ok()) << read.message() << "\n" << lines.samples[i];
    const auto answered =
        google::protobuf::util::JsonStringToMessage(lines.reports[i], &report);
    EXPECT_TRUE(answered.ok()) << answered.message() << "\n"
                               << lines.reports[i];
    EXPECT_EQ(sample.id(), report.id());
    EXPECT_EQ(sample.source(), report.source());
    EXPECT_NE(report.verdict(), v1::VERDICT_UNSPECIFIED);
    tasks.insert(sample.task_case());
    tests.insert(sample.code().tests_case());
    candidates.insert(sample.math().candidate_case());
    has_judge |= sample.code().stdio().has_judge();
    has_interactor |= sample.code().stdio().has_interactor();
  }
  EXPECT_TRUE(tasks.count(v1::Sample::kCode) && tasks.count(v1::Sample::kMath));
  EXPECT_TRUE(tests.count(v1::CodeSample::kStdio) &&
              tests.count(v1::CodeSample::kCall) &&
              tests.count(v1::CodeSample::kAsserts));
  EXPECT_TRUE(has_judge && has_interactor);
  EXPECT_TRUE(candidates.count(v1::MathSample::kAnswer) &&
              candidates.count(v1::MathSample::kResponse));
}

}  // namespace
}  // namespace assay::cli
