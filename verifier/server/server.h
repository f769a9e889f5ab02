// Serves the contract on one address: calls, health, reflection, drain.
//
//   ServerOptions options{.listen = "unix:/run/assay.sock"};
//   auto server = Server::Start(options, abilities, &farm);
//   ...
//   (*server)->Drain(absl::Seconds(30));
//
// Errors: Start answers INVALID_ARGUMENT (an address that may not be used),
// ALREADY_EXISTS (another server listens there), UNAVAILABLE (bind failed).
// Threads: Start and Drain by one thread; calls run on gRPC's own.
// Ownership: the farm outlives the server.
#ifndef VERIFIER_SERVER_SERVER_H_
#define VERIFIER_SERVER_SERVER_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "grpcpp/grpcpp.h"
#include "verifier/farm/farm.h"
#include "verifier/server/bounds.h"
#include "verifier/server/edge.h"

namespace assay::server {

struct ServerOptions {
  // `unix:/path` or `host:port`; port 0 lets the system choose.
  std::string listen = "127.0.0.1:50051";
  // Allows an address that other machines reach. There is no encryption.
  bool insecure_listen_anywhere = false;
  absl::Duration keepalive_time = absl::Minutes(2);
  absl::Duration keepalive_timeout = absl::Seconds(20);
  // Connections older than this are closed when their calls have ended, so
  // that balancers spread them anew. Zero: never.
  absl::Duration connection_age = absl::ZeroDuration();
  absl::Duration connection_age_grace = absl::Minutes(10);
  int concurrent_streams_max = 1024;  // Of one connection.
  int64_t memory_quota_bytes = int64_t{2} << 30;
};

// OK where `listen` is a Unix socket or a loopback address, or `anywhere`.
absl::Status CheckListen(const std::string& listen, bool anywhere);

class Server {
 public:
  static absl::StatusOr<std::unique_ptr<Server>> Start(
      const ServerOptions& options, Abilities abilities, farm::Farm* farm);
  // Drains with no grace where Drain was not called.
  ~Server();

  // Where it listens, the chosen port filled in.
  const std::string& address() const { return address_; }

  // NOT_SERVING; no new calls; what is admitted ends within `grace` or is
  // refused; the last reports are sent. True: nothing was cut short.
  bool Drain(absl::Duration grace);

 private:
  class Service;
  class TestSets;
  Server(Abilities abilities, farm::Farm* farm);

  Edge edge_;
  farm::Farm* const farm_;
  std::unique_ptr<Service> service_;
  std::unique_ptr<TestSets> test_sets_;
  std::unique_ptr<grpc::Server> grpc_;
  std::string address_;
  std::string socket_path_;  // To be removed at the end.
  bool drained_ = false;
};

}  // namespace assay::server

#endif  // VERIFIER_SERVER_SERVER_H_
