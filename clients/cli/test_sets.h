// Sends the tests of a problem once, where many of its candidates come.
//
//   TestSets sets;
//   sets.Connect(channel, test_set_bytes_max);       // Or null: none.
//   TestSets::Tests tests = sets.Take(&sample);      // Out of the sample.
//   v1::Sample wire = sets.Give(sample, tests, inline_bytes_max);
//
// The first candidate of a problem carries its tests itself; with the second
// they are Put (proto/assay/v1/test_set.proto), and from then on named by
// their digest. Tests of less than kTestsBytesMin always travel inside. A
// server that knows no test sets, or has no room, gets all inside.
//
// Bounds: kDigestsMax digests are remembered; candidates under way share the
// bytes of their tests. Threads: one, but for the counts.
#ifndef CLIENTS_CLI_TEST_SETS_H_
#define CLIENTS_CLI_TEST_SETS_H_

#include <grpcpp/grpcpp.h>

#include <atomic>
#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <unordered_map>

#include "proto/assay/v1/sample.pb.h"
#include "proto/assay/v1/test_set.grpc.pb.h"

namespace assay::cli {

// Begins the reason of a sample whose test set the server lacks.
inline constexpr char kUnknownTestSet[] = "code.test_set: unknown";

class TestSets {
 public:
  static constexpr size_t kTestsBytesMin = 2048;
  static constexpr size_t kDigestsMax = 100'000;
  static constexpr size_t kChunkBytes = size_t{1} << 20;

  struct Shared {
    std::string digest;
    std::string bytes;  // A TestSet in wire form.
  };
  using Tests = std::shared_ptr<const Shared>;

  // Another server, or the same started again: it is asked anew.
  void Connect(const std::shared_ptr<grpc::Channel>& channel,
               uint64_t test_set_bytes_max);

  // Takes large tests out of a sample. Null: they stay in it.
  Tests Take(v1::Sample* sample);
  // The sample as it is sent: with its tests, or their digest. `whole` keeps
  // them inside, unless the sample would be over `inline_bytes_max` with them.
  v1::Sample Give(const v1::Sample& sample, const Tests& tests, bool whole,
                  uint64_t inline_bytes_max);
  // A test set is gone from the server: it is asked anew about all. Any thread.
  void Lost() { ++connection_; }
  // Counts what a sample saved on its way.
  void CountSent(const v1::Sample& wire, const Tests& tests);

  // Of tests that did not travel because their digest did.
  uint64_t saved_bytes() const { return saved_bytes_; }
  // Test sets that were Put.
  uint64_t put_count() const { return put_count_; }

 private:
  struct Known {
    std::string digest;
    std::weak_ptr<const Shared> tests;
    uint64_t taken_count = 0;
    uint64_t connection = 0;  // On which the server was seen to have it.
  };
  using Order = std::list<Known>;

  Known& Remember(const std::string& digest);
  // Whether the server has it now.
  bool Put(const Tests& tests);
  bool Send(const Tests& tests);

  std::unique_ptr<v1::TestSets::Stub> stub_;
  uint64_t test_set_bytes_max_ = 0;
  std::atomic<uint64_t> connection_{0};
  Order order_;  // Most recent first.
  std::unordered_map<std::string, Order::iterator> index_;
  std::atomic<uint64_t> saved_bytes_{0};
  std::atomic<uint64_t> put_count_{0};
};

}  // namespace assay::cli

#endif  // CLIENTS_CLI_TEST_SETS_H_
