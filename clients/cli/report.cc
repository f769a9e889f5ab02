// `assay report`: the yield table of a file of reports.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "clients/cli/commands.h"
#include "clients/cli/line_reader.h"
#include "clients/cli/report_line.h"
#include "clients/cli/style.h"
#include "clients/cli/table.h"
#include "clients/cli/words.h"
#include "clients/cli/yield.h"
#include "clients/cli/yield_html.h"

namespace assay::cli {
namespace {

constexpr size_t kGroupsShownMax = 100;
constexpr uint64_t kPassAt[] = {1, 2, 4, 8, 16, 32, 64};

struct Flags {
  std::vector<std::string> paths;
  std::string by = "source";
  bool html = false;
};

std::string GroupOf(const std::string& by, const ReportLine& report) {
  std::string group;
  if (by == "source") {
    group = report.source;
  } else if (by == "problem") {
    group = report.problem;
  } else {
    const auto label = report.labels.find(by.substr(sizeof("label:") - 1));
    if (label != report.labels.end()) group = label->second;
  }
  return group.empty() ? "(none)" : group;
}

std::string Percent(double share) {
  return absl::StrFormat("%.1f %%", 100 * share);
}

std::string Number(uint64_t count) {
  return count == 0 ? "." : std::to_string(count);
}

std::vector<std::string> Row(const std::string& name, const Tally& tally,
                             const std::vector<v1::Verdict>& columns) {
  const Interval interval =
      Wilson(tally.accepted_count(), tally.judged_count());
  const bool judged = tally.judged_count() > 0;
  std::vector<std::string> row = {
      name, std::to_string(tally.samples_count()),
      Number(tally.accepted_count()), judged ? Percent(tally.Share()) : "-",
      judged ? absl::StrFormat("%.0f-%.0f %%", 100 * interval.low,
                               100 * interval.high)
             : "-"};
  for (const v1::Verdict verdict : columns) {
    row.push_back(Number(tally.Count(verdict)));
  }
  row.push_back(tally.accepted_count() == 0 || tally.cpu_ms == 0
                    ? "-"
                    : absl::StrFormat("%.3f", tally.CpuSecondsPerAccepted()));
  return row;
}

// The verdicts that occur, ACCEPTED aside, UNDECIDED and NO_VERDICT last.
std::vector<v1::Verdict> ColumnsOf(const Tally& total) {
  std::vector<v1::Verdict> columns;
  for (size_t i = v1::VERDICT_WRONG_ANSWER; i < total.by_verdict.size(); ++i) {
    if (total.by_verdict[i] > 0) columns.push_back(static_cast<v1::Verdict>(i));
  }
  return columns;
}

void PrintTable(const Yield& yield, const std::string& by) {
  const std::vector<v1::Verdict> columns = ColumnsOf(yield.total());
  std::vector<std::string> header = {by, "samples", "AC", "yield", "95 % int."};
  for (const v1::Verdict verdict : columns) {
    header.emplace_back(VerdictCode(verdict));
  }
  header.emplace_back("CPU s/AC");
  Table table(header);
  size_t shown = 0;
  for (const auto& [name, tally] : yield.groups()) {
    if (++shown > kGroupsShownMax) break;
    table.Add(Row(name, tally, columns));
  }
  table.AddRule();
  table.Add(Row("all", yield.total(), columns));
  printf("%s", table.ToString().c_str());
  if (yield.groups().size() > kGroupsShownMax) {
    printf("(%zu more groups)\n", yield.groups().size() - kGroupsShownMax);
  }
}

void PrintLegend(const Yield& yield) {
  std::string legend = "AC ACCEPTED";
  for (const v1::Verdict verdict : ColumnsOf(yield.total())) {
    legend +=
        ", " + std::string(VerdictCode(verdict)) + " " + VerdictName(verdict);
  }
  printf("\n%s\n", Dim(legend).c_str());
  printf("%s\n",
         Dim("yield = AC / judged; UNDECIDED and NO_VERDICT are not judged")
             .c_str());
}

void PrintProblems(const Yield& yield) {
  if (yield.problems().empty()) return;
  uint64_t solved = 0;
  uint64_t by_all = 0;
  for (const auto& [problem, tally] : yield.problems()) {
    if (tally.accepted_count() == 0) continue;
    ++solved;
    if (tally.accepted_count() == tally.judged_count()) ++by_all;
  }
  printf("\n%s %zu; solved by some candidate %llu, by all %llu, by none %llu\n",
         Bold("Problems").c_str(), yield.problems().size(),
         static_cast<unsigned long long>(solved),
         static_cast<unsigned long long>(by_all),
         static_cast<unsigned long long>(yield.problems().size() - solved));
  for (const uint64_t k : kPassAt) {
    const Yield::MeanPass pass = yield.PassAt(k);
    if (pass.problems_count == 0) break;
    printf("  pass@%-3llu %.3f  over %llu problems with >= %llu judged\n",
           static_cast<unsigned long long>(k), pass.mean,
           static_cast<unsigned long long>(pass.problems_count),
           static_cast<unsigned long long>(k));
  }
}

void PrintNotes(const Yield& yield) {
  const Tally& total = yield.total();
  if (!yield.causes().empty()) {
    printf("\n%s", Bold("No verdict").c_str());
    for (const auto& [cause, count] : yield.causes()) {
      printf("  %s %llu", cause.c_str(),
             static_cast<unsigned long long>(count));
    }
    printf("\n");
  }
  printf(
      "\n%s %.1f s CPU in tests and compilers; %llu reports from the cache\n",
      Bold("Cost").c_str(), total.cpu_ms / 1000,
      static_cast<unsigned long long>(total.cached_count));
  if (total.shared_count > 0) {
    printf(
        "%s %llu samples shared a process with their tests: a program "
        "that means to\n  forge a pass there can (integrity SHARED).\n",
        Yellow("Integrity").c_str(),
        static_cast<unsigned long long>(total.shared_count));
  }
  if (yield.versions().size() > 1) {
    printf("%s reports of %zu verifier versions are mixed here.\n",
           Yellow("Versions").c_str(), yield.versions().size());
  }
}

void PrintAgreement(const Yield& yield) {
  const Agreement& agreement = yield.agreement();
  if (agreement.labelled_count == 0) return;
  printf(
      "\n%s with labels.expected: %llu of %llu (%s); wrongly accepted %llu, "
      "wrongly\n  refused %llu, refused otherwise %llu, not judged %llu\n",
      Bold("Agreement").c_str(),
      static_cast<unsigned long long>(agreement.agree_count),
      static_cast<unsigned long long>(agreement.labelled_count),
      Percent(static_cast<double>(agreement.agree_count) /
              static_cast<double>(agreement.labelled_count))
          .c_str(),
      static_cast<unsigned long long>(agreement.wrongly_accepted_count),
      static_cast<unsigned long long>(agreement.wrongly_refused_count),
      static_cast<unsigned long long>(agreement.other_count),
      static_cast<unsigned long long>(agreement.unjudged_count));
  for (const std::string& line : agreement.told) {
    printf("  %s\n", Printable(line.substr(0, 160)).c_str());
  }
}

// Reads one file; lines that are no reports are told and passed over.
bool ReadFile(const std::string& path, const std::string& by, Yield* yield,
              uint64_t* bad_count) {
  const bool is_stdin = path == "-";
  const int fd =
      is_stdin ? STDIN_FILENO : open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    fprintf(stderr, "assay: %s: %s\n", path.c_str(), std::strerror(errno));
    return false;
  }
  LineReader reader(fd, &interrupted);
  std::string line;
  for (;;) {
    const LineReader::Outcome outcome = reader.Read(&line);
    if (outcome == LineReader::Outcome::kFailed) {
      fprintf(stderr, "assay: %s: %s\n", path.c_str(), reader.error().c_str());
      return false;
    }
    if (outcome == LineReader::Outcome::kEnd ||
        outcome == LineReader::Outcome::kInterrupted) {
      break;
    }
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    const auto report = outcome == LineReader::Outcome::kLine
                            ? ParseReportLine(line)
                            : std::nullopt;
    if (report) {
      yield->Add(GroupOf(by, *report), *report);
    } else if (++*bad_count <= 10) {
      fprintf(stderr, "assay: %s:%llu: not a report\n", path.c_str(),
              static_cast<unsigned long long>(reader.line_number()));
    }
  }
  if (!is_stdin) close(fd);
  return true;
}

int Report(const Flags& flags) {
  CatchInterrupts();
  Yield yield;
  uint64_t bad_count = 0;
  for (const std::string& path : flags.paths) {
    if (!ReadFile(path, flags.by, &yield, &bad_count)) return kExitUsage;
  }
  if (interrupted.load()) return kExitInterrupted;
  if (flags.html) {
    printf("%s", YieldHtml(yield, flags.by).c_str());
  } else {
    PrintTable(yield, flags.by);
    PrintLegend(yield);
    PrintProblems(yield);
    PrintNotes(yield);
    PrintAgreement(yield);
  }
  return bad_count == 0 ? kExitDone : kExitRows;
}

std::string CheckBy(const std::string& by) {
  if (by == "source" || by == "problem") return "";
  if (by.starts_with("label:") && by.size() > 6) return "";
  return "one of source, problem, label:NAME";
}

}  // namespace

void AddReport(CLI::App* app, int* exit_code) {
  CLI::App* command =
      app->add_subcommand("report", "Print the yield of a file of reports");
  auto flags = std::make_shared<Flags>();
  command
      ->add_option("OUT", flags->paths,
                   "Files of reports, as `assay verify` writes; - is stdin")
      ->required();
  command
      ->add_option("--by", flags->by, "Group by source, problem or label:NAME")
      ->check(CheckBy)
      ->capture_default_str();
  command->add_flag("--html", flags->html,
                    "Draw it: one page of HTML on stdout");
  command->footer(
      "\nYield is the accepted share of the samples that were judged, with "
      "its 95 %\nWilson interval. UNDECIDED and NO_VERDICT are counted apart. "
      "Where samples carry\na label `expected`, agreement with it is told.\n\n"
      "Exit codes: 0 done; 1 wrong command line, or a file that cannot be "
      "read;\n4 some lines were no reports.");
  command->callback([flags, exit_code] { *exit_code = Report(*flags); });
}

}  // namespace assay::cli
