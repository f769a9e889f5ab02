#include "verifier/farm/memory_queue.h"

#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/verifier/farm/fake_judge.h"

namespace assay::farm {
namespace {

using ::testing::ElementsAre;

Entry EntryOf(uint64_t ticket, uint64_t call, int64_t cost = 10) {
  Entry entry;
  entry.ticket = ticket;
  entry.call = call;
  entry.kind = Kind::kMath;
  entry.cost_bytes = cost;
  entry.sample = MathOf(std::to_string(ticket));
  return entry;
}

std::vector<Entry> Entries(uint64_t call, std::vector<uint64_t> tickets) {
  std::vector<Entry> entries;
  for (uint64_t ticket : tickets) entries.push_back(EntryOf(ticket, call));
  return entries;
}

absl::Status Put(MemoryQueue& queue, std::vector<Entry> entries) {
  return queue.Enqueue(entries);
}

std::vector<uint64_t> TakeAll(MemoryQueue& queue, int lane = 0) {
  std::vector<uint64_t> tickets;
  while (queue.depth(Kind::kMath) > 0) {
    std::optional<Entry> entry = queue.Lease(Kind::kMath, lane);
    tickets.push_back(entry->ticket);
    queue.Ack(*entry);
  }
  return tickets;
}

TEST(MemoryQueue, ServesCallsInTurnAndOneCallInOrder) {
  FakeClock clock;
  MemoryQueue queue({}, {1, 1}, &clock);
  ASSERT_TRUE(Put(queue, Entries(7, {1, 2, 3, 4})).ok());
  ASSERT_TRUE(Put(queue, Entries(8, {5})).ok());
  ASSERT_TRUE(Put(queue, Entries(9, {6, 7})).ok());
  EXPECT_THAT(TakeAll(queue), ElementsAre(1, 5, 6, 2, 7, 3, 4));
}

TEST(MemoryQueue, ServesTheProblemsOfACallInTurn) {
  FakeClock clock;
  MemoryQueue queue({}, {1, 1}, &clock);
  std::vector<Entry> entries = Entries(7, {1, 2, 3, 4, 5});
  for (int i : {0, 1, 2}) entries[i].sample.problem = "p";
  for (int i : {3, 4}) entries[i].sample.problem = "q";
  ASSERT_TRUE(queue.Enqueue(entries).ok());
  EXPECT_THAT(TakeAll(queue), ElementsAre(1, 4, 2, 5, 3));
}

TEST(MemoryQueue, TakesAllOrNone) {
  MemoryQueue queue({.samples_max = 3, .bytes_max = 1000}, {1, 1});
  ASSERT_TRUE(Put(queue, Entries(1, {1, 2})).ok());
  std::vector<Entry> two = Entries(1, {3, 4});
  EXPECT_EQ(queue.Enqueue(two).code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(two.size(), 2u);
  EXPECT_EQ(two[1].sample.id, "4");
  EXPECT_EQ(queue.samples(), 2);
}

TEST(MemoryQueue, LeasedEntriesHoldTheirRoomUntilAcknowledged) {
  MemoryQueue queue({.samples_max = 1, .bytes_max = 1000}, {1, 1});
  ASSERT_TRUE(Put(queue, Entries(1, {1})).ok());
  std::optional<Entry> entry = queue.Lease(Kind::kMath, 0);
  EXPECT_FALSE(queue.HasRoom(1, 1));
  EXPECT_TRUE(queue.Extend(1));
  queue.Ack(*entry);
  queue.Ack(*entry);  // Once more changes nothing.
  EXPECT_FALSE(queue.Extend(1));
  EXPECT_TRUE(queue.HasRoom(1, 1));
  EXPECT_EQ(queue.samples(), 0);
  EXPECT_EQ(queue.bytes(), 0);
}

TEST(MemoryQueue, BytesAreBoundedButOneLargeEntryFitsAnEmptyQueue) {
  MemoryQueue queue({.samples_max = 10, .bytes_max = 100}, {1, 1});
  EXPECT_TRUE(queue.HasRoom(1, 5000));
  EXPECT_FALSE(queue.HasRoom(2, 5000));
  std::vector<Entry> large;
  large.push_back(EntryOf(1, 1, 5000));
  ASSERT_TRUE(queue.Enqueue(large).ok());
  EXPECT_FALSE(queue.HasRoom(1, 1));
}

TEST(MemoryQueue, ARetryAvoidsItsLaneAndGoesFirst) {
  MemoryQueue queue({}, {1, 2});
  ASSERT_TRUE(Put(queue, Entries(1, {1, 2, 3})).ok());
  std::optional<Entry> entry = queue.Lease(Kind::kMath, 0);
  entry->fault_lane = 0;
  queue.Retry(*std::move(entry));
  EXPECT_EQ(queue.Lease(Kind::kMath, 0)->ticket, 2u);
  EXPECT_EQ(queue.Lease(Kind::kMath, 1)->ticket, 1u);
}

TEST(MemoryQueue, TheOnlyLaneTakesItsOwnRetry) {
  MemoryQueue queue({}, {1, 1});
  ASSERT_TRUE(Put(queue, Entries(1, {1})).ok());
  std::optional<Entry> entry = queue.Lease(Kind::kMath, 0);
  entry->fault_lane = 0;
  queue.Retry(*std::move(entry));
  EXPECT_EQ(queue.Lease(Kind::kMath, 0)->ticket, 1u);
}

TEST(MemoryQueue, ExpiresWhatIsLateAndNothingElse) {
  FakeClock clock;
  MemoryQueue queue({}, {1, 1});
  std::vector<Entry> entries = Entries(1, {1, 2, 3});
  entries[0].deadline = clock.Now() + absl::Seconds(5);
  entries[1].deadline = clock.Now() + absl::Seconds(1);
  ASSERT_TRUE(queue.Enqueue(entries).ok());
  EXPECT_TRUE(queue.Expire(clock.Now()).empty());
  clock.Advance(absl::Seconds(1));
  std::vector<Entry> late = queue.Expire(clock.Now());
  ASSERT_EQ(late.size(), 1u);
  EXPECT_EQ(late[0].ticket, 2u);
  clock.Advance(absl::Seconds(10));
  late = queue.Expire(clock.Now());
  ASSERT_EQ(late.size(), 1u);
  EXPECT_EQ(late[0].ticket, 1u);
  EXPECT_EQ(queue.samples(), 1);
}

TEST(MemoryQueue, WithdrawTakesOneCallAndItsRetries) {
  MemoryQueue queue({}, {1, 2});
  ASSERT_TRUE(Put(queue, Entries(1, {1, 2, 3})).ok());
  ASSERT_TRUE(Put(queue, Entries(2, {4})).ok());
  queue.Retry(*queue.Lease(Kind::kMath, 0));
  EXPECT_EQ(queue.Withdraw(1).size(), 3u);
  EXPECT_EQ(queue.samples(), 1);
  EXPECT_THAT(TakeAll(queue), ElementsAre(4));
}

TEST(MemoryQueue, OldestAgeIsThatOfWaitingEntries) {
  FakeClock clock;
  MemoryQueue queue({}, {1, 1});
  EXPECT_EQ(queue.OldestAge(clock.Now()), absl::ZeroDuration());
  std::vector<Entry> entries = Entries(1, {1, 2});
  entries[0].admitted = clock.Now() - absl::Seconds(3);
  entries[1].admitted = clock.Now() - absl::Seconds(2);
  ASSERT_TRUE(queue.Enqueue(entries).ok());
  EXPECT_EQ(queue.OldestAge(clock.Now()), absl::Seconds(3));
  queue.Lease(Kind::kMath, 0);
  EXPECT_EQ(queue.OldestAge(clock.Now()), absl::Seconds(2));
}

TEST(MemoryQueue, CloseWakesEveryLease) {
  MemoryQueue queue({}, {1, 2});
  std::vector<std::thread> lanes;
  for (int lane : {0, 1}) {
    lanes.emplace_back([&queue, lane] {
      EXPECT_FALSE(queue.Lease(Kind::kMath, lane).has_value());
    });
  }
  queue.Close();
  for (std::thread& lane : lanes) lane.join();
  EXPECT_EQ(Put(queue, Entries(1, {1})).code(), absl::StatusCode::kUnavailable);
}

TEST(CostBytes, CountsTextsAndTests) {
  Sample math = MathOf("x");
  EXPECT_EQ(CostBytes(math), kSampleCostBytes + 2);
  Sample code = CodeOf("x");
  EXPECT_EQ(CostBytes(code), kSampleCostBytes + kTestCostBytes + 9);
  std::get<CodeSample>(code.task).report_output = true;
  EXPECT_EQ(CostBytes(code),
            kSampleCostBytes + kTestCostBytes + 9 + kOutputCostBytes);
}

}  // namespace
}  // namespace assay::farm
