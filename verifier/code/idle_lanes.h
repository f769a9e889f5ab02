// Which lanes have no sample just now, so that another's tests may run there?
//
//   IdleLanes idle;
//   idle.Add(&sandbox->lane(0));            // Every lane, once.
//   IdleLanes::Work work(&idle, lane);      // The lane's judge has a sample.
//   std::optional<IdleLanes::Loan> loan = idle.Borrow();
//   while (!loan->wanted()) ...loan->lane()...
//
// A loan is soft: the lane's own judge never waits for it. Once it has a
// sample the loan is wanted back, and the borrower starts nothing more there;
// the run that is on ends beside the owner's, which a lane can.
// Threads: safe. Ownership: lanes and this outlive loans and work.
#ifndef VERIFIER_CODE_IDLE_LANES_H_
#define VERIFIER_CODE_IDLE_LANES_H_

#include <atomic>
#include <list>
#include <mutex>
#include <optional>
#include <utility>

#include "sandbox/sandbox.h"

namespace assay::code {

class IdleLanes {
 private:
  struct Slot {
    sandbox::Lane* lane = nullptr;
    std::atomic<bool> busy{false};
    std::atomic<bool> lent{false};
  };

 public:
  class Work {
   public:
    Work(IdleLanes* idle, const sandbox::Lane* lane) : slot_(idle->Find(lane)) {
      if (slot_ != nullptr) slot_->busy = true;
    }
    ~Work() {
      if (slot_ != nullptr) slot_->busy = false;
    }
    Work(const Work&) = delete;
    Work& operator=(const Work&) = delete;

   private:
    Slot* const slot_;
  };

  class Loan {
   public:
    explicit Loan(Slot* slot) : slot_(slot) {}
    Loan(Loan&& other) noexcept : slot_(std::exchange(other.slot_, nullptr)) {}
    Loan& operator=(Loan&&) = delete;
    ~Loan() {
      if (slot_ != nullptr) slot_->lent = false;
    }
    sandbox::Lane* lane() const { return slot_->lane; }
    bool wanted() const { return slot_->busy; }

   private:
    Slot* slot_;
  };

  void Add(sandbox::Lane* lane) {
    const std::lock_guard lock(mutex_);
    slots_.emplace_back().lane = lane;
  }
  // Whether runs on this lane may as well run on another: false for one that
  // was not added, as it changes what it is given.
  bool Has(const sandbox::Lane* lane) { return Find(lane) != nullptr; }
  std::optional<Loan> Borrow() {
    const std::lock_guard lock(mutex_);
    for (Slot& slot : slots_) {
      if (slot.busy || slot.lent.exchange(true)) continue;
      return Loan(&slot);
    }
    return std::nullopt;
  }

 private:
  Slot* Find(const sandbox::Lane* lane) {
    const std::lock_guard lock(mutex_);
    for (Slot& slot : slots_) {
      if (slot.lane == lane) return &slot;
    }
    return nullptr;
  }

  std::mutex mutex_;  // Guards what follows.
  std::list<Slot> slots_;
};

}  // namespace assay::code

#endif  // VERIFIER_CODE_IDLE_LANES_H_
