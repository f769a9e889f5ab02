// Whose turn is it? That of the one that has had the least of the lanes.
//
//   Turns turns;
//   Turns::Account a, b;
//   turns.Wait(&a, now);              // Something of a waits for a lane.
//   Turns::Account* next = turns.Next(now);
//   turns.Begin(next, now);           // A lane serves it,
//   turns.End(next, began, later);    // and is free again.
//   turns.Rest(&a);                   // Nothing of a waits any more.
//
// Fair queueing by attained service. First come those whom the fewest lanes
// serve just now, so that one whose services last a minute holds no second
// lane while another has none; of these, those who were served least, by the
// lanes' time, so that what it held the lane for is given to the others next.
// A service counts as kServiceMinSeconds at least: short ones take turns. One
// that comes anew starts where the others are, and saves up nothing while it
// is away.
//
// Units: seconds from any fixed point; `now` does not go back.
// Costs: a logarithm of the accounts that wait, and the accounts that wait
// and are served at the same time, of which there are at most as many as
// lanes.
// Threads: none of its own, the caller locks. Ownership: accounts are the
// caller's, and may go when nothing of them waits or is served.
#ifndef VERIFIER_FARM_TURNS_H_
#define VERIFIER_FARM_TURNS_H_

#include <cstdint>
#include <set>
#include <vector>

namespace assay::farm {

inline constexpr double kServiceMinSeconds = 0.001;

class Turns {
 public:
  struct Account {
    double served_seconds = 0;  // By services that ended.
    uint64_t turn = 0;          // Of two served alike, the lower is next.
    int running = 0;            // Services that go on,
    double began_seconds = 0;   // and the sum of the times they began at.
    bool waiting = false;

    bool idle() const { return !waiting && running == 0; }
  };

  void Wait(Account* account);
  void Rest(Account* account);
  // Of those that wait; null: none does.
  Account* Next(double now);
  void Begin(Account* account, double now);
  // `began` is what Begin was told.
  void End(Account* account, double began, double now);

 private:
  struct Less {
    bool operator()(const Account* a, const Account* b) const {
      if (a->served_seconds != b->served_seconds) {
        return a->served_seconds < b->served_seconds;
      }
      return a->turn < b->turn;
    }
  };
  void Insert(Account* account);
  void Remove(Account* account);

  std::set<Account*, Less> quiet_;  // Wait, and are not served.
  std::vector<Account*> busy_;      // Wait, and are served too.
  double floor_seconds_ = 0;        // Where one that comes anew starts.
  uint64_t next_turn_ = 0;
};

}  // namespace assay::farm

#endif  // VERIFIER_FARM_TURNS_H_
