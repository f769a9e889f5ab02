// The real assayd, started on a private Unix socket. Whoever includes this
// defines ASSAYD_BINARY, the one of the build.
//
//   Daemon daemon;
//   ASSERT_TRUE(daemon.Start({"--code-lanes", "2"}));
//   auto stub = daemon.NewStub();
//   daemon.Signal(SIGTERM);
//   EXPECT_EQ(daemon.Wait(), 0);
#ifndef TESTS_E2E_DAEMON_H_
#define TESTS_E2E_DAEMON_H_

#include <sys/types.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "grpcpp/grpcpp.h"
#include "proto/assay/v1/verifier.grpc.pb.h"

namespace assay {

class Daemon {
 public:
  explicit Daemon(std::string binary = ASSAYD_BINARY);
  // Kills what is left and removes the folder.
  ~Daemon();

  // False: it did not become ready; see Log.
  bool Start(const std::vector<std::string>& flags);
  void Signal(int number);
  // Its exit status, 128 + n where signal n killed it.
  int Wait();

  pid_t pid() const { return pid_; }
  const std::string& folder() const { return folder_; }
  std::string address() const { return "unix:" + folder_ + "/s"; }
  std::unique_ptr<v1::Verifier::Stub> NewStub() const;
  // What it wrote on stderr.
  std::string Log() const;
  // Resident memory, bytes.
  int64_t Memory() const;
  // Open descriptors.
  int Descriptors() const;
  // It and all its descendants as "pid starttime", so that a reused number
  // is not taken for the old process.
  std::vector<std::string> Tree() const;

 private:
  std::string binary_;
  std::string folder_;
  pid_t pid_ = -1;
};

// Descriptors of ours, and the numbers under which a program finds them.
using Descriptors = std::vector<std::pair<int, int>>;

// Starts a program; without a slash it is looked for in PATH. Its stdin is
// /dev/null, and its stdout and stderr go to `log_path`, unless `descriptors`
// say otherwise; where `log_path` is empty they are ours. -1: it could not be
// started.
pid_t Spawn(const std::vector<std::string>& words, const std::string& log_path,
            const Descriptors& descriptors = {});
// Of those that Daemon::Tree named, the ones that are still there.
std::vector<std::string> Alive(const std::vector<std::string>& tree);

}  // namespace assay

#endif  // TESTS_E2E_DAEMON_H_
