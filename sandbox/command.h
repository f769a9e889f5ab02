// What is run in a box: a program, its world and its bounds.
//
//   Command command;
//   command.argv = {"/box/a.out"};
//   command.files = {{"a.out", binary, 0755}};
//   command.input = "1 2\n";
//
// The box sees a read-only tree of the host's toolchain folders, a private
// size-capped tmpfs at /box (its working directory) and at /tmp, a minimal
// /dev, and a /proc of its own pid namespace where one can be mounted.
//
// Ownership: descriptors in `channels` stay the caller's; a duplicate goes
// to the box. Trust: every byte here may be hostile, but `argv[0]` and
// `policy` are the caller's own.
#ifndef SANDBOX_COMMAND_H_
#define SANDBOX_COMMAND_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "sandbox/limits.h"

namespace assay::sandbox {

// A large byte string that many commands share (a test's input, a binary).
using Blob = std::shared_ptr<const std::string>;

// A regular file in /box. `path` is one name without a slash.
struct BoxFile {
  std::string path;
  Blob content;
  int mode = 0644;
  // Where not 0, a number of Command::channels: `content` is null, and the
  // file is a link to that descriptor, which boxes share without a copy. Make
  // it one that cannot be written. A box without /proc finds nothing there.
  int channel = 0;
};

// A descriptor that the box finds open under `number` (5 or above).
struct Channel {
  int number = 0;
  int fd = -1;
};

struct Command {
  // An absolute path in the box, and its arguments. Empty with `profile`.
  std::vector<std::string> argv;
  // "NAME=value". The box sees these alone.
  std::vector<std::string> environment;
  // A name of sandbox/policies:
  //   native    compiled programs (but those of go: jit)
  //   python    interpreters with event loops
  //   jit       node, the JVM, programs of go
  //   compiler  toolchains: rustc, go build, javac, tsc, gcc
  std::string policy = "native";
  // Where not empty: the run is a child of the warm fork server of this name
  // instead of an exec of argv; it finds `request` on descriptor 3.
  std::string profile;
  // The box's stdin, from a file. Null: /dev/null.
  Blob input;
  // Bytes that the run reads from descriptor 3 (a sealed memory file).
  // Null: none.
  Blob request;
  // Opens descriptor 4 for writing; what is written is RunResult::reply.
  bool wants_reply = false;
  std::vector<BoxFile> files;
  std::vector<Channel> channels;
  // Names of regular files in /box to bring back when the run has ended;
  // "*.class" means all whose names end so, sorted. At most kMaxCollected,
  // and Limits::collect_bytes together; symbolic links are not followed.
  std::vector<std::string> collect;
  Limits limits;
};

}  // namespace assay::sandbox

#endif  // SANDBOX_COMMAND_H_
