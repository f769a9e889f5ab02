// A server over fake judges on a Unix socket, and its client.
#ifndef TESTS_VERIFIER_SERVER_SERVICE_FIXTURE_H_
#define TESTS_VERIFIER_SERVER_SERVICE_FIXTURE_H_

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"
#include "proto/assay/v1/verifier.grpc.pb.h"
#include "tests/verifier/farm/fake_judge.h"
#include "tests/verifier/farm/gate.h"
#include "verifier/server/log.h"
#include "verifier/server/server.h"

namespace assay::server {

class ServiceTest : public ::testing::Test {
 protected:
  void TearDown() override {
    gate_.Open();
    if (server_ != nullptr) server_->Drain(absl::Seconds(10));
    server_.reset();
    farm_.reset();
    if (!folder_.empty()) std::filesystem::remove_all(folder_);
  }

  // Judges that accept all; "wait..." ids wait at the gate first.
  farm::Script Waiting() {
    return
        [this](const Sample& sample, const std::atomic<bool>& cancelled, int) {
          if (sample.id.rfind("wait", 0) == 0) gate_.Pass(cancelled);
          if (!cancelled) return farm::Accept(sample);
          Report report = Report::For(sample);
          report.Refuse(Cause::kCancelled, "told to stop");
          return report;
        };
  }

  void Serve() { Serve(Waiting()); }
  void Serve(farm::Script script) {
    SetLogLevel(LogLevel::kError);
    farm::FarmOptions farm_options;
    farm_options.math_lanes = 2;
    farm_options.bounds.samples_max = abilities_.bounds.queue_samples_max;
    farm_options.bounds.bytes_max = abilities_.bounds.queue_bytes_max;
    farm_ = std::make_unique<farm::Farm>(farm_options,
                                         farm::Fakes(std::move(script)));
    char folder[] = "/tmp/assay_service_XXXXXX";
    folder_ = mkdtemp(folder);
    abilities_.languages = {{.name = "python", .available = true}};
    ServerOptions options;
    options.listen = "unix:" + folder_ + "/s";
    auto server = Server::Start(options, abilities_, farm_.get());
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
    stub_ = NewStub();
  }

  std::shared_ptr<grpc::Channel> NewChannel() {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    arguments.SetMaxReceiveMessageSize(-1);
    return grpc::CreateCustomChannel(
        server_->address(), grpc::InsecureChannelCredentials(), arguments);
  }
  std::unique_ptr<v1::Verifier::Stub> NewStub() {
    return v1::Verifier::NewStub(NewChannel());
  }

  static v1::Sample Math(const std::string& id) {
    v1::Sample sample;
    sample.set_id(id);
    sample.mutable_math()->set_answer("1");
    sample.mutable_math()->add_gold("1");
    return sample;
  }

  static v1::VerifyRequest Batch(const std::vector<std::string>& ids) {
    v1::VerifyRequest request;
    for (const std::string& id : ids) *request.add_samples() = Math(id);
    return request;
  }

  // Waits until the farm holds nothing.
  void AwaitIdle() {
    while (farm_->unanswered() > 0) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  }

  Abilities abilities_;
  farm::Gate gate_;
  std::string folder_;
  std::unique_ptr<farm::Farm> farm_;
  std::unique_ptr<Server> server_;
  std::unique_ptr<v1::Verifier::Stub> stub_;
};

}  // namespace assay::server

#endif  // TESTS_VERIFIER_SERVER_SERVICE_FIXTURE_H_
