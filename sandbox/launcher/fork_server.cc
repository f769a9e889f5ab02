#include "sandbox/launcher/fork_server.h"

namespace assay::sandbox {

ForkServer::~ForkServer() { Stop(); }
void ForkServer::Launch() {}
void ForkServer::AwaitReady() {}
void ForkServer::Fork(BoxRun* run) {
  run->FailSetup(SetupStep::kForkServer, 0);
}
void ForkServer::OnReadable() {}
void ForkServer::OnTime(int64_t) {}
void ForkServer::Stop() {}
void ForkServer::Fail(const std::string& text) { error_ = text; }

}  // namespace assay::sandbox
