// What all lanes share: languages, stores, the quiet gate and secrets.
//
// Threads: safe. Made by MakeCodeWorld.
#ifndef VERIFIER_CODE_WORLD_H_
#define VERIFIER_CODE_WORLD_H_

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "sandbox/command.h"
#include "sandbox/wire/fd.h"
#include "verifier/code/code_judge.h"
#include "verifier/code/idle_lanes.h"
#include "verifier/code/lru.h"
#include "verifier/code/plan.h"
#include "verifier/code/quiet.h"
#include "verifier/code/test_odds.h"
#include "verifier/report.h"

namespace assay::code {

// The end of a compilation: a binary, or the compiler's complaint.
struct Compiled {
  sandbox::Blob binary;  // Null: see finding.
  Verdict verdict = Verdict::kUnspecified;
  Cause cause = Cause::kUnspecified;
  std::string reason;
  std::string output;  // Diagnostics, at most kHeadBytes.
  RunUsage usage;
  bool is_exhausted = false;  // The compiler reached one of its limits.
};

// Files of ours that the compile boxes of a language hold.
using Tools = std::vector<sandbox::BoxFile>;

// Those of one language; see tools.h.
struct MadeTools {
  std::mutex mutex;  // Guards files; held while they are made.
  std::shared_ptr<const Tools> files;  // Null: not made yet.
};

// A sealed memory file, open for reading alone.
using CompiledHeader = std::shared_ptr<const sandbox::UniqueFd>;

// Precompiled headers; see headers.h.
struct HeaderStore {
  static constexpr size_t kHeadersBytes = size_t{384} << 20;
  static constexpr size_t kSightings = 1024;

  std::mutex mutex;  // Guards sightings.
  std::map<std::string, int> sightings;
  LruStore<CompiledHeader> compiled{kHeadersBytes};
};

class CodeWorld {
 public:
  static constexpr size_t kBinariesBytes = size_t{256} << 20;
  static constexpr size_t kPlansBytes = size_t{64} << 20;
  static constexpr size_t kAlibisBytes = size_t{16} << 20;

  explicit CodeWorld(std::string secret) : secret_(std::move(secret)) {}

  std::vector<LanguageStatus> languages;
  std::string enforcement;
  std::string testlib_header;  // The text of the operator's; may be empty.
  absl::Duration judge_time = absl::Seconds(10);  // CodeOptions::judge_time.
  QuietGate quiet;
  IdleLanes idle;
  TestOdds odds;
  LruStore<Compiled> binaries{kBinariesBytes};
  HeaderStore headers;
  std::mutex tools_mutex;  // Guards tools, by language, not what is in them.
  std::map<std::string, MadeTools> tools;
  LruStore<std::shared_ptr<const Plan>> plans{kPlansBytes};
  // Of test texts that went wrong: why they do so by themselves; empty: they
  // do not.
  LruStore<std::string> alibis{kAlibisBytes};
  // 32 printable bytes that no run has seen; drawn from the system, mixed
  // with the world's secret.
  std::string DrawSecret() const;
  const LanguageStatus* status(const std::string& language) const;

 private:
  const std::string secret_;
};

}  // namespace assay::code

#endif  // VERIFIER_CODE_WORLD_H_
