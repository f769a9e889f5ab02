// What is admitted and not yet answered? Runs, and the lines that wait for
// the report of each.
//
//   Ledger ledger;
//   ledger.Add(ticket, identity, line);        // The first of its kind.
//   ledger.Join(identity, second);             // The same sample once more.
//   for (Line& line : ledger.TakeAll(ticket)) Answer(line, report);
//
// A run is one entry of the queue. A sample that is the same as one in
// flight, which identity says, joins its run and gets a report of its own
// from it. Who stops waiting takes its line out and leaves the run to the
// others.
//
// Threads: none of its own, the farm locks. Ownership: a lane shares the run
// that it serves, because a drain may answer it by force.
#ifndef VERIFIER_FARM_LEDGER_H_
#define VERIFIER_FARM_LEDGER_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "verifier/farm/queue.h"
#include "verifier/report.h"

namespace assay::farm {

// One admitted sample: whom its report goes to, with what it echoes.
struct Line {
  uint64_t call = 0;
  absl::Time deadline;
  Report echo;  // Report::For the sample.
};

struct Run {
  std::string identity;     // Of its sample; empty: nobody joins it.
  std::vector<Line> lines;  // The first is charged for it. Never empty.
  std::atomic<bool> cancelled{false};
};

// A waiting entry belongs to the first of those who wait for it.
void Rehome(const Run& run, Entry* entry);

class Ledger {
 public:
  using Over = std::function<bool(const Line&)>;

  void Add(uint64_t ticket, std::string identity, Line line);
  // Whether a run of this identity may be joined.
  bool InFlight(const std::string& identity) const;
  // The run must be InFlight.
  void Join(const std::string& identity, Line line);
  // Nobody joins the run any more.
  void Seal(const Run& run);

  // Null: answered, or never added.
  std::shared_ptr<Run> Find(uint64_t ticket) const;
  // Takes out the lines that are over; a run without lines is forgotten.
  std::vector<Line> Take(uint64_t ticket, const Over& over);
  std::vector<Line> TakeAll(uint64_t ticket);

  // Runs that may be shared, in which `call` has a line.
  std::vector<uint64_t> SharedBy(uint64_t call) const;
  // Of runs that may be shared, those with a line whose deadline is not after
  // `now`; each line's deadline is told once.
  std::vector<uint64_t> Late(absl::Time now);
  std::vector<uint64_t> Tickets() const;

  bool empty() const { return runs_.empty(); }
  int64_t lines() const { return lines_; }
  // Lines beyond the first of their run: the queue does not count them.
  int64_t joined() const { return lines_ - static_cast<int64_t>(runs_.size()); }

 private:
  void Strike(uint64_t ticket, const Run& run, const Line& line);

  std::unordered_map<uint64_t, std::shared_ptr<Run>> runs_;
  std::unordered_map<std::string, uint64_t> in_flight_;
  // Of runs with an identity: how many lines a call has in which.
  std::unordered_map<uint64_t, std::unordered_map<uint64_t, int>> shared_;
  std::multiset<std::pair<absl::Time, uint64_t>> deadlines_;  // Of theirs.
  int64_t lines_ = 0;
};

}  // namespace assay::farm

#endif  // VERIFIER_FARM_LEDGER_H_
