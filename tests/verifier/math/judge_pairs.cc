// Judges pairs of bare answers from the standard input and says how.
//
//   printf '1/2\t0.5\n' | judge_pairs [--explain]
//
// A line is GOLD tab ANSWER and perhaps tab "=", "#" or "?": then only the
// pairs that come out otherwise are printed.
#include <cstdio>
#include <iostream>
#include <string>
#include <string_view>

#include "tests/verifier/math/judged.h"

int main(int argc, char** argv) {
  using namespace assay;
  const bool explain = argc > 1 && std::string_view(argv[1]) == "--explain";
  for (std::string line; std::getline(std::cin, line);) {
    const size_t tab = line.find('\t');
    if (tab == std::string::npos) continue;
    const size_t second = line.find('\t', tab + 1);
    MathSample task;
    task.golds.push_back(line.substr(0, tab));
    task.candidate = line.substr(
        tab + 1, second == std::string::npos ? second : second - tab - 1);
    const char expected =
        second == std::string::npos || second + 1 >= line.size()
            ? ' '
            : line[second + 1];
    const math::Judged j = math::JudgeTask(std::move(task), explain);
    char outcome = '!';
    if (j.report.verdict == Verdict::kAccepted) outcome = '=';
    if (j.report.verdict == Verdict::kWrongAnswer) outcome = '#';
    if (j.report.verdict == Verdict::kUndecided) outcome = '?';
    if (outcome == expected) continue;
    std::printf("%c (%c) %s  rung %s: %s\n", outcome, expected,
                line.substr(0, second).c_str(), j.evidence().rung.c_str(),
                j.report.reason.c_str());
    for (const std::string& text : j.report.explanation) {
      std::printf("    %s\n", text.c_str());
    }
  }
}
