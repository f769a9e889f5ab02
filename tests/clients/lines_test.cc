// Lines in and out: the reader, samples, and the file of reports.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>

#include "clients/cli/input.h"
#include "clients/cli/line_reader.h"
#include "clients/cli/output.h"
#include "clients/cli/sample_line.h"
#include "clients/cli/server.h"

namespace assay::cli {
namespace {

using testing::HasSubstr;

std::string Path(const std::string& name) {
  return testing::TempDir() + "lines" + std::to_string(getpid()) + name;
}

std::string WriteFile(const std::string& name, const std::string& text) {
  const std::string path = Path(name);
  std::ofstream(path, std::ios::binary) << text;
  return path;
}

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> Lines(const std::string& text) {
  FILE* file = fopen(WriteFile("r", text).c_str(), "rb");
  LineReader reader(fileno(file), nullptr);
  std::vector<std::string> lines;
  std::string line;
  while (reader.Read(&line) == LineReader::Outcome::kLine) {
    lines.push_back(line);
  }
  EXPECT_EQ(reader.offset_bytes(), text.size());
  fclose(file);
  return lines;
}

TEST(LineReader, EndsOfLines) {
  using L = std::vector<std::string>;
  EXPECT_EQ(Lines(""), L());
  EXPECT_EQ(Lines("a"), L({"a"}));
  EXPECT_EQ(Lines("a\n"), L({"a"}));
  EXPECT_EQ(Lines("a\r\nb\n\nc"), L({"a", "b", "", "c"}));
  EXPECT_EQ(Lines(std::string("x\0y\n", 4)), L({std::string("x\0y", 3)}));
}

TEST(LineReader, LinesLongerThanItsBuffer) {
  std::mt19937 random(7);
  std::vector<std::string> lines;
  std::string text;
  for (int i = 0; i < 40; ++i) {
    lines.emplace_back(random() % 700000, static_cast<char>('a' + i % 26));
    text += lines.back() + "\n";
  }
  EXPECT_EQ(Lines(text), lines);
}

TEST(LineReader, AnInterruptEndsAWait) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  std::atomic<bool> interrupted{true};
  LineReader reader(ends[0], &interrupted);
  std::string line;
  EXPECT_FALSE(reader.Ready());
  EXPECT_EQ(reader.Read(&line), LineReader::Outcome::kInterrupted);
  close(ends[0]);
  close(ends[1]);
}

TEST(SampleLine, ReadsASample) {
  const ParsedLine parsed =
      ParseSampleLine(R"({"id":"a","math":{"gold":["1"],"answer":"1"}})", "x");
  EXPECT_FALSE(parsed.report);
  EXPECT_EQ(parsed.sample.math().answer(), "1");
}

TEST(SampleLine, MalformedLinesAreNamed) {
  struct {
    std::string line;
    const char* id;
    const char* reason;
  } const kRows[] = {
      {"nonsense", "f:3", "not JSON"},
      {"[]", "f:3", "f:3"},
      {R"({"id":"a","code":{"lang":"c"}})", "a", "lang"},
      {R"({"id":"a","math":{"gold":7}})", "a", "gold"},
      {"{\"id\":\"a\",\"math\":{\"answer\":\"\xff\"}}", "a", "math.answer"},
      {"{\"id\":\"a\xfe\",\"math\":{}}", "a\xef\xbf\xbd", "id: invalid UTF-8"},
      {R"({"id":"a","code":{"solution":"x")", "a", "not JSON"},
      {std::string(10000, '['), "f:3", "f:3"},
  };
  for (const auto& row : kRows) {
    const ParsedLine parsed = ParseSampleLine(row.line, "f:3");
    ASSERT_TRUE(parsed.report) << row.line.substr(0, 80);
    EXPECT_EQ(parsed.report->verdict(), v1::VERDICT_NO_VERDICT);
    EXPECT_EQ(parsed.report->cause(), v1::CAUSE_INVALID_SAMPLE);
    EXPECT_FALSE(parsed.report->has_score());
    EXPECT_THAT(parsed.report->reason(), HasSubstr("f:3"));
    EXPECT_THAT(parsed.report->reason(), HasSubstr(row.reason));
    if (row.line.find("\"x\"") == std::string::npos) {
      EXPECT_EQ(parsed.report->id(), row.id) << row.line.substr(0, 80);
    }
  }
}

TEST(SampleLine, MalformedLinesEchoWhatCanBeRead) {
  const ParsedLine parsed = ParseSampleLine(
      R"({"id":"a","problem":"p","source":"s","labels":{"k":"v","n":1},)"
      R"("odd":1})",
      "f:3");
  ASSERT_TRUE(parsed.report);
  EXPECT_EQ(parsed.report->problem(), "p");
  EXPECT_EQ(parsed.report->source(), "s");
  EXPECT_EQ(parsed.report->labels_size(), 1);
  EXPECT_EQ(parsed.report->labels().at("k"), "v");
}

TEST(SampleLine, ReasonsAreOneLine) {
  for (const char* line : {"x", "{\"id\":\"a\"", "{} {}", "{\"a\":\x01}"}) {
    const ParsedLine parsed = ParseSampleLine(line, "f:3");
    ASSERT_TRUE(parsed.report) << line;
    for (const char c : parsed.report->reason()) {
      EXPECT_GE(static_cast<unsigned char>(c), 0x20) << line;
    }
  }
}

TEST(SampleLine, DepthCostsNoMoreThanItsBytes) {
  std::string objects;
  for (int i = 0; i < 100'000; ++i) objects += "{\"id\":";
  for (const std::string& line : {std::string(1'000'000, '['), objects}) {
    const ParsedLine parsed = ParseSampleLine(line, "f:3");
    ASSERT_TRUE(parsed.report);
    EXPECT_EQ(parsed.report->id(), "f:3");
  }
}

TEST(SampleLine, WhatIsEchoedIsBounded) {
  // No cut inside of a character.
  std::string id = "x";
  while (id.size() <= kReportIdBytesMax) id += "\xc3\xa9";
  size_t bad;
  EXPECT_EQ(MendUtf8(ReportId(id), &bad), ReportId(id));
  EXPECT_EQ(ReportId(id).size(), kReportIdBytesMax - 1);
  EXPECT_EQ(ReportId(ReportId(id)), ReportId(id));
  EXPECT_EQ(ReportId("a"), "a");
  v1::Sample sample;
  sample.set_problem(std::string(513, 'p'));
  sample.set_source("s");
  (*sample.mutable_labels())["k"] = std::string(4096, 'v');
  v1::Report report;
  Echo(sample, &report);
  EXPECT_EQ(report.problem(), "");
  EXPECT_EQ(report.source(), "s");
  EXPECT_EQ(report.labels_size(), 0);
}

TEST(SampleLine, MendsUtf8AsTheStandardSays) {
  size_t bad;
  EXPECT_EQ(MendUtf8("caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80", &bad),
            "caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80");
  EXPECT_EQ(bad, std::string::npos);
  for (const char* text : {"a\xc0\x80", "a\xed\xa0\x80", "a\xe2\x82",
                           "a\xf5\x80\x80\x80", "a\x80", "a\xf0\x8f\xbf\xbf"}) {
    const std::string mended = MendUtf8(text, &bad);
    EXPECT_EQ(bad, 1u);
    size_t none;
    EXPECT_EQ(MendUtf8(mended, &none), mended);
    EXPECT_EQ(none, std::string::npos);
  }
}

TEST(SampleLine, RandomBytesGiveAReportThatCanBeWritten) {
  std::mt19937 random(11);
  const std::string letters = "{}[]\":,\\ua1e\xff\xc3\xa9-";
  for (int i = 0; i < 3000; ++i) {
    std::string line;
    for (unsigned n = random() % 60; n > 0; --n) {
      line += letters[random() % letters.size()];
    }
    const ParsedLine parsed = ParseSampleLine(line, "f:1");
    if (parsed.report) {
      EXPECT_THAT(ToJsonLine(*parsed.report), HasSubstr("f:1"));
    }
  }
}

TEST(Input, SkipsBlankLinesAndNumbersTheOthers) {
  const std::string a = WriteFile("a", "\xef\xbb\xbf{\"id\":\"1\"}\n\n  \n!\n");
  const std::string b = WriteFile("b", "{\"id\":\"2\"}");
  Input input({a, b}, nullptr);
  Input::Entry entry;
  ASSERT_EQ(input.Next(&entry), Input::Outcome::kEntry);
  EXPECT_EQ(entry.id(), "1");
  ASSERT_EQ(input.Next(&entry), Input::Outcome::kEntry);
  EXPECT_EQ(entry.id(), a + ":4");
  EXPECT_EQ(entry.position, 1u);
  ASSERT_EQ(input.Next(&entry), Input::Outcome::kEntry);
  EXPECT_EQ(entry.id(), "2");
  EXPECT_EQ(entry.position, 2u);
  EXPECT_EQ(input.Next(&entry), Input::Outcome::kEnd);
  EXPECT_EQ(Input::CountSamples({a, b}), 3);
  EXPECT_EQ(Input::CountSamples({a, "-"}), -1);
}

TEST(Input, TellsAFileThatIsNotThere) {
  Input input({"/nonexistent/x"}, nullptr);
  Input::Entry entry;
  EXPECT_EQ(input.Next(&entry), Input::Outcome::kFailed);
  EXPECT_THAT(input.error(), HasSubstr("/nonexistent/x"));
}

v1::Report ReportOf(const std::string& id) {
  v1::Report report;
  report.set_id(id);
  report.set_verdict(v1::VERDICT_ACCEPTED);
  report.set_score(1);
  return report;
}

constexpr char kA[] = "{\"id\":\"a\",\"verdict\":\"VERDICT_ACCEPTED\"}\n";
constexpr char kB[] = "{\"id\":\"b\",\"verdict\":\"WA\"}\n";
constexpr char kHost[] =
    "{\"id\":\"h\",\"verdict\":\"NO_VERDICT\",\"cause\":\"CAUSE_HOST\"}\n";

TEST(Output, CountsIdsWithTheirMultiplicity) {
  const std::string path = WriteFile("m", std::string(kA) + kA + kB);
  auto output = Output::Open(path, /*resume=*/true);
  ASSERT_TRUE(output.ok());
  EXPECT_EQ((*output)->kept_count(), 3u);
  EXPECT_TRUE((*output)->TakeDone("a"));
  EXPECT_TRUE((*output)->TakeDone("a"));
  EXPECT_FALSE((*output)->TakeDone("a"));
  EXPECT_TRUE((*output)->TakeDone("b"));
  ASSERT_TRUE((*output)->Append(ReportOf("c")).ok());
  EXPECT_EQ(
      ReadFile(path),
      std::string(kA) + kA + kB +
          "{\"id\":\"c\",\"verdict\":\"VERDICT_ACCEPTED\",\"score\":1}\n");
}

TEST(Output, MendsATornLastLine) {
  const std::string full(kA);
  for (size_t cut = 0; cut <= full.size(); ++cut) {
    const std::string path = WriteFile("t", kB + full.substr(0, cut));
    auto output = Output::Open(path, /*resume=*/true);
    ASSERT_TRUE(output.ok()) << cut << output.status();
    // Only the newline may be missing of a report that counts.
    const bool whole = cut + 1 >= full.size();
    EXPECT_EQ((*output)->TakeDone("a"), whole) << cut;
    EXPECT_EQ(ReadFile(path), kB + (whole ? full : "")) << cut;
  }
}

TEST(Output, TriesOurFaultsAgain) {
  const std::string path = WriteFile("h", std::string(kA) + kHost + kB);
  auto output = Output::Open(path, /*resume=*/true);
  ASSERT_TRUE(output.ok());
  EXPECT_FALSE((*output)->TakeDone("h"));
  EXPECT_EQ(ReadFile(path), std::string(kA) + kB);
}

TEST(Output, RefusesToResumeWhatIsNoFileOfReports) {
  const std::string text = "{\"id\":\"a\",\"math\":{}}\n" + std::string(kA);
  const std::string path = WriteFile("n", text);
  EXPECT_EQ(Output::Open(path, /*resume=*/true).status().code(),
            absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReadFile(path), text);
}

TEST(Output, TwoRunsNeverWriteToOneFile) {
  const std::string path = testing::TempDir() + "locked_output";
  unlink(path.c_str());
  auto first = Output::Open(path, /*resume=*/true);
  ASSERT_TRUE(first.ok());
  for (const bool resume : {true, false}) {
    EXPECT_EQ(Output::Open(path, resume).status().code(),
              absl::StatusCode::kAborted);
  }
  v1::Report report;
  report.set_id("a");
  report.set_verdict(v1::VERDICT_NO_VERDICT);
  report.set_cause(v1::CAUSE_HOST);
  ASSERT_TRUE((*first)->Append(report).ok());
  first->reset();
  // Resuming puts a new file in its place, which is locked too.
  auto second = Output::Open(path, /*resume=*/true);
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_EQ((*second)->kept_count(), 0u);
  EXPECT_EQ(Output::Open(path, true).status().code(),
            absl::StatusCode::kAborted);
  report.set_verdict(v1::VERDICT_ACCEPTED);
  report.clear_cause();
  ASSERT_TRUE((*second)->Append(report).ok());
  second->reset();
  auto third = Output::Open(path, /*resume=*/true);
  ASSERT_TRUE(third.ok());
  EXPECT_TRUE((*third)->TakeDone("a"));
}

TEST(Server, FoldersOfKilledCommandsAreRemoved) {
  const std::string base = testing::TempDir() + "stale_folders";
  std::filesystem::remove_all(base);
  for (const char* name :
       {"assay-killed", "assay-living", "assay-fresh", "other"}) {
    std::filesystem::create_directories(base + "/" + name);
  }
  for (const char* name : {"assay-killed", "assay-living", "other"}) {
    std::ofstream(base + "/" + name + "/lock") << "";
  }
  std::filesystem::create_directory_symlink(base + "/other",
                                            base + "/assay-link");
  const int fd = open((base + "/assay-living/lock").c_str(), O_WRONLY);
  ASSERT_EQ(flock(fd, LOCK_EX), 0);
  RemoveStaleFolders(base);
  EXPECT_FALSE(std::filesystem::exists(base + "/assay-killed"));
  for (const char* name :
       {"assay-living", "assay-fresh", "other", "assay-link"}) {
    EXPECT_TRUE(std::filesystem::exists(base + "/" + name)) << name;
  }
  close(fd);
  RemoveStaleFolders(base);
  EXPECT_FALSE(std::filesystem::exists(base + "/assay-living"));
  RemoveStaleFolders(base + "/nowhere");
  std::filesystem::remove_all(base);
}

TEST(Output, OverwritesOnlyWhenAsked) {
  const std::string path = WriteFile("o", kA);
  ASSERT_TRUE(Output::Open(path, /*resume=*/false).ok());
  EXPECT_EQ(ReadFile(path), "");
}

}  // namespace
}  // namespace assay::cli
