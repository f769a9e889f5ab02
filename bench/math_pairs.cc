// How many pairs of answers does the library judge in a core-second?
//
//   math_pairs PAIRS.jsonl [--turns N] [--verdicts FILE]
//
// A line of PAIRS is {"id", "gold", "answer", "response", "choice", "group"}.
// Prints one JSON object: for each group the pairs, the unique ones, the CPU
// seconds (user and system, of the whole program while that group runs, of
// the quickest of N turns), the slowest pair and the shares of rungs and
// proofs. Extraction, parsing and deciding are all in it; reading the file
// is not. One judge, one thread, no cache anywhere.
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <fstream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bench/math_measure.h"
#include "bench/pair_lines.h"
#include "verifier/math/math_judge.h"
#include "verifier/math/world.h"

namespace assay {
namespace {

using Json = nlohmann::json;

struct Group {
  std::vector<Sample> samples;
  std::set<std::string> texts;
  std::vector<Report> reports;
  double cpu_seconds = 0;
  Slowest slowest;
};

double CpuSeconds() {
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  auto seconds = [](const timeval& t) { return t.tv_sec + t.tv_usec * 1e-6; };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

bool Read(const std::string& path, std::map<std::string, Group>* groups) {
  std::vector<PairLine> lines;
  if (!ReadPairs(path, &lines)) return false;
  for (PairLine& line : lines) {
    MathSample task;
    task.golds.push_back(std::move(line.gold));
    task.candidate = std::move(line.answer);
    task.is_response = line.response;
    task.choice = line.choice;
    Group& group = (*groups)[line.group];
    group.texts.insert(task.golds[0] + '\0' + task.candidate);
    Sample sample;
    sample.id = std::move(line.id);
    sample.task = std::move(task);
    group.samples.push_back(std::move(sample));
  }
  return true;
}

void Time(Judge* judge, int turns, Group* group) {
  const std::atomic<bool> cancelled{false};
  group->reports.reserve(group->samples.size());
  for (int turn = 0; turn < turns; ++turn) {
    const double start = CpuSeconds();
    for (const Sample& sample : group->samples) {
      Report report = judge->Verify(sample, cancelled);
      if (turn == 0) group->reports.push_back(std::move(report));
    }
    const double seconds = CpuSeconds() - start;
    if (turn == 0 || seconds < group->cpu_seconds) group->cpu_seconds = seconds;
  }
  // Pair by pair in a turn of its own: reading a clock costs.
  for (const Sample& sample : group->samples) {
    double best = 0;
    for (int attempt = 0; attempt < 2; ++attempt) {
      const double start = ThreadCpuUs();
      judge->Verify(sample, cancelled);
      const double us = ThreadCpuUs() - start;
      if (attempt == 0 || us < best) best = us;
    }
    group->slowest.Add(best, sample.id);
  }
}

Json Summary(const Group& group) {
  std::map<std::string, int> decided, verdicts;
  for (const Report& r : group.reports) {
    ++decided[DecidedBy(r)];
    ++verdicts[std::string(Name(r.verdict))];
  }
  return {{"pairs", group.samples.size()},
          {"unique_pairs", group.texts.size()},
          {"cpu_seconds", group.cpu_seconds},
          {"slowest_us", group.slowest.us},
          {"slowest_id", group.slowest.name},
          {"decided", decided},
          {"verdicts", verdicts}};
}

int Main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr,
                 "usage: math_pairs PAIRS.jsonl [--turns N] "
                 "[--verdicts FILE]\n");
    return 2;
  }
  int turns = 1;
  std::string verdicts;
  for (int i = 2; i + 1 < argc; i += 2) {
    const std::string_view flag = argv[i];
    if (flag == "--turns") turns = std::max(1, std::atoi(argv[i + 1]));
    if (flag == "--verdicts") verdicts = argv[i + 1];
  }
  std::map<std::string, Group> groups;
  if (!Read(argv[1], &groups)) {
    std::fprintf(stderr, "math_pairs: cannot read %s\n", argv[1]);
    return 1;
  }
  auto world = math::MakeMathWorld(math::MathOptions{"a secret of this bench"});
  if (!world.ok()) return 1;
  const std::unique_ptr<Judge> judge = math::MakeMathJudge(*world);
  Json summary;
  for (auto& [name, group] : groups) {
    Time(judge.get(), turns, &group);
    summary["groups"][name] = Summary(group);
  }
  summary["peak_memory_kib"] = PeakMemoryKib();
  summary["contradictions"] = math::ContradictionsCount().load();
  std::printf("%s\n", summary.dump().c_str());
  if (verdicts.empty()) return 0;
  std::ofstream out(verdicts);
  for (const auto& [name, group] : groups) {
    for (const Report& r : group.reports) {
      out << r.id << '\t' << Name(r.verdict) << '\t' << DecidedBy(r) << '\t'
          << r.reason << '\n';
    }
  }
  return out ? 0 : 1;
}

}  // namespace
}  // namespace assay

int main(int argc, char** argv) { return assay::Main(argc, argv); }
