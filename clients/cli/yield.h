// How much of what was sent is gold: counts, shares with their intervals,
// yield by problem, cost, and agreement with what samples' labels expect.
//
//   Yield yield;
//   for (const ReportLine& report : reports) yield.Add("gpt-7", report);
//   yield.total().Share();            // accepted / judged
//   Wilson(95, 100);                  // {0.888, 0.978}
//   PassAtK(/*n=*/10, /*c=*/3, /*k=*/1);  // 0.3
//
// UNDECIDED and NO_VERDICT are no failures: they are counted apart and are in
// no share.
//
// Sources: E. B. Wilson, "Probable inference, the law of succession, and
// statistical inference", JASA 22 (1927); the unbiased pass@k of Chen et al.,
// "Evaluating Large Language Models Trained on Code" (2021), section 2.1.
// Bounds: memory grows with the groups and problems, not with the reports.
// Threads: plain values.
#ifndef CLIENTS_CLI_YIELD_H_
#define CLIENTS_CLI_YIELD_H_

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "clients/cli/report_line.h"

namespace assay::cli {

struct Interval {
  double low = 0;
  double high = 1;
};

// The 95 % score interval of a proportion; {0, 1} where n is 0.
Interval Wilson(uint64_t accepted_count, uint64_t n);

// The chance that one of k candidates drawn from n, of which c are right, is
// right. `k` is at most n.
double PassAtK(uint64_t n, uint64_t c, uint64_t k);

// One group's sums.
struct Tally {
  std::array<uint64_t, 12> by_verdict{};  // Indexed by v1::Verdict.
  uint64_t cached_count = 0;
  uint64_t shared_count = 0;  // Judged with integrity SHARED.
  double cpu_ms = 0;

  uint64_t Count(v1::Verdict verdict) const {
    return by_verdict[static_cast<size_t>(verdict)];
  }
  uint64_t samples_count() const;
  uint64_t judged_count() const;
  uint64_t accepted_count() const { return Count(v1::VERDICT_ACCEPTED); }
  // Accepted among the judged; 0 where none was judged.
  double Share() const;
  // CPU seconds, of all samples, for one that was accepted; 0: none was.
  double CpuSecondsPerAccepted() const;
};

// Reports beside what their labels expect.
struct Agreement {
  uint64_t labelled_count = 0;
  uint64_t agree_count = 0;
  uint64_t wrongly_accepted_count = 0;
  uint64_t wrongly_refused_count = 0;  // Expected to pass, judged, refused.
  uint64_t other_count = 0;            // Refused as expected, otherwise.
  uint64_t unjudged_count = 0;         // UNDECIDED or NO_VERDICT, unexpected.
  // At most kToldMax of those that disagree: `id: X (reason), expected Y`.
  static constexpr size_t kToldMax = 20;
  std::vector<std::string> told;
};

class Yield {
 public:
  void Add(const std::string& group, const ReportLine& report);

  const Tally& total() const { return total_; }
  const std::map<std::string, Tally>& groups() const { return groups_; }
  const std::map<std::string, Tally>& problems() const { return problems_; }
  const std::map<std::string, uint64_t>& causes() const { return causes_; }
  const std::map<std::string, uint64_t>& versions() const { return versions_; }
  const Agreement& agreement() const { return agreement_; }

  // The mean pass@k over problems with at least k judged candidates, and how
  // many these are.
  struct MeanPass {
    double mean = 0;
    uint64_t problems_count = 0;
  };
  MeanPass PassAt(uint64_t k) const;

 private:
  void AddAgreement(const ReportLine& report);

  Tally total_;
  std::map<std::string, Tally> groups_;
  std::map<std::string, Tally> problems_;
  std::map<std::string, uint64_t> causes_;
  std::map<std::string, uint64_t> versions_;
  Agreement agreement_;
};

}  // namespace assay::cli

#endif  // CLIENTS_CLI_YIELD_H_
