// What every call of the service shares.
//
//   Edge edge(abilities, &farm);
//   edge.StopStreams();  // On drain: no call is begun, no stream read on.
//
// Threads: any. Ownership: the farm outlives the edge and its calls.
#ifndef VERIFIER_SERVER_EDGE_H_
#define VERIFIER_SERVER_EDGE_H_

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "grpcpp/grpcpp.h"
#include "verifier/farm/farm.h"
#include "verifier/server/bounds.h"
#include "verifier/server/byte_budget.h"
#include "verifier/server/decode.h"
#include "verifier/server/test_sets.h"

namespace assay::server {

// Something that is told when the server begins to drain.
class Stoppable {
 public:
  virtual ~Stoppable() = default;
  virtual void Stop() = 0;
};

class Edge {
 public:
  Edge(Abilities abilities, farm::Farm* farm)
      : abilities_(std::move(abilities)),
        test_sets_(abilities_.bounds.test_sets_bytes_max),
        decoder_(abilities_, &test_sets_),
        messages_(abilities_.bounds.messages_bytes_max),
        farm_(farm) {}

  const Abilities& abilities() const { return abilities_; }
  const Bounds& bounds() const { return abilities_.bounds; }
  const Decoder& decoder() const { return decoder_; }
  TestSetStore& test_sets() { return test_sets_; }
  // What the messages that streams work through may hold together.
  ByteBudget& messages() { return messages_; }
  farm::Farm& farm() { return *farm_; }
  bool stopping() const { return stopping_; }

  // Streams that are open; one that enters late is stopped at once.
  void Enter(std::shared_ptr<Stoppable> stream);
  void Leave(Stoppable* stream);
  void StopStreams();

 private:
  const Abilities abilities_;
  TestSetStore test_sets_;
  const Decoder decoder_;
  ByteBudget messages_;
  farm::Farm* const farm_;
  std::atomic<bool> stopping_ = false;
  std::mutex mutex_;
  std::map<Stoppable*, std::weak_ptr<Stoppable>> streams_;
};

// Of a reason that no caller can mistake: by the action that it should take.
grpc::Status ToGrpc(const absl::Status& status);
// The call's deadline; InfiniteFuture where it has none.
absl::Time DeadlineOf(const grpc::CallbackServerContext& context);

}  // namespace assay::server

#endif  // VERIFIER_SERVER_EDGE_H_
