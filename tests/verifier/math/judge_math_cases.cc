// Judges the labelled rows and prints what disagrees, with the reason; then
// how many each rung decided, with which proof.
//
//   judge_math_cases [FOLDER]
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <map>
#include <string>
#include <variant>

#include "bench/math_measure.h"
#include "tests/verifier/math/case_rows.h"
#include "verifier/math/math_judge.h"
#include "verifier/math/world.h"

namespace assay::math {
namespace {

std::string OneLine(std::string text, size_t bytes) {
  if (text.size() > bytes) text = text.substr(text.size() - bytes);
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

int JudgeAll(const std::string& name, const std::vector<CaseRow>& rows) {
  auto world = MakeMathWorld(MathOptions());
  if (!world.ok()) return 1;
  auto judge = MakeMathJudge(*world);
  const std::atomic<bool> cancelled{false};
  std::map<std::string, int> decided, verdicts;
  int agree = 0, wrong_accepted = 0, wrong_rejected = 0;
  double slowest = 0, total = 0;
  std::string slowest_id;
  for (const CaseRow& row : rows) {
    const auto start = std::chrono::steady_clock::now();
    const Report r = judge->Verify(row.sample, cancelled);
    const double ms = std::chrono::duration<double, std::milli>(
                          std::chrono::steady_clock::now() - start)
                          .count();
    total += ms;
    if (ms > slowest) slowest = ms, slowest_id = row.id;
    const MathEvidence* e = std::get_if<MathEvidence>(&r.evidence);
    ++verdicts[std::string(Name(r.verdict))];
    ++decided[DecidedBy(r)];
    const bool accepted = r.verdict == Verdict::kAccepted;
    const bool rejected =
        r.verdict == Verdict::kWrongAnswer || r.verdict == Verdict::kNoAnswer;
    if (row.expected ? accepted : rejected) {
      ++agree;
      continue;
    }
    wrong_accepted += accepted && !row.expected;
    wrong_rejected += rejected && row.expected;
    const MathSample& task = std::get<MathSample>(row.sample.task);
    std::printf("%s %s %s expected %s: %s\n    gold   %s\n    answer %s\n",
                row.id.c_str(), row.category.c_str(),
                std::string(Name(r.verdict)).c_str(),
                row.expected ? "equal" : "different", r.reason.c_str(),
                OneLine(task.golds[0], 150).c_str(),
                OneLine(task.candidate, 150).c_str());
    if (e != nullptr) {
      std::printf("    read   [%s] and [%s] by %s, rung %s\n",
                  OneLine(e->gold_text, 100).c_str(),
                  OneLine(e->answer_text, 100).c_str(), e->answer_mark.c_str(),
                  e->rung.c_str());
    }
  }
  std::printf(
      "\n%s: %d of %zu agree (%.2f %%), wrong ACCEPTED %d, wrong "
      "rejected %d\n",
      name.c_str(), agree, rows.size(),
      rows.empty() ? 0 : 100.0 * agree / rows.size(), wrong_accepted,
      wrong_rejected);
  for (const auto& [by, count] : decided) {
    std::printf("  %-22s %5d  %5.1f %%\n", by.c_str(), count,
                100.0 * count / rows.size());
  }
  for (const auto& [verdict, count] : verdicts) {
    std::printf("  %-22s %5d\n", verdict.c_str(), count);
  }
  std::printf("  mean %.3f ms, slowest %.2f ms (%s), contradictions %llu\n\n",
              rows.empty() ? 0 : total / rows.size(), slowest,
              slowest_id.c_str(),
              static_cast<unsigned long long>(ContradictionsCount().load()));
  return 0;
}

}  // namespace
}  // namespace assay::math

int main(int argc, char** argv) {
  using namespace assay::math;
  const std::string folder = argc > 1 ? argv[1] : CasesFolder();
  return JudgeAll("math_cases_dev",
                  ReadCases(folder + "/math_cases_dev.jsonl")) +
         JudgeAll("math_model_outputs_dev",
                  ReadModelOutputs(folder + "/math_model_outputs_dev.jsonl"));
}
