// Reaches a server: one that is named, or one started for this command alone.
//
//   auto server = Server::Open("unix:/run/assay.sock");   // Or "host:port".
//   auto own = Server::Open("");   // Starts assayd as a child.
//   if (!own.ok()) ...             // What to do is in the message.
//   std::unique_ptr<v1::Verifier::Stub> stub = (*own)->NewStub();
//
// The child is the `assayd` beside this program, else the one in $PATH; it
// listens on a Unix socket in a private folder, logs to a file there, dies
// with this process, and is stopped by the destructor (SIGTERM, then SIGKILL
// after kStopGrace). The folder is locked (flock of `lock`) while this lives;
// one that a killed command left is removed by the next that starts a child.
// Threads: Open and the destructor on one thread; the others on any.
#ifndef CLIENTS_CLI_SERVER_H_
#define CLIENTS_CLI_SERVER_H_

#include <sys/types.h>

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "proto/assay/v1/verifier.grpc.pb.h"

namespace assay::cli {

inline constexpr absl::Duration kStartGrace = absl::Seconds(60);
inline constexpr absl::Duration kStopGrace = absl::Seconds(20);
// Of a response; reports with all their evidence stay far below it.
inline constexpr int kResponseBytesMax = 256 << 20;

class Server {
 public:
  // An empty `address` starts a child. Only then does this wait: until the
  // child is ready. A named server is reached when first called.
  static absl::StatusOr<std::unique_ptr<Server>> Open(
      const std::string& address);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::shared_ptr<grpc::Channel> NewChannel() const;
  std::unique_ptr<v1::Verifier::Stub> NewStub() const;
  const std::string& address() const { return address_; }
  bool is_child() const { return !folder_.empty(); }
  // Starts the child again where it has died. OK where there is no child, or
  // it lives.
  absl::Status Revive();
  // The last lines of the child's log, indented; empty where there is none.
  std::string LogTail() const;

 private:
  Server() = default;
  absl::Status StartChild();
  void StopChild();

  std::string address_;
  std::string folder_;  // The child's socket and log. Empty: no child.
  int lock_fd_ = -1;    // Of the folder's lock.
  std::mutex reviving_;
  pid_t pid_ = -1;
  int starts_ = 0;
};

// Removes the private folders in `base` whose commands were killed, at most
// kStaleFoldersMax of them.
inline constexpr int kStaleFoldersMax = 1000;
void RemoveStaleFolders(const std::string& base);

// The absolute path of a program beside this one, else its bare name.
std::string ProgramBeside(const std::string& name);

}  // namespace assay::cli

#endif  // CLIENTS_CLI_SERVER_H_
