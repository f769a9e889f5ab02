// Measures how far the judge agrees with labelled cases.
//
//   judge_cases FILE [--local] [--language L] [--stride N] [--match TEXT]
//     [--lanes N] [--all] [--explain]
//
// Prints every disagreement, how many rows each way judged, and totals.
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <mutex>
#include <string>
#include <thread>

#include "absl/time/clock.h"
#include "tests/verifier/code/case_rows.h"
#include "tests/verifier/code/local_lane.h"
#include "verifier/code/code_judge.h"

namespace assay::code {
namespace {

struct Options {
  std::string file;
  bool local = false;
  bool all = false;
  bool explain = false;
  int lanes = 2;
  std::string language;
  std::string match;
  size_t stride = 1;
};

struct Tally {
  std::mutex mutex;
  std::map<std::string, int> ways;
  std::map<std::string, int> agree, total;
  int wrong_accepted = 0, unacceptable = 0, no_verdict = 0;
};

const char* WayName(const Report& report) {
  const auto* evidence = std::get_if<CodeEvidence>(&report.evidence);
  if (!evidence) return "none";
  switch (evidence->way) {
    case CodeEvidence::Way::kStdio:
      return "stdio";
    case CodeEvidence::Way::kCallPlan:
      return "call plan";
    case CodeEvidence::Way::kExaminer:
      return "examiner";
    case CodeEvidence::Way::kJoined:
      return "joined";
    case CodeEvidence::Way::kUnspecified:
      break;
  }
  return "unspecified";
}

// CPU time of the compiler and of the tests' runs.
double CpuSeconds(const Report& report) {
  const auto* evidence = std::get_if<CodeEvidence>(&report.evidence);
  if (!evidence) return 0;
  absl::Duration cpu;
  if (evidence->compile) cpu += evidence->compile->cpu;
  for (const TestReport& test : evidence->tests) {
    if (test.usage) cpu += test.usage->cpu;
  }
  return absl::ToDoubleSeconds(cpu);
}

void Count(const Options& options, const CaseRow& row, const Report& report,
           absl::Duration spent, Tally* tally) {
  const bool accepted = report.verdict == Verdict::kAccepted;
  const bool attack = row.expected.empty();
  const bool fits = IsAcceptable(row, report.verdict);
  const bool agrees = attack ? fits
                             : accepted == row.expects_pass &&
                                   report.verdict != Verdict::kNoVerdict;
  std::lock_guard<std::mutex> lock(tally->mutex);
  ++tally->ways[std::string(WayName(report)) + " " + row.language];
  ++tally->total[row.language];
  tally->agree[row.language] += agrees ? 1 : 0;
  tally->wrong_accepted += !attack && accepted && !row.expects_pass ? 1 : 0;
  tally->unacceptable += fits ? 0 : 1;
  tally->no_verdict += report.verdict == Verdict::kNoVerdict ? 1 : 0;
  if (agrees && fits && !options.all) return;
  std::printf(
      "%s %s: %s, expected %s, way %s, %.2f s, CPU %.3f s\n    "
      "%s\n",
      agrees ? (fits ? "ok" : "CLASS") : "DIFFERS", row.sample.id.c_str(),
      std::string(Name(report.verdict)).c_str(), row.expected.c_str(),
      WayName(report), absl::ToDoubleSeconds(spent), CpuSeconds(report),
      report.reason.c_str());
  for (const std::string& line : report.explanation) {
    std::printf("    %s\n", line.c_str());
  }
}

int Run(const Options& options) {
  std::vector<CaseRow> rows;
  size_t seen = 0;
  for (CaseRow& row : ReadCases(options.file)) {
    if (!options.language.empty() && row.language != options.language) continue;
    if (row.sample.id.find(options.match) == std::string::npos) continue;
    row.sample.explain = options.explain;
    if (seen++ % options.stride == 0) rows.push_back(std::move(row));
  }
  std::unique_ptr<sandbox::Sandbox> sandbox;
  if (options.local) {
    sandbox = MakeLocalSandbox(CodeProfiles());
  } else {
    sandbox::SandboxOptions start;
    start.lane_count = options.lanes;
    start.launcher_path = ASSAY_LAUNCHER;
    start.profiles = CodeProfiles();
    auto started = sandbox::Sandbox::Start(start);
    if (!started.ok()) {
      std::printf("%s\n", started.status().ToString().c_str());
      return 1;
    }
    sandbox = *std::move(started);
  }
  auto world = MakeCodeWorld(CodeOptions(), sandbox.get());
  for (const LanguageStatus& status : Languages(**world)) {
    std::printf("%s: %s%s\n", status.name.c_str(), status.version.c_str(),
                status.unavailable_reason.c_str());
  }
  Tally tally;
  std::atomic<size_t> next = 0;
  const std::atomic<bool> cancelled(false);
  const absl::Time begin = absl::Now();
  std::vector<std::thread> threads;
  for (int lane = 0; lane < sandbox->lane_count(); ++lane) {
    threads.emplace_back([&, lane] {
      auto judge = MakeCodeJudge(*world, &sandbox->lane(lane));
      for (size_t i = next++; i < rows.size(); i = next++) {
        const absl::Time start = absl::Now();
        const Report report = judge->Verify(rows[i].sample, cancelled);
        Count(options, rows[i], report, absl::Now() - start, &tally);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const auto& [way, count] : tally.ways) {
    std::printf("way %s: %d\n", way.c_str(), count);
  }
  for (const auto& [language, total] : tally.total) {
    std::printf("%s: %d of %d agree\n", language.c_str(), tally.agree[language],
                total);
  }
  std::printf("wrong accepted %d, unacceptable class %d, no verdict %d, %s\n",
              tally.wrong_accepted, tally.unacceptable, tally.no_verdict,
              absl::FormatDuration(absl::Now() - begin).c_str());
  return 0;
}

}  // namespace
}  // namespace assay::code

int main(int argc, char** argv) {
  assay::code::Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    const char* value = i + 1 < argc ? argv[i + 1] : "";
    if (word == "--local") {
      options.local = true;
    } else if (word == "--all") {
      options.all = true;
    } else if (word == "--explain") {
      options.explain = true;
    } else if (word == "--language") {
      options.language = value, ++i;
    } else if (word == "--match") {
      options.match = value, ++i;
    } else if (word == "--stride") {
      options.stride = std::strtoul(value, nullptr, 10), ++i;
    } else if (word == "--lanes") {
      options.lanes = std::atoi(value), ++i;
    } else {
      options.file = word;
    }
  }
  return assay::code::Run(options);
}
