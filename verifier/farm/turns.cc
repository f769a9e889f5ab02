#include "verifier/farm/turns.h"

#include <algorithm>
#include <tuple>

namespace assay::farm {
namespace {

double ServedAt(const Turns::Account& account, double now) {
  return account.served_seconds + account.running * now - account.began_seconds;
}

}  // namespace

void Turns::Insert(Account* account) {
  if (account->running == 0) {
    quiet_.insert(account);
  } else {
    busy_.push_back(account);
  }
}

void Turns::Remove(Account* account) {
  if (account->running == 0) {
    quiet_.erase(account);
  } else {
    busy_.erase(std::find(busy_.begin(), busy_.end(), account));
  }
}

void Turns::Wait(Account* account) {
  if (account->waiting) return;
  if (account->running == 0) {
    account->served_seconds = std::max(account->served_seconds, floor_seconds_);
    account->turn = ++next_turn_;
  }
  account->waiting = true;
  Insert(account);
}

void Turns::Rest(Account* account) {
  if (!account->waiting) return;
  Remove(account);
  account->waiting = false;
}

Turns::Account* Turns::Next(double now) {
  if (!quiet_.empty()) {
    Account* const next = *quiet_.begin();
    floor_seconds_ = std::max(floor_seconds_, next->served_seconds);
    return next;
  }
  const auto next = std::min_element(
      busy_.begin(), busy_.end(), [now](const Account* a, const Account* b) {
        return std::make_tuple(a->running, ServedAt(*a, now), a->turn) <
               std::make_tuple(b->running, ServedAt(*b, now), b->turn);
      });
  return next == busy_.end() ? nullptr : *next;
}

void Turns::Begin(Account* account, double now) {
  if (account->waiting) Remove(account);
  ++account->running;
  account->began_seconds += now;
  account->turn = ++next_turn_;
  if (account->waiting) Insert(account);
}

void Turns::End(Account* account, double began, double now) {
  if (account->waiting) Remove(account);
  --account->running;
  account->began_seconds -= began;
  account->served_seconds += std::max(now - began, kServiceMinSeconds);
  if (account->running == 0) account->began_seconds = 0;
  if (account->waiting) Insert(account);
}

}  // namespace assay::farm
