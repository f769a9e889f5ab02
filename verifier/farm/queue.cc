#include "verifier/farm/queue.h"

#include <string>

namespace assay::farm {
namespace {

int64_t Size(const std::string& text) {
  return static_cast<int64_t>(text.size());
}

int64_t TestsCost(const StdioTests& tests) {
  int64_t cost = 0;
  for (const StdioTest& test : tests.tests) {
    cost += kTestCostBytes + Size(test.input) + Size(test.expected_output);
    for (const std::string& other : test.other_outputs) cost += Size(other);
  }
  for (const auto* program : {&tests.judge, &tests.interactor}) {
    if (program->has_value()) cost += Size((*program)->source);
  }
  return cost;
}

int64_t TestsCost(const CallTests& tests) {
  int64_t cost = 0;
  for (const CallTest& test : tests.tests) {
    cost += kTestCostBytes + Size(test.arguments_json) +
            Size(test.keyword_arguments_json) + Size(test.expected_json);
  }
  return cost;
}

int64_t TestsCost(const AssertTests& tests) { return Size(tests.code); }

int64_t OutputCost(const CodeSample& code) {
  const auto* stdio = std::get_if<StdioTests>(
      code.test_set == nullptr ? &code.tests : &code.test_set->tests);
  const std::size_t runs = stdio == nullptr ? 1 : stdio->tests.size();
  return code.report_output ? kOutputCostBytes * static_cast<int64_t>(runs) : 0;
}

// Of a test set that samples share: what the report says of each test.
int64_t SharedCost(const TestSet& set) {
  return std::visit(
      [](const auto& kind) -> int64_t {
        if constexpr (requires { kind.tests.size(); }) {
          return kTestCostBytes * static_cast<int64_t>(kind.tests.size());
        }
        return kTestCostBytes;
      },
      set.tests);
}

int64_t TaskCost(const CodeSample& code) {
  const int64_t cost = Size(code.program) + OutputCost(code);
  if (code.test_set != nullptr) return cost + SharedCost(*code.test_set);
  return cost + std::visit([](const auto& tests) { return TestsCost(tests); },
                           code.tests);
}

int64_t TaskCost(const MathSample& math) {
  int64_t cost = Size(math.candidate) + Size(math.question);
  for (const std::string& gold : math.golds) cost += Size(gold);
  for (const std::string& option : math.options) cost += Size(option);
  return cost;
}

// Candidates of one problem share their gold, which is there once.
int64_t TaskCost(const MathPairs& batch) {
  int64_t cost = kPairCostBytes * static_cast<int64_t>(batch.pairs.size());
  const char* last = nullptr;
  for (const MathPairs::Pair& pair : batch.pairs) {
    const bool shared = pair.gold.data() == last;
    cost += static_cast<int64_t>(pair.answer.size() +
                                 (shared ? 0 : pair.gold.size()));
    last = pair.gold.data();
  }
  return cost;
}

}  // namespace

Kind KindOf(const Sample& sample) {
  return std::holds_alternative<CodeSample>(sample.task) ? Kind::kCode
                                                         : Kind::kMath;
}

std::string_view Name(Kind kind) {
  return kind == Kind::kCode ? "code" : "math";
}

int64_t CostBytes(const Sample& sample) {
  return kSampleCostBytes +
         std::visit([](const auto& task) { return TaskCost(task); },
                    sample.task);
}

}  // namespace assay::farm
