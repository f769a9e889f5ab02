#include "clients/cli/flight.h"

#include <utility>

namespace assay::cli {

void Flight::SetSamplesMax(size_t samples_max) {
  const std::lock_guard<std::mutex> lock(mutex_);
  samples_max_ = samples_max;
}

void Flight::Reset() {
  const std::lock_guard<std::mutex> lock(mutex_);
  entries_.clear();
  bytes_ = 0;
  next_ordinal_ = 0;
  stopped_ = false;
}

bool Flight::HasRoomLocked() const {
  return entries_.empty() ||
         (entries_.size() < samples_max_ && bytes_ < bytes_max_);
}

bool Flight::HasRoom() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return HasRoomLocked();
}

bool Flight::WaitForRoom() {
  std::unique_lock<std::mutex> lock(mutex_);
  changed_.wait(lock, [this] { return stopped_ || HasRoomLocked(); });
  return !stopped_;
}

void Flight::Stop() {
  const std::lock_guard<std::mutex> lock(mutex_);
  stopped_ = true;
  changed_.notify_all();
}

uint64_t Flight::Depart(Entry entry) {
  const std::lock_guard<std::mutex> lock(mutex_);
  ++entry.departures_count;
  bytes_ += entry.bytes;
  entries_.emplace(next_ordinal_, std::move(entry));
  return next_ordinal_++;
}

std::optional<Flight::Entry> Flight::Arrive(uint64_t ordinal) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = entries_.find(ordinal);
  if (found == entries_.end()) return std::nullopt;
  Entry entry = std::move(found->second);
  bytes_ -= entry.bytes;
  entries_.erase(found);
  changed_.notify_all();
  return entry;
}

std::vector<Flight::Entry> Flight::TakeAll() {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::vector<Entry> taken;
  for (auto& [ordinal, entry] : entries_) taken.push_back(std::move(entry));
  entries_.clear();
  bytes_ = 0;
  changed_.notify_all();
  return taken;
}

}  // namespace assay::cli
