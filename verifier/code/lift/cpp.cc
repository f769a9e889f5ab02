// C and C++.
#include "absl/status/status.h"
#include "verifier/code/joined_text.h"
#include "verifier/code/languages.h"
#include "verifier/code/lift/dialect.h"

namespace assay::code {
namespace {

absl::StatusOr<Lifted> Lift(const LiftRequest&) {
  return absl::FailedPreconditionError("no signature is read yet");
}

absl::StatusOr<Sources> JoinBoth(const char* language, const char* source_file,
                                 std::string_view program,
                                 std::string_view tests) {
  absl::StatusOr<std::string> text =
      JoinForCompletion(*FindLanguage(language), program, tests);
  if (!text.ok()) return text.status();
  return Sources{{source_file, *std::move(text)}, {kProofName, kProofSource}};
}

absl::StatusOr<Sources> JoinC(std::string_view program,
                              std::string_view tests) {
  return JoinBoth("c", "main.c", program, tests);
}

absl::StatusOr<Sources> JoinCpp(std::string_view program,
                                std::string_view tests) {
  return JoinBoth("cpp", "main.cpp", program, tests);
}

}  // namespace

const Dialect& CDialect() {
  static constexpr Dialect kDialect = {"c", Lift, JoinC, AlteredTests};
  return kDialect;
}

const Dialect& CppDialect() {
  static constexpr Dialect kDialect = {"cpp", Lift, JoinCpp, AlteredTests};
  return kDialect;
}

}  // namespace assay::code
