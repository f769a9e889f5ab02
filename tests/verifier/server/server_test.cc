// What operators rely on: health, reflection, capabilities, addresses.
#include "verifier/server/server.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <cstring>
#include <fstream>
#include <future>
#include <thread>

#include "grpcpp/generic/generic_stub.h"
#include "tests/verifier/server/service_fixture.h"

namespace assay::server {
namespace {

using ::testing::HasSubstr;
using ServerTest = ServiceTest;

std::string TextOf(const grpc::ByteBuffer& buffer) {
  grpc::Slice slice;
  EXPECT_TRUE(buffer.DumpToSingleSlice(&slice).ok());
  return std::string(reinterpret_cast<const char*>(slice.begin()),
                     slice.size());
}

grpc::ByteBuffer BufferOf(const std::string& text) {
  grpc::Slice slice(text);
  return grpc::ByteBuffer(&slice, 1);
}

// 1 SERVING, 2 NOT_SERVING; -1: no answer.
int Health(const std::shared_ptr<grpc::Channel>& channel,
           const std::string& service) {
  grpc::GenericStub stub(channel);
  grpc::ClientContext context;
  const grpc::ByteBuffer request = BufferOf(
      std::string("\x0a") + static_cast<char>(service.size()) + service);
  grpc::ByteBuffer answer;
  std::promise<grpc::Status> promise;
  stub.UnaryCall(&context, "/grpc.health.v1.Health/Check", grpc::StubOptions(),
                 &request, &answer,
                 [&](grpc::Status status) { promise.set_value(status); });
  if (!promise.get_future().get().ok()) return -1;
  const std::string text = TextOf(answer);
  return text.size() == 2 && text[0] == 8 ? text[1] : 0;
}

TEST_F(ServerTest, HealthAnswersAndIsDownFirstOnDrain) {
  Serve();
  auto channel = NewChannel();
  EXPECT_EQ(Health(channel, "assay.v1.Verifier"), 1);
  EXPECT_EQ(Health(channel, ""), 1);
  auto call = std::async(std::launch::async, [&] {
    grpc::ClientContext context;
    v1::VerifyResponse response;
    return stub_->Verify(&context, Batch({"wait"}), &response).ok();
  });
  gate_.AwaitArrivals(1);
  auto drain = std::async(std::launch::async,
                          [&] { return server_->Drain(absl::Seconds(60)); });
  while (Health(channel, "assay.v1.Verifier") == 1) std::this_thread::yield();
  EXPECT_EQ(Health(channel, "assay.v1.Verifier"), 2);
  gate_.Open();
  EXPECT_TRUE(call.get());
  EXPECT_TRUE(drain.get());
}

TEST_F(ServerTest, ReflectionListsTheService) {
  Serve();
  grpc::GenericStub stub(NewChannel());
  grpc::ClientContext context;
  grpc::CompletionQueue queue;
  auto call = stub.PrepareCall(
      &context,
      "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", &queue);
  void* tag = nullptr;
  bool ok = false;
  const auto next = [&] {
    EXPECT_TRUE(queue.Next(&tag, &ok));
    EXPECT_TRUE(ok);
  };
  call->StartCall(nullptr);
  next();
  call->Write(BufferOf("\x3a\x01*"), nullptr);  // list_services: "*"
  next();
  grpc::ByteBuffer answer;
  call->Read(&answer, nullptr);
  next();
  EXPECT_THAT(TextOf(answer), HasSubstr("assay.v1.Verifier"));
  EXPECT_THAT(TextOf(answer), HasSubstr("grpc.health.v1.Health"));
  context.TryCancel();
  grpc::Status status;
  call->Finish(&status, nullptr);
  next();
  queue.Shutdown();
  while (queue.Next(&tag, &ok)) {
  }
}

TEST_F(ServerTest, CapabilitiesAreTold) {
  Serve();
  grpc::ClientContext context;
  v1::Capabilities capabilities;
  ASSERT_TRUE(stub_
                  ->GetCapabilities(&context, v1::GetCapabilitiesRequest(),
                                    &capabilities)
                  .ok());
  EXPECT_EQ(capabilities.verifier_version(), kVerifierVersion);
  EXPECT_EQ(capabilities.languages(0).name(), "python");
  EXPECT_GT(capabilities.limits().message_bytes_max(), 0u);
}

TEST_F(ServerTest, TheSocketIsItsOwnersAloneAndIsRemoved) {
  Serve();
  struct stat found;
  const std::string path = folder_ + "/s";
  ASSERT_EQ(stat(path.c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777, 0700u);
  server_->Drain(absl::Seconds(5));
  EXPECT_NE(stat(path.c_str(), &found), 0);
}

TEST_F(ServerTest, ASocketInUseIsNotTaken) {
  Serve();
  ServerOptions options;
  options.listen = server_->address();
  const auto second = Server::Start(options, abilities_, farm_.get());
  EXPECT_EQ(second.status().code(), absl::StatusCode::kAlreadyExists);
  grpc::ClientContext context;
  v1::VerifyResponse response;
  EXPECT_TRUE(stub_->Verify(&context, Batch({"a"}), &response).ok());
}

TEST_F(ServerTest, ALeftOverSocketIsReplacedAndAFileIsNot) {
  Serve();
  ServerOptions options;
  options.listen = "unix:" + folder_ + "/old";
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  std::strcpy(address.sun_path, (folder_ + "/old").c_str());
  const int fd = socket(AF_UNIX, SOCK_STREAM, 0);
  ASSERT_EQ(bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof(address)),
            0);
  close(fd);
  EXPECT_TRUE(Server::Start(options, abilities_, farm_.get()).ok());
  options.listen = "unix:" + folder_ + "/file";
  std::ofstream(folder_ + "/file") << "precious";
  EXPECT_EQ(Server::Start(options, abilities_, farm_.get()).status().code(),
            absl::StatusCode::kAlreadyExists);
  options.listen = "unix:" + folder_ + "/" + std::string(200, 'x');
  EXPECT_EQ(Server::Start(options, abilities_, farm_.get()).status().code(),
            absl::StatusCode::kInvalidArgument);
}

TEST_F(ServerTest, APortIsChosenAndNeverShared) {
  Serve();
  farm::Farm farm({}, farm::Fakes(Waiting()));
  ServerOptions options;
  options.listen = "127.0.0.1:0";
  const auto first = Server::Start(options, abilities_, &farm);
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_NE((*first)->address(), "127.0.0.1:0");
  options.listen = (*first)->address();
  EXPECT_EQ(Server::Start(options, abilities_, &farm).status().code(),
            absl::StatusCode::kUnavailable);
}

TEST_F(ServerTest, AnAddressThatOthersReachIsRefused) {
  Serve();
  ServerOptions options;
  options.listen = "0.0.0.0:0";
  EXPECT_EQ(Server::Start(options, abilities_, farm_.get()).status().code(),
            absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace assay::server
