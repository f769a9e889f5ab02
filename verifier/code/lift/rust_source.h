// What a text of Rust declares at its top level, as far as lifting needs it.
//
//   absl::StatusOr<RustSource> program = ReadRust(text);
//   for (const RustFunction& f : program->functions) ...
//
// Errors: INVALID_ARGUMENT: the text ends inside a comment, a text or a
// bracket, or has bytes that no token of ASCII begins with. Ownership: views
// of the text. Time: linear. Threads: pure functions.
#ifndef VERIFIER_CODE_LIFT_RUST_SOURCE_H_
#define VERIFIER_CODE_LIFT_RUST_SOURCE_H_

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "verifier/code/c_lexer.h"

namespace assay::code {

// A lifetime is a word that begins with a quote. Marks are one character,
// but for ==, !=, <=, >=, &&, ||, ::, -> and =>.
absl::StatusOr<std::vector<Token>> LexRust(std::string_view text);

struct RustFunction {
  std::string_view name;
  // Token indices: of the name, of the parameters' bracket, after that
  // bracket's close, of the body's brace.
  size_t at = 0;
  size_t open = 0;
  size_t close = 0;
  size_t body = 0;
};

// `impl NAME { ... }`, of no trait and without type parameters.
struct RustImpl {
  std::string_view name;
  std::vector<RustFunction> functions;
};

struct RustSource {
  std::vector<Token> tokens;
  std::vector<size_t> closes;  // Of an opening bracket: after its close.
  std::vector<RustFunction> functions;
  std::vector<RustImpl> impls;
  std::set<std::string_view> names;  // Items that the program really has.
  std::set<std::string_view> words;  // Every word of the text.
  // `use` declarations of the standard library without `as`, each a line.
  std::string uses;

  const RustFunction* Find(std::string_view name) const;
  std::string_view at(size_t i) const {
    return i < tokens.size() ? tokens[i].text : std::string_view();
  }
};

absl::StatusOr<RustSource> ReadRust(std::string_view text);

// The call of a macro that asserts: `NAME ! ( begin..end )`.
struct RustAssertion {
  size_t name = 0;
  size_t begin = 0;
  size_t end = 0;
};
std::vector<RustAssertion> RustAssertions(const RustSource& tests);

}  // namespace assay::code

#endif  // VERIFIER_CODE_LIFT_RUST_SOURCE_H_
