// Judges code samples: Prepare -> sandbox -> Decide.
//
//   std::vector<sandbox::Profile> profiles = CodeProfiles();
//   // ... Sandbox::Start with them, before any thread ...
//   auto world = MakeCodeWorld(CodeOptions(), sandbox.get());
//   std::unique_ptr<Judge> judge = MakeCodeJudge(*world, &sandbox->lane(0));
//   Report report = judge->Verify(sample, cancelled);
//
// Errors: none escape Verify; see verifier/judge.h.
// Threads: a CodeWorld is shared by all lanes and thread-safe; a judge
// belongs to one lane.
#ifndef VERIFIER_CODE_CODE_JUDGE_H_
#define VERIFIER_CODE_CODE_JUDGE_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "sandbox/sandbox.h"
#include "verifier/judge.h"

namespace assay::code {

// What one language offers on this host, found by running its toolchain once.
struct LanguageStatus {
  std::string name;  // "python", "c", "cpp"
  bool available = false;
  std::string version;             // First line of its own version text.
  std::string unavailable_reason;  // E.g. "g++ not found".
  // "stdio", "call", "asserts" -> the strongest integrity offered.
  std::map<std::string, Integrity> test_kinds;
  // Warm interpreters beside its own: name, and why it is down (OK: warm).
  std::map<std::string, absl::Status> profiles;
};

struct CodeOptions {
  // A secret of at least 16 bytes for completion proofs; drawn from the
  // system where empty.
  std::string secret;
  // The text of testlib.h, for special judges that include it. Empty: none.
  std::string testlib_header;
  // CPU time of one run of a special judge or interactor; wall time is
  // bounded by 3x + 2 s. What an examiner may use beyond the candidate's.
  absl::Duration judge_time = absl::Seconds(10);
  // The languages that are probed and offered, by name. Empty: all.
  std::vector<std::string> languages;
};

class CodeWorld;  // Languages, secrets and options that all lanes share.

// A warm python beside the language's own, which a sample can name.
struct PythonProfile {
  std::string name;         // Of letters, digits, '-' and '_'.
  std::string interpreter;  // An absolute path, e.g. "/opt/ml/bin/python".
};

// What boxes have to see read-only so that `interpreter` runs: the folder of
// its virtual environment, and that of the python behind it, where they lie
// outside /usr. INVALID_ARGUMENT says what is wrong with the profile.
absl::StatusOr<std::vector<std::string>> FoldersOf(
    const PythonProfile& profile);

// The warm profiles that the sandbox has to be started with: "python",
// "numpy" (offered where the host's python has it), and `more`.
std::vector<sandbox::Profile> CodeProfiles(
    const std::vector<PythonProfile>& more = {});

// Probes the toolchains inside boxes of `sandbox`, which outlives the world.
absl::StatusOr<std::shared_ptr<CodeWorld>> MakeCodeWorld(
    const CodeOptions& options, sandbox::Sandbox* sandbox);

const std::vector<LanguageStatus>& Languages(const CodeWorld& world);
// "exact/1", "tokens/1", ...
std::vector<std::string> Comparisons();

std::unique_ptr<Judge> MakeCodeJudge(std::shared_ptr<CodeWorld> world,
                                     sandbox::Lane* lane);

}  // namespace assay::code

#endif  // VERIFIER_CODE_CODE_JUDGE_H_
