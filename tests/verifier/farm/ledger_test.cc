// The invariant of farm.h at random: calls, cancellations, deadlines, faults,
// throws, duplicates, waiters, sweeps and a drain from several threads, and
// then: one answer for each sample that was admitted, none for any other, and
// nothing left in the queue.
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "tests/verifier/farm/fake_judge.h"
#include "verifier/farm/farm.h"

namespace assay::farm {
namespace {

// What was admitted, and how often each was answered.
class Book {
 public:
  void Admitted(const std::string& id) {
    std::lock_guard<std::mutex> lock(mutex_);
    admitted_.insert(id);
  }
  void Answered(const Report& report) {
    std::lock_guard<std::mutex> lock(mutex_);
    ++answers_[report.id];
    ++verdicts_[report.verdict == Verdict::kNoVerdict
                    ? std::string(Name(report.cause))
                    : std::string(Name(report.verdict))];
  }
  void Check() {
    std::lock_guard<std::mutex> lock(mutex_);
    EXPECT_EQ(answers_.size(), admitted_.size());
    for (const std::string& id : admitted_) EXPECT_EQ(answers_[id], 1) << id;
  }
  std::map<std::string, int> verdicts() const { return verdicts_; }

 private:
  std::mutex mutex_;
  std::set<std::string> admitted_;
  std::map<std::string, int> answers_;
  std::map<std::string, int> verdicts_;
};

// The id's last letter says how the judge behaves.
Report Behave(const Sample& sample, const std::atomic<bool>& cancelled, int) {
  switch (sample.id.back()) {
    case 'h':
      return HostFault(sample);
    case 't':
      throw std::runtime_error("thrown");
    case 'e':
      return Report::For(sample);
    case 'w':
      while (!cancelled) std::this_thread::yield();
      return HostFault(sample);
    default:
      return Accept(sample);
  }
}

class Client {
 public:
  Client(Farm* farm, FakeClock* clock, Book* book, int number, unsigned seed)
      : farm_(farm),
        clock_(clock),
        book_(book),
        number_(number),
        random_(seed) {}

  void Run(int rounds) {
    for (int round = 0; round < rounds; ++round) {
      const absl::Time deadline = random_() % 3 == 0
                                      ? clock_->Now() + absl::Seconds(1)
                                      : absl::InfiniteFuture();
      const uint64_t call = farm_->Open(
          deadline, [book = book_](Report r) { book->Answered(r); });
      const unsigned batches = random_() % 3;
      bool stuck = false;
      for (unsigned i = 0; i <= batches; ++i) stuck |= AdmitOne(call);
      if (random_() % 4 == 0) clock_->Advance(absl::Milliseconds(300));
      if (random_() % 4 == 0) farm_->Sweep();
      if (stuck || random_() % 3 == 0) farm_->Cancel(call, "at random");
      farm_->Close(call);
    }
  }

 private:
  // True: a sample waits until its call is cancelled.
  bool AdmitOne(uint64_t call) {
    static constexpr char kWays[] = "aaaaaaahtew";
    std::vector<Sample> samples;
    std::vector<std::string> ids;
    bool waits = false;
    for (unsigned i = 0; i <= random_() % 5; ++i) {
      const char way = kWays[random_() % (sizeof(kWays) - 1)];
      waits |= way == 'w';
      ids.push_back(std::to_string(number_) + "." + std::to_string(next_++) +
                    way);
      samples.push_back(random_() % 2 == 0 ? MathOf(ids.back())
                                           : CodeOf(ids.back()));
      // Some are the same as others that behave alike, of any client.
      if (random_() % 2 == 0) {
        samples.back().identity =
            std::string(1, way) + std::to_string(random_() % 3);
      }
    }
    if (farm_->Admit(call, samples).ok()) {
      for (const std::string& id : ids) book_->Admitted(id);
      return waits;
    }
    EXPECT_EQ(samples.size(), ids.size());
    farm_->AwaitRoom(call, 10, [] {});
    return false;
  }

  Farm* const farm_;
  FakeClock* const clock_;
  Book* const book_;
  const int number_;
  std::mt19937 random_;
  int next_ = 0;
};

// Which ends the runs met depends on the threads' timing, so they are asked
// of all seeds together; that each is answered once, of every seed.
class LedgerTest : public ::testing::TestWithParam<unsigned> {
 protected:
  static void TearDownTestSuite() {
    if (runs_ < 20) return;  // Some seeds were filtered out.
    for (const char* end : {"ACCEPTED", "HOST", "POISON", "CANCELLED"}) {
      EXPECT_EQ(ends_.count(end), 1u) << end;
    }
  }

  static inline std::set<std::string> ends_;
  static inline int runs_ = 0;
};

TEST_P(LedgerTest, EveryAdmittedSampleIsAnsweredOnce) {
  FakeClock clock;
  Book book;
  FarmOptions options;
  options.clock = &clock;
  options.code_lanes = 2;
  options.math_lanes = 2;
  options.bounds.samples_max = 12;
  options.sweep_period = absl::Milliseconds(1);
  options.rest_after_faults = 0;
  {
    Farm farm(options, Fakes(Behave));
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&, i] {
        Client(&farm, &clock, &book, i, GetParam() * 10 + i).Run(600);
      });
    }
    // Half of the runs are drained while the clients still knock.
    if (GetParam() % 2 == 0) farm.Drain(absl::Milliseconds(GetParam()));
    for (std::thread& thread : threads) thread.join();
    farm.Drain(absl::Milliseconds(50));
    EXPECT_EQ(farm.unanswered(), 0);
    EXPECT_EQ(farm.queue().samples(), 0);
    EXPECT_EQ(farm.queue().bytes(), 0);
  }
  book.Check();
  for (const auto& [end, count] : book.verdicts()) ends_.insert(end);
  ++runs_;
}

INSTANTIATE_TEST_SUITE_P(Seeds, LedgerTest, ::testing::Range(1u, 21u));

}  // namespace
}  // namespace assay::farm
