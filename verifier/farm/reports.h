// What did an identical sample get lately? Kept reports, bounded.
//
//   KeptReports kept(64 << 20);
//   if (MayKeep(report)) kept.Put(sample.identity, report);
//   std::optional<Report> again = kept.Get(sample.identity);
//
// Only what would come out again is kept: never NO_VERDICT by our fault or a
// cancellation, and nothing that the machine's load can have had a part in:
// a run that came near its time limit, waited, or was killed. A TIME_LIMIT is
// kept where the CPU time leaves no doubt.
//
// Bounds: capacity_bytes, the least recently used go first; zero keeps none.
// Threads: MayKeep is pure; of KeptReports one thread at a time.
#ifndef VERIFIER_FARM_REPORTS_H_
#define VERIFIER_FARM_REPORTS_H_

#include <cstdint>
#include <list>
#include <optional>
#include <string>
#include <unordered_map>

#include "verifier/report.h"

namespace assay::farm {

// Of the time limit: within this band of it the load may decide.
inline constexpr double kBandLow = 0.8;
inline constexpr double kBandHigh = 1.25;
// A compiler that took longer may have met a bound of its own.
inline constexpr absl::Duration kCompileQuick = absl::Seconds(10);

bool MayKeep(const Report& report);

// Bytes that a report holds.
int64_t SizeOf(const Report& report);

class KeptReports {
 public:
  explicit KeptReports(int64_t capacity_bytes) : capacity_(capacity_bytes) {}

  bool Has(const std::string& identity) const {
    return index_.count(identity) != 0;
  }
  std::optional<Report> Get(const std::string& identity);
  // Keeps verdict and evidence; whose report it was is not kept.
  void Put(const std::string& identity, const Report& report);
  int64_t bytes() const { return bytes_; }

 private:
  struct Kept {
    std::string identity;
    Report report;
    int64_t bytes = 0;
  };

  const int64_t capacity_;
  int64_t bytes_ = 0;
  std::list<Kept> order_;  // Most recent first.
  std::unordered_map<std::string, std::list<Kept>::iterator> index_;
};

}  // namespace assay::farm

#endif  // VERIFIER_FARM_REPORTS_H_
