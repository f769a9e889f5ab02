#include "verifier/server/server.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "grpcpp/ext/proto_server_reflection_plugin.h"
#include "grpcpp/health_check_service_interface.h"
#include "grpcpp/resource_quota.h"
#include "proto/assay/v1/test_set.grpc.pb.h"
#include "proto/assay/v1/verifier.grpc.pb.h"
#include "verifier/server/encode.h"
#include "verifier/server/pairs_call.h"
#include "verifier/server/stream_call.h"
#include "verifier/server/test_set_calls.h"
#include "verifier/server/utf8.h"
#include "verifier/server/verify_call.h"

namespace assay::server {
namespace {

constexpr char kUnixPrefix[] = "unix:";
// Of the grace, what is kept for the last writes after the farm has drained,
// and for judges that were told to stop.
constexpr absl::Duration kShutdownTime = absl::Milliseconds(500);
constexpr absl::Duration kStopTime = absl::Seconds(1);

std::string SocketPath(const std::string& listen) {
  return absl::StartsWith(listen, kUnixPrefix)
             ? listen.substr(sizeof(kUnixPrefix) - 1)
             : std::string();
}

// gRPC would take the socket of a server that is alive from under it.
absl::Status CheckSocketIsFree(const std::string& path) {
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  if (path.empty() || path.size() >= sizeof(address.sun_path)) {
    return absl::InvalidArgumentError(
        absl::StrCat("--listen: a socket's path has 1 to ",
                     sizeof(address.sun_path) - 1, " bytes"));
  }
  struct stat found;
  if (lstat(path.c_str(), &found) != 0) return absl::OkStatus();
  if (!S_ISSOCK(found.st_mode)) {
    return absl::AlreadyExistsError(path + " is there and is no socket");
  }
  std::memcpy(address.sun_path, path.data(), path.size());
  const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int answer =
      connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof(address));
  close(fd);
  if (answer == 0) {
    return absl::AlreadyExistsError("another server listens on " + path);
  }
  return absl::OkStatus();
}

int Milliseconds(absl::Duration time) {
  return static_cast<int>(
      std::min<int64_t>(absl::ToInt64Milliseconds(time), INT32_MAX));
}

void Configure(const ServerOptions& options, const Bounds& bounds,
               grpc::ServerBuilder* builder) {
  builder->SetMaxReceiveMessageSize(static_cast<int>(bounds.message_bytes_max));
  builder->SetMaxSendMessageSize(-1);  // Reports are bounded by the codec.
  // Else two servers could share a port, each with half of the calls.
  builder->AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder->AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS,
                              options.concurrent_streams_max);
  builder->AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS,
                              Milliseconds(options.keepalive_time));
  builder->AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS,
                              Milliseconds(options.keepalive_timeout));
  builder->AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  builder->AddChannelArgument(
      GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, 10'000);
  if (options.connection_age > absl::ZeroDuration()) {
    builder->AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_MS,
                                Milliseconds(options.connection_age));
    builder->AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_GRACE_MS,
                                Milliseconds(options.connection_age_grace));
  }
  grpc::ResourceQuota quota("assayd");
  quota.Resize(static_cast<std::size_t>(options.memory_quota_bytes));
  builder->SetResourceQuota(quota);
}

}  // namespace

absl::Status CheckListen(const std::string& listen, bool anywhere) {
  if (absl::StartsWith(listen, kUnixPrefix)) return absl::OkStatus();
  const std::size_t colon = listen.rfind(':');
  const std::string host = listen.substr(0, colon);
  if (colon == std::string::npos || host.empty()) {
    return absl::InvalidArgumentError("--listen: give unix:/path or host:port");
  }
  if (anywhere || host == "localhost" || host == "[::1]" ||
      (absl::StartsWith(host, "127.") &&
       host.find_first_not_of("0123456789.") == std::string::npos)) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(
      absl::StrCat("--listen: ", host,
                   " is not loopback, and calls are not encrypted; "
                   "--insecure-listen-anywhere allows it"));
}

// Reads batches as bytes, so that each sample is parsed by itself.
class Server::Service final
    : public v1::Verifier::WithRawCallbackMethod_Verify<
          v1::Verifier::WithRawCallbackMethod_VerifyStream<
              v1::Verifier::WithRawCallbackMethod_VerifyPairs<
                  v1::Verifier::WithCallbackMethod_GetCapabilities<
                      v1::Verifier::Service>>>> {
 public:
  explicit Service(Edge* edge) : edge_(*edge) {}

  grpc::ServerUnaryReactor* Verify(grpc::CallbackServerContext* context,
                                   const grpc::ByteBuffer* request,
                                   grpc::ByteBuffer* response) override {
    return UnaryCall::Start<VerifyCall>(edge_, context, request, response);
  }

  grpc::ServerUnaryReactor* VerifyPairs(grpc::CallbackServerContext* context,
                                        const grpc::ByteBuffer* request,
                                        grpc::ByteBuffer* response) override {
    return UnaryCall::Start<PairsCall>(edge_, context, request, response);
  }

  grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* VerifyStream(
      grpc::CallbackServerContext* context) override {
    return StreamCall::Start(edge_, context);
  }

  grpc::ServerUnaryReactor* GetCapabilities(
      grpc::CallbackServerContext* context, const v1::GetCapabilitiesRequest*,
      v1::Capabilities* response) override {
    EncodeCapabilities(edge_.abilities(), response);
    for (const auto& [source, count] : edge_.farm().poisoned()) {
      (*response->mutable_poisoned_counts())[ToUtf8(source, kTextBytesMax)] =
          static_cast<uint64_t>(count);
    }
    grpc::ServerUnaryReactor* const reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }

 private:
  Edge& edge_;
};

class Server::TestSets final : public v1::TestSets::CallbackService {
 public:
  explicit TestSets(Edge* edge) : edge_(*edge) {}

  grpc::ServerUnaryReactor* FindMissing(
      grpc::CallbackServerContext* context,
      const v1::FindMissingRequest* request,
      v1::FindMissingResponse* response) override {
    grpc::ServerUnaryReactor* const reactor = context->DefaultReactor();
    reactor->Finish(server::FindMissing(edge_, *request, response));
    return reactor;
  }

  grpc::ServerReadReactor<v1::PutRequest>* Put(
      grpc::CallbackServerContext* context,
      v1::PutResponse* response) override {
    return PutCall::Start(edge_, context, response);
  }

 private:
  Edge& edge_;
};

Server::Server(Abilities abilities, farm::Farm* farm)
    : edge_(std::move(abilities), farm),
      farm_(farm),
      service_(std::make_unique<Service>(&edge_)),
      test_sets_(std::make_unique<TestSets>(&edge_)) {}

absl::StatusOr<std::unique_ptr<Server>> Server::Start(
    const ServerOptions& options, Abilities abilities, farm::Farm* farm) {
  absl::Status status =
      CheckListen(options.listen, options.insecure_listen_anywhere);
  if (!status.ok()) return status;
  const std::string path = SocketPath(options.listen);
  if (absl::StartsWith(options.listen, kUnixPrefix)) {
    status = CheckSocketIsFree(path);
    if (!status.ok()) return status;
  }
  grpc::EnableDefaultHealthCheckService(true);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  std::unique_ptr<Server> server(new Server(std::move(abilities), farm));
  grpc::ServerBuilder builder;
  Configure(options, server->edge_.bounds(), &builder);
  int port = 0;
  builder.AddListeningPort(options.listen, grpc::InsecureServerCredentials(),
                           &port);
  builder.RegisterService(server->service_.get());
  builder.RegisterService(server->test_sets_.get());
  const mode_t mask = umask(0077);  // The socket is its owner's alone.
  server->grpc_ = builder.BuildAndStart();
  umask(mask);
  if (server->grpc_ == nullptr || port == 0) {
    return absl::UnavailableError("cannot listen on " + options.listen);
  }
  server->address_ =
      path.empty()
          ? absl::StrCat(
                options.listen.substr(0, options.listen.rfind(':') + 1), port)
          : options.listen;
  server->socket_path_ = path;
  server->grpc_->GetHealthCheckService()->SetServingStatus(
      v1::Verifier::service_full_name(), true);
  return server;
}

bool Server::Drain(absl::Duration grace) {
  drained_ = true;
  grpc_->GetHealthCheckService()->Shutdown();
  edge_.StopStreams();
  const bool whole = farm_->Drain(
      std::max(absl::ZeroDuration(), grace - kShutdownTime - kStopTime));
  grpc_->Shutdown(absl::ToChronoTime(absl::Now() + kShutdownTime));
  grpc_->Wait();
  if (!socket_path_.empty()) unlink(socket_path_.c_str());
  return whole;
}

Server::~Server() {
  if (grpc_ != nullptr && !drained_) Drain(absl::ZeroDuration());
}

}  // namespace assay::server
