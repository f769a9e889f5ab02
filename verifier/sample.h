// A sample as the inside of the service knows it: plain values, no protobuf.
//
// The codec builds and bounds these; everything behind it may rely on the
// bounds that it checked (ids, counts, limits, UTF-8), and on nothing else:
// texts are hostile. A Sample is moved, never shared.
//
// Threads: plain values. Units: in the names; times are absl::Duration.
#ifndef VERIFIER_SAMPLE_H_
#define VERIFIER_SAMPLE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "absl/time/time.h"
#include "verifier/verdict.h"

namespace assay {

// How an output is compared; see proto assay.v1.Checker.
struct Checker {
  enum class Mode : uint8_t { kExact, kTokens, kFloat, kLines, kUnordered };
  Mode mode = Mode::kTokens;
  bool case_insensitive = false;
  double absolute_tolerance = 1e-9;
  double relative_tolerance = 1e-9;
};

// A program of the caller's that judges: a special judge or an interactor.
struct TestProgram {
  std::string language;
  std::string source;
};

struct StdioTest {
  std::string input;
  std::string expected_output;
  std::vector<std::string> other_outputs;  // Accepted as well.
  Checker checker;
  double weight = 1;  // Finite, not negative; of all selected ones, not all 0.
};

struct StdioTests {
  std::vector<StdioTest> tests;
  std::optional<TestProgram> judge;       // Instead of the checkers.
  std::optional<TestProgram> interactor;  // Instead of input and checkers.
};

struct CallTest {
  std::string arguments_json;          // A JSON array.
  std::string keyword_arguments_json;  // A JSON object, or empty.
  std::string expected_json;
  double weight = 1;
};

struct CallTests {
  std::string entry_point;
  std::vector<CallTest> tests;
};

struct AssertTests {
  std::string code;
  std::string entry_point;  // Empty: to be inferred from the tests.
};

using Tests = std::variant<StdioTests, CallTests, AssertTests>;

// The tests of a problem, which its samples share.
struct TestSet {
  std::string digest;  // SHA-256, lower-case hexadecimal.
  Tests tests;
  int64_t bytes = 0;  // What they hold.
};

// Bounds of one run, defaults filled in by the codec.
struct RunLimits {
  absl::Duration time = absl::Seconds(10);  // CPU time of the whole tree.
  int64_t memory_bytes = int64_t{512} << 20;
  int64_t output_bytes = int64_t{16} << 20;
  int32_t process_count = 64;
};

enum class StopPolicy : uint8_t { kAll, kFirstFailure, kFirstTests };

struct CodeSample {
  std::string language;
  std::string program;       // A program, or a whole response.
  bool is_response = false;  // `program` is a response to extract from.
  Tests tests;
  // Where not null: stands for `tests`, which the farm fills in on the lane.
  std::shared_ptr<const TestSet> test_set;
  RunLimits limits;
  Integrity min_integrity = Integrity::kShared;
  StopPolicy stop = StopPolicy::kAll;
  size_t stop_tests_count = 0;  // kFirstTests: how many; at least 1.
  bool partial_credit = false;
  bool report_output = false;
  std::string profile;  // A warm interpreter by name; empty: the language's.
};

// How many of `count` tests the stop policy lets run at all.
inline size_t SelectedCount(const CodeSample& code, size_t count) {
  return code.stop == StopPolicy::kFirstTests && code.stop_tests_count < count
             ? code.stop_tests_count
             : count;
}

struct MathPolicy {
  enum class Domain : uint8_t { kReal, kComplex };
  Domain domain = Domain::kReal;
  bool strict = false;
  bool strict_domain = false;
  bool ordered_lists = false;
  bool exact_decimals = false;
  bool optional_constant = false;
};

struct MathSample {
  std::string candidate;
  bool is_response = false;        // `candidate` is a response.
  std::vector<std::string> golds;  // At least one.
  std::vector<std::string> options;
  bool choice = false;
  std::string question;
  MathPolicy policy;
};

// Many pairs at once, judged as bare MathSamples of one gold each would be.
struct MathPairs {
  struct Pair {
    std::string_view gold;
    std::string_view answer;
    bool malformed = false;  // A text is not UTF-8: INVALID_SAMPLE.
  };
  std::vector<Pair> pairs;
  std::shared_ptr<const void> texts;  // Keeps what the pairs look into.
  bool is_responses = false;          // The answers are responses.
  bool choice = false;
  MathPolicy policy;
};

struct Sample {
  std::string id;
  uint64_t ordinal = 0;  // Position in its call.
  std::string problem;
  std::string source;
  std::vector<std::pair<std::string, std::string>> labels;
  std::variant<CodeSample, MathSample, MathPairs> task;
  bool explain = false;
  // Equal for samples that must get the same verdict: a digest of all that
  // decides it. Empty: runs by itself whatever else ran.
  std::string identity;
};

}  // namespace assay

#endif  // VERIFIER_SAMPLE_H_
