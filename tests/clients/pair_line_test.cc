// Lines of plain mathematics: what is taken is what the general reader reads,
// and a report is the one that the general writer writes.
#include "clients/cli/pair_line.h"

#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <random>

#include "clients/cli/sample_line.h"

namespace assay::cli {
namespace {

using google::protobuf::util::MessageDifferencer;

v1::Sample Whole(const PairLine& pair) {
  v1::Sample sample;
  sample.set_id(pair.id);
  sample.set_problem(pair.problem);
  sample.set_source(pair.source);
  for (const auto& [name, value] : pair.labels) {
    (*sample.mutable_labels())[name] = value;
  }
  sample.mutable_math()->add_gold(pair.gold);
  sample.mutable_math()->set_choice(pair.choice);
  if (pair.is_response) {
    sample.mutable_math()->set_response(pair.answer);
  } else {
    sample.mutable_math()->set_answer(pair.answer);
  }
  return sample;
}

// Whether it was taken; if so, as the general reader reads it.
bool Taken(const std::string& line) {
  const std::optional<PairLine> pair = ParsePairLine(line);
  if (!pair) return false;
  ParsedLine twin = ParseSampleLine(line, "here:1");
  EXPECT_FALSE(twin.report) << line;
  twin.sample.mutable_math()->clear_question();
  EXPECT_TRUE(MessageDifferencer::Equals(Whole(*pair), twin.sample))
      << line << "\n"
      << Whole(*pair).DebugString() << twin.sample.DebugString();
  return true;
}

TEST(ParsePairLine, TakesPlainPairs) {
  for (const char* line : {
           R"({"id":"a","math":{"gold":["1"],"answer":"1"}})",
           R"( { "math" : {"response":"so \\boxed{2}", "gold" : ["2"] } ,
               "id" : "a" } )",
           R"({"id":"a","problem":"p","source":"s","labels":{"k":"v","l":""},
               "math":{"choice":true,"gold":["B"],"answer":"\u00e9\ud83d\ude00",
               "question":"why?"}})",
           R"({"id":"\u0001","math":{"gold":["x"],"answer":"\"\\\n"}})",
       }) {
    EXPECT_TRUE(Taken(line)) << line;
  }
}

TEST(ParsePairLine, LeavesTheRestToTheGeneralReader) {
  const std::string name(513, 'n'), text((size_t{1} << 16) + 1, '1');
  const std::vector<std::string> lines = {
      "",
      "{}",
      "[]",
      "null",
      "7",
      R"({"id":"a"})",
      R"({"id":"","math":{"gold":["1"],"answer":"1"}})",
      R"({"math":{"gold":["1"],"answer":"1"}})",
      R"({"id":"a","math":{"gold":[],"answer":"1"}})",
      R"({"id":"a","math":{"gold":["1","2"],"answer":"1"}})",
      R"({"id":"a","math":{"gold":"1","answer":"1"}})",
      R"({"id":"a","math":{"gold":[["1"]],"answer":"1"}})",
      R"({"id":"a","math":{"gold":["1"]}})",
      R"({"id":"a","math":{"gold":["1"],"answer":""}})",
      R"({"id":"a","math":{"gold":["1"],"answer":"1","response":"1"}})",
      R"({"id":"a","math":{"gold":["1"],"answer":"1","answer":"2"}})",
      R"({"id":"a","id":"b","math":{"gold":["1"],"answer":"1"}})",
      R"({"id":"a","math":{"gold":["1"],"gold":["1"],"answer":"1"}})",
      R"({"id":"a","math":{"gold":["1"],"answer":"1","options":["x"]}})",
      R"({"id":"a","math":{"gold":["1"],"answer":"1","policy":{}}})",
      R"({"id":"a","math":{"gold":["1"],"answer":"1","choice":"true"}})",
      R"({"id":"a","math":{"gold":["1"],"answer":1}})",
      R"({"id":"a","math":{"gold":["1"],"answer":null}})",
      R"({"id":"a","math":[],"math":{"gold":["1"],"answer":"1"}})",
      R"({"id":"a\u0000","math":{"gold":["1"],"answer":"1"}})",
      R"({"id":"a","labels":{"":"x"},"math":{"gold":["1"],"answer":"1"}})",
      "\xef\xbb\xbf"
      R"({"id":"a","math":{"gold":["1"],"answer":"1"}})",
      std::string(R"({"id":"a","math":{"gold":["1"],"answer":"1"}})") + '\0' +
          "x",
      R"({"id":"a","explain":true,"math":{"gold":["1"],"answer":"1"}})",
      R"({"id":"a","fresh":true,"math":{"gold":["1"],"answer":"1"}})",
      R"({"id":"a","labels":{"k":1},"math":{"gold":["1"],"answer":"1"}})",
      R"({"id":"a","labels":{"k":"1","k":"2"},
          "math":{"gold":["1"],"answer":"1"}})",
      R"({"id":"a","code":{},"math":{"gold":["1"],"answer":"1"}})",
      R"({"id":"a","math":{"gold":["1"],"answer":"1"}} {})",
      R"({"id":"a","math":{"gold":["1"],"answer":"1"}}{"id":"b"})",
      R"({"id":"a","math":{"gold":["1"],"answer":"1"},})",
      R"({"id":"a","math":{"gold":["1"],"answer":"\ud800"}})",
      "{\"id\":\"a\",\"math\":{\"gold\":[\"1\"],\"answer\":\"\xff\"}}",
      R"({"id":")" + name + R"(","math":{"gold":["1"],"answer":"1"}})",
      R"({"id":"a","math":{"gold":["1"],"answer":")" + text + R"("}})",
  };
  for (const std::string& line : lines) {
    EXPECT_FALSE(ParsePairLine(line)) << line.substr(0, 200);
  }
  EXPECT_FALSE(ParsePairLine(std::string(1 << 20, '[')));
}

// Damaged lines: never another sample than the general reader's.
TEST(ParsePairLine, SaysWhatTheGeneralReaderSaysOfDamagedLines) {
  const std::string line =
      R"({"id":"a","source":"s","labels":{"k":"v"},"math":{"gold":["1"],)"
      R"("choice":false,"response":"\u0031 is 1"}})";
  std::mt19937 random(5);
  int taken = 0;
  for (int k = 0; k < 20'000; ++k) {
    std::string damaged = line;
    for (int n = random() % 3; n >= 0; --n) {
      const size_t at = random() % damaged.size();
      switch (random() % 3) {
        case 0:
          damaged.erase(at, 1 + random() % 12);
          break;
        case 1:
          damaged[at] = "\"{}[]:,\\ua1 \xef"[random() % 14];  // And NUL.
          break;
        default:
          damaged.insert(at, damaged.substr(random() % damaged.size(), 9));
      }
      if (damaged.empty()) damaged = "x";
    }
    taken += Taken(damaged) ? 1 : 0;
    if (HasFailure()) break;
  }
  EXPECT_GT(taken, 300);
}

TEST(PairReportLine, IsTheGeneralWriters) {
  PairLine pair;
  pair.id = "\"\\\x01\n\xc3\xa9";
  pair.source = "s";
  pair.labels = {{"k", "v"}, {"\"", ""}};
  for (int verdict = 1; verdict <= 11; ++verdict) {
    PairVerdict found;
    found.verdict = static_cast<v1::Verdict>(verdict);
    if (verdict % 2 == 0) found.proof = v1::MathEvidence::PROOF_RESIDUE;
    if (verdict % 3 == 0) found.rung = v1::RUNG_CANONICAL;
    if (verdict % 4 == 0) found.error_bound_bits = 183;
    if (verdict == 11) found.cause = v1::CAUSE_INVALID_GOLD;
    if (verdict == 11) found.reason = "why \"not\"";
    found.verifier_version = "assay 1";
    const uint64_t ordinal = verdict == 1 ? 0 : uint64_t{1} << 60;
    v1::Report read, report;
    ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(
                    PairReportLine(pair, ordinal, found), &read)
                    .ok())
        << PairReportLine(pair, ordinal, found);
    report.set_id(pair.id);
    report.set_ordinal(ordinal);
    report.set_verdict(found.verdict);
    if (verdict < 10) report.set_score(verdict == 1 ? 1 : 0);
    report.set_cause(found.cause);
    report.set_reason(found.reason);
    Echo(Whole(pair), &report);
    report.mutable_math()->set_proof(found.proof);
    if (verdict % 3 == 0) report.mutable_math()->set_rung("canonical");
    report.mutable_math()->set_error_bound_log2(-found.error_bound_bits);
    report.set_verifier_version("assay 1");
    EXPECT_TRUE(MessageDifferencer::Equals(read, report))
        << ToJsonLine(read) << "\n"
        << ToJsonLine(report);
  }
}

}  // namespace
}  // namespace assay::cli
