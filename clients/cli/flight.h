// The samples that one VerifyStream has under way: bounded in number and in
// bytes, each answered once, and none forgotten when the connection breaks.
//
//   Flight flight(/*bytes_max=*/64 << 20);
//   flight.SetSamplesMax(256);
//   uint64_t ordinal = flight.Depart(std::move(entry));    // Writer.
//   std::optional<Flight::Entry> e = flight.Arrive(7);     // Reader.
//   flight.WaitForRoom();                                  // Writer.
//   for (auto& e : flight.TakeAll()) ...                   // After a break.
//
// Threads: every method may be called by any.
#ifndef CLIENTS_CLI_FLIGHT_H_
#define CLIENTS_CLI_FLIGHT_H_

#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <vector>

#include "clients/cli/test_sets.h"
#include "proto/assay/v1/sample.pb.h"

namespace assay::cli {

class Flight {
 public:
  struct Entry {
    v1::Sample sample;
    uint64_t position = 0;     // In the input.
    int departures_count = 0;  // Times sent.
    TestSets::Tests tests;     // Out of the sample; null: in it.
    bool whole = false;        // Its tests must travel inside.
    size_t bytes = 0;          // As it was sent last.
  };

  explicit Flight(size_t bytes_max) : bytes_max_(bytes_max) {}

  // Forgets a stream that ended: the next one counts its ordinals from 0.
  void Reset();
  void SetSamplesMax(size_t samples_max);

  // Waits until another sample may depart. One always may where none is
  // under way. False: stopped.
  bool WaitForRoom();
  // Whether WaitForRoom would return at once.
  bool HasRoom() const;
  // Wakes the waiters for good, until Reset.
  void Stop();

  // The next ordinal of the stream.
  uint64_t Depart(Entry entry);
  // Nothing: no such sample is under way.
  std::optional<Entry> Arrive(uint64_t ordinal);
  // What is still under way, in the order of departure.
  std::vector<Entry> TakeAll();

 private:
  bool HasRoomLocked() const;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  size_t samples_max_ = 1;
  const size_t bytes_max_;
  std::map<uint64_t, Entry> entries_;
  size_t bytes_ = 0;
  uint64_t next_ordinal_ = 0;
  bool stopped_ = false;
};

}  // namespace assay::cli

#endif  // CLIENTS_CLI_FLIGHT_H_
