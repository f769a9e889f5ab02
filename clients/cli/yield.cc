#include "clients/cli/yield.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "clients/cli/words.h"

namespace assay::cli {
namespace {

constexpr double kZ95 = 1.959963984540054;  // Normal quantile of 0.975.

void AddTo(const ReportLine& report, Tally* tally) {
  ++tally->by_verdict[static_cast<size_t>(report.verdict)];
  tally->cached_count += report.cached ? 1 : 0;
  tally->shared_count += report.shared_integrity ? 1 : 0;
  tally->cpu_ms += report.cpu_ms;
}

}  // namespace

Interval Wilson(uint64_t accepted_count, uint64_t n) {
  if (n == 0) return {};
  const double size = static_cast<double>(n);
  const double p = static_cast<double>(accepted_count) / size;
  const double z2 = kZ95 * kZ95;
  const double centre = p + z2 / (2 * size);
  const double spread =
      kZ95 * std::sqrt(p * (1 - p) / size + z2 / (4 * size * size));
  const double scale = 1 + z2 / size;
  return {std::max(0.0, (centre - spread) / scale),
          std::min(1.0, (centre + spread) / scale)};
}

double PassAtK(uint64_t n, uint64_t c, uint64_t k) {
  if (n - c < k) return 1;
  // 1 - C(n-c, k) / C(n, k), as a product that does not overflow.
  double none = 1;
  for (uint64_t i = n - c + 1; i <= n; ++i) {
    none *= 1 - static_cast<double>(k) / static_cast<double>(i);
  }
  return 1 - none;
}

uint64_t Tally::samples_count() const {
  return std::accumulate(by_verdict.begin(), by_verdict.end(), uint64_t{0});
}

uint64_t Tally::judged_count() const {
  return samples_count() - Count(v1::VERDICT_UNDECIDED) -
         Count(v1::VERDICT_NO_VERDICT);
}

double Tally::Share() const {
  const uint64_t judged = judged_count();
  if (judged == 0) return 0;
  return static_cast<double>(accepted_count()) / static_cast<double>(judged);
}

double Tally::CpuSecondsPerAccepted() const {
  if (accepted_count() == 0) return 0;
  return cpu_ms / 1000 / static_cast<double>(accepted_count());
}

void Yield::Add(const std::string& group, const ReportLine& report) {
  AddTo(report, &total_);
  AddTo(report, &groups_[group]);
  if (!report.problem.empty()) AddTo(report, &problems_[report.problem]);
  if (report.verdict == v1::VERDICT_NO_VERDICT) {
    ++causes_[CauseName(report.cause)];
  }
  if (!report.verifier_version.empty()) ++versions_[report.verifier_version];
  AddAgreement(report);
}

void Yield::AddAgreement(const ReportLine& report) {
  const auto label = report.labels.find("expected");
  if (label == report.labels.end()) return;
  // A row may accept more classes than the one that was observed.
  std::string expected = label->second;
  const auto acceptable = report.labels.find("acceptable");
  if (acceptable != report.labels.end()) expected += "|" + acceptable->second;
  const std::optional<bool> met = Meets(expected, report.verdict);
  if (!met) return;
  ++agreement_.labelled_count;
  if (*met) {
    ++agreement_.agree_count;
    return;
  }
  if (agreement_.told.size() < Agreement::kToldMax) {
    agreement_.told.push_back(report.id + ": " + VerdictName(report.verdict) +
                              " (" + report.reason + "), expected " +
                              label->second);
  }
  if (report.verdict == v1::VERDICT_ACCEPTED) {
    ++agreement_.wrongly_accepted_count;
  } else if (!IsJudged(report.verdict)) {
    ++agreement_.unjudged_count;
  } else if (ExpectsPass(expected).value_or(false)) {
    ++agreement_.wrongly_refused_count;
  } else {
    ++agreement_.other_count;
  }
}

Yield::MeanPass Yield::PassAt(uint64_t k) const {
  MeanPass pass;
  double sum = 0;
  for (const auto& [problem, tally] : problems_) {
    if (tally.judged_count() < k) continue;
    ++pass.problems_count;
    sum += PassAtK(tally.judged_count(), tally.accepted_count(), k);
  }
  if (pass.problems_count > 0) {
    pass.mean = sum / static_cast<double>(pass.problems_count);
  }
  return pass;
}

}  // namespace assay::cli
