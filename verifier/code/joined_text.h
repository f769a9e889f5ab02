// How are solution and tests made into one program that proves its end?
//
//   absl::StatusOr<std::string> text = JoinForCompletion(cpp, solution, tests);
//   std::vector<std::string> altered = AlteredTests(tests, random);
//
// The tests' `main` gets a guard as its first statement; the guard's end, on
// return from main alone, proves completion. exit, _exit, abort and uncaught
// exceptions leave it out.
//
// Errors: INVALID_ARGUMENT: the tests have no `main` with a body, or end
// inside a text or a comment. Time: linear.
#ifndef VERIFIER_CODE_JOINED_TEXT_H_
#define VERIFIER_CODE_JOINED_TEXT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "verifier/code/c_lexer.h"
#include "verifier/code/languages.h"

namespace assay::code {

absl::StatusOr<std::string> JoinForCompletion(const Language& language,
                                              std::string_view solution,
                                              std::string_view tests);

// The tests with one assertion, chosen by `random`, that no right program
// passes any more, in the order in which they are to be tried: its expected
// literal changed, then its condition negated. Empty: no assertion was found.
std::vector<std::string> AlteredTests(std::string_view tests, uint64_t random);

// What another value of the same type is written as; absent: the token is no
// plain literal.
std::optional<std::string> OtherLiteral(const Token& token);

// A source of its own, compiled beside: the guard copies the secret of
// descriptor 3 to descriptor 4.
extern const char kProofName[];
extern const char kProofSource[];

}  // namespace assay::code

#endif  // VERIFIER_CODE_JOINED_TEXT_H_
