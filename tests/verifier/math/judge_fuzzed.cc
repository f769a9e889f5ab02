// Judges random and broken pairs: how long does the slowest take, how much
// memory do all need, does any crash?
//
//   judge_fuzzed [COUNT [SEED]]
//
// The same COUNT and SEED give the same pairs. Exits 1 where a text was not
// equal to itself.
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <utility>

#include "bench/math_measure.h"
#include "tests/verifier/math/random_answer.h"
#include "verifier/math/math_judge.h"
#include "verifier/math/world.h"

namespace assay::math {
namespace {

constexpr const char* kPieces[] = {"\\frac{",   "}{",
                                   "}",         "{",
                                   "\\sqrt{",   "^{",
                                   "_{",        "(",
                                   ")",         "[",
                                   "]",         "\\{",
                                   "\\}",       "|",
                                   "\\left(",   "\\right",
                                   "\\begin",   "\\text",
                                   "\\boxed{",  "$",
                                   "$$",        "\\sum_",
                                   "\\int_",    "\\lim_",
                                   "\\infty",   "\\pi",
                                   "!",         "%",
                                   "^\\circ",   "\\pm",
                                   "\\cup",     "\\in",
                                   "\\mathbb{", "10^{10^{",
                                   "...",       "\\ldots",
                                   ",",         ";",
                                   " or ",      " and ",
                                   "=",         "<",
                                   "\\le ",     "\\mid",
                                   ":",         "x",
                                   "n",         "i",
                                   "e",         "999999",
                                   "0.",        "1/0",
                                   "-",         "\\gcd(",
                                   "\\max(",    "\\binom{",
                                   "'",         "\xE7\xAD\x94",
                                   "\xC3",      "\xFF",
                                   "\\\\",      "&",
                                   "answer is "};

class FuzzedPairs {
 public:
  explicit FuzzedPairs(uint64_t seed) : random_(seed), answers_(seed) {}

  std::string Text() {
    std::string text = answers_.Answer();
    if (Pick(2) == 0) Break(&text);
    return text;
  }
  // One to eight changes: a piece put in, a part taken out or doubled.
  void Break(std::string* text) {
    for (size_t n = 1 + Pick(8); n > 0; --n) {
      const size_t at = Pick(text->size() + 1);
      const size_t length = Pick(12);
      switch (Pick(4)) {
        case 0:
          text->erase(at, length);
          break;
        case 1:
          text->insert(at, text->substr(at, length));
          break;
        default:
          text->insert(at, kPieces[Pick(std::size(kPieces))]);
      }
    }
  }
  size_t Pick(size_t count) { return random_() % count; }

 private:
  std::mt19937_64 random_;
  RandomAnswer answers_;
};

int Main(uint64_t count, uint64_t seed) {
  auto world = MakeMathWorld(MathOptions{"a secret for fuzzed pairs"});
  if (!world.ok()) return 2;
  const std::unique_ptr<Judge> judge = MakeMathJudge(*world);
  FuzzedPairs pairs(seed);
  std::map<std::string, uint64_t> verdicts;
  Slowest slowest;
  uint64_t faults = 0;
  double judged_us = 0;
  for (uint64_t i = 0; i < count; ++i) {
    MathSample task;
    task.golds.push_back(pairs.Text());
    task.candidate = pairs.Pick(3) == 0 ? task.golds[0] : pairs.Text();
    if (pairs.Pick(4) == 0) pairs.Break(&task.candidate);
    task.is_response = pairs.Pick(4) == 0;
    const std::string both = task.golds[0] + "\t" + task.candidate;
    const bool same = task.golds[0] == task.candidate && !task.is_response;
    Sample sample;
    sample.task = std::move(task);
    const double start = ThreadCpuUs();
    const Report r = judge->Verify(sample, std::atomic<bool>{false});
    const double us = ThreadCpuUs() - start;
    judged_us += us;
    slowest.Add(us, both);
    ++verdicts[std::string(Name(r.verdict))];
    if (same && r.verdict == Verdict::kWrongAnswer) {
      ++faults;
      std::printf("FAULT not equal to itself: %s\n", both.c_str());
    }
  }
  for (const auto& [name, n] : verdicts) {
    std::printf("  %-14s %llu\n", name.c_str(),
                static_cast<unsigned long long>(n));
  }
  std::printf(
      "%llu fuzzed pairs, seed %llu: faults %llu\nmean %.1f us a pair, slowest "
      "%.2f ms (CPU of its thread), peak memory %ld MiB\nslowest: %.600s\n",
      static_cast<unsigned long long>(count),
      static_cast<unsigned long long>(seed),
      static_cast<unsigned long long>(faults),
      judged_us / static_cast<double>(count), slowest.us / 1e3,
      PeakMemoryKib() / 1024, slowest.name.c_str());
  return faults == 0 ? 0 : 1;
}

}  // namespace
}  // namespace assay::math

int main(int argc, char** argv) {
  const uint64_t count =
      argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 20'000;
  const uint64_t seed = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1;
  return count == 0 ? 2 : assay::math::Main(count, seed);
}
