#include "verifier/farm/ledger.h"

#include <algorithm>
#include <utility>

namespace assay::farm {

void Rehome(const Run& run, Entry* entry) {
  entry->call = run.lines.front().call;
  entry->deadline = run.lines.front().deadline;
}

void Ledger::Add(uint64_t ticket, std::string identity, Line line) {
  auto run = std::make_shared<Run>();
  run->identity = std::move(identity);
  if (!run->identity.empty()) {
    in_flight_.emplace(run->identity, ticket);
    ++shared_[line.call][ticket];
    deadlines_.emplace(line.deadline, ticket);
  }
  run->lines.push_back(std::move(line));
  runs_.emplace(ticket, std::move(run));
  ++lines_;
}

bool Ledger::InFlight(const std::string& identity) const {
  return in_flight_.count(identity) != 0;
}

void Ledger::Join(const std::string& identity, Line line) {
  const uint64_t ticket = in_flight_.at(identity);
  ++shared_[line.call][ticket];
  deadlines_.emplace(line.deadline, ticket);
  runs_.at(ticket)->lines.push_back(std::move(line));
  ++lines_;
}

void Ledger::Seal(const Run& run) {
  const auto found = in_flight_.find(run.identity);
  if (found == in_flight_.end()) return;
  if (runs_.at(found->second).get() == &run) in_flight_.erase(found);
}

std::shared_ptr<Run> Ledger::Find(uint64_t ticket) const {
  const auto found = runs_.find(ticket);
  return found == runs_.end() ? nullptr : found->second;
}

void Ledger::Strike(uint64_t ticket, const Run& run, const Line& line) {
  --lines_;
  if (run.identity.empty()) return;
  const auto deadline = deadlines_.find({line.deadline, ticket});
  if (deadline != deadlines_.end()) deadlines_.erase(deadline);
  const auto call = shared_.find(line.call);
  if (--call->second[ticket] == 0) call->second.erase(ticket);
  if (call->second.empty()) shared_.erase(call);
}

std::vector<Line> Ledger::Take(uint64_t ticket, const Over& over) {
  std::vector<Line> taken;
  const std::shared_ptr<Run> run = Find(ticket);
  if (run == nullptr) return taken;
  std::vector<Line>& lines = run->lines;
  std::vector<Line> kept;
  for (Line& line : lines) {
    (over(line) ? taken : kept).push_back(std::move(line));
  }
  lines = std::move(kept);
  for (const Line& line : taken) Strike(ticket, *run, line);
  if (lines.empty()) {
    if (!run->identity.empty()) Seal(*run);
    runs_.erase(ticket);
  }
  return taken;
}

std::vector<Line> Ledger::TakeAll(uint64_t ticket) {
  return Take(ticket, [](const Line&) { return true; });
}

std::vector<uint64_t> Ledger::SharedBy(uint64_t call) const {
  std::vector<uint64_t> tickets;
  const auto found = shared_.find(call);
  if (found == shared_.end()) return tickets;
  for (const auto& [ticket, count] : found->second) tickets.push_back(ticket);
  return tickets;
}

std::vector<uint64_t> Ledger::Late(absl::Time now) {
  std::vector<uint64_t> tickets;
  while (!deadlines_.empty() && deadlines_.begin()->first <= now) {
    tickets.push_back(deadlines_.begin()->second);
    deadlines_.erase(deadlines_.begin());
  }
  std::sort(tickets.begin(), tickets.end());
  tickets.erase(std::unique(tickets.begin(), tickets.end()), tickets.end());
  return tickets;
}

std::vector<uint64_t> Ledger::Tickets() const {
  std::vector<uint64_t> tickets;
  for (const auto& [ticket, run] : runs_) tickets.push_back(ticket);
  return tickets;
}

}  // namespace assay::farm
