#include "verifier/code/runs_ahead.h"

#include <chrono>
#include <memory>
#include <utility>

namespace assay::code {
namespace {

using sandbox::Outcome;
using sandbox::RunResult;

// How soon a cancellation, or a lane that is wanted back, is seen.
constexpr auto kTick = std::chrono::milliseconds(5);

size_t SizeOf(const RunResult& result) {
  return result.stdout_text.size() + result.stderr_text.size() +
         result.reply.size();
}

}  // namespace

RunsAhead::RunsAhead(Runner* runner, const RunLimits& limits, size_t count,
                     CommandOf command_of)
    : runner_(runner),
      limits_(limits),
      count_(count),
      command_of_(std::move(command_of)) {}

RunsAhead::~RunsAhead() {
  stop_ = true;
  changed_.notify_all();
  for (std::thread& worker : workers_) worker.join();
}

std::optional<size_t> RunsAhead::Claim() {
  std::lock_guard<std::mutex> lock(mutex_);
  if (stop_ || unclaimed_ == count_) return std::nullopt;
  if (unclaimed_ != asked_ &&
      (asked_ == 0 || unclaimed_ >= asked_ + kPlacesMax ||
       bytes_ > kBytesMax)) {
    return std::nullopt;
  }
  return unclaimed_++;
}

bool RunsAhead::HasUnclaimed() {
  std::lock_guard<std::mutex> lock(mutex_);
  return unclaimed_ < count_;
}

void RunsAhead::Keep(size_t place, RunResult result) {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    bytes_ += SizeOf(result);
    done_.emplace(place, std::move(result));
  }
  changed_.notify_all();
}

void RunsAhead::Work(IdleLanes::Loan loan) {
  Runner runner(&runner_->world(), loan.lane(), &stop_);
  while (!stop_ && !loan.wanted() && HasUnclaimed()) {
    const std::optional<size_t> place = Claim();
    if (!place) {
      std::unique_lock<std::mutex> lock(mutex_);
      changed_.wait_for(lock, kTick);
      continue;
    }
    const int64_t deaths = loan.lane()->deaths();
    RunResult result = runner.Run(command_of_(*place), limits_);
    if (loan.lane()->deaths() != deaths) broke_lane_ = true;
    Keep(*place, std::move(result));
  }
}

// One more lane, where there is work for it.
void RunsAhead::Borrow() {
  IdleLanes& idle = runner_->world().idle;
  if (workers_.size() == kLanesMax || !idle.Has(&runner_->lane())) return;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    if (unclaimed_ + 1 >= count_) return;
  }
  std::optional<IdleLanes::Loan> loan = idle.Borrow();
  if (!loan) return;
  workers_.emplace_back(
      [this, lent = std::make_shared<IdleLanes::Loan>(*std::move(loan))] {
        Work(std::move(*lent));
      });
}

RunResult RunsAhead::Next() {
  const size_t place = next_++;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    asked_ = place;
  }
  if (place > 0) Borrow();
  for (;;) {
    {
      std::unique_lock<std::mutex> lock(mutex_);
      const auto found = done_.find(place);
      if (found != done_.end()) {
        RunResult result = std::move(found->second);
        bytes_ -= SizeOf(result);
        done_.erase(found);
        lock.unlock();
        if (result.outcome != Outcome::kSetupFailed) return result;
        return runner_->Run(command_of_(place), limits_);
      }
    }
    if (runner_->cancelled()->load()) {
      stop_ = true;
      return RunResult{.outcome = Outcome::kCancelled};
    }
    if (const std::optional<size_t> mine = Claim()) {
      RunResult result = runner_->Run(command_of_(*mine), limits_);
      if (*mine == place) return result;
      Keep(*mine, std::move(result));
      continue;
    }
    std::unique_lock<std::mutex> lock(mutex_);
    if (done_.count(place) != 0) continue;
    changed_.wait_for(lock, kTick);
  }
}

}  // namespace assay::code
