// C.
#include "absl/status/status.h"
#include "verifier/code/joined_text.h"
#include "verifier/code/languages.h"
#include "verifier/code/lift/dialect.h"

namespace assay::code {
namespace {

absl::StatusOr<Lifted> LiftC(const LiftRequest&) {
  return absl::FailedPreconditionError("no signature is read yet");
}

absl::StatusOr<Sources> JoinC(std::string_view program,
                              std::string_view tests) {
  absl::StatusOr<std::string> text =
      JoinForCompletion(*FindLanguage("c"), program, tests);
  if (!text.ok()) return text.status();
  return Sources{{"main.c", *std::move(text)}, {kProofName, kProofSource}};
}

}  // namespace

const Dialect& CDialect() {
  static constexpr Dialect kDialect = {"c", LiftC, JoinC, AlteredTests};
  return kDialect;
}

}  // namespace assay::code
