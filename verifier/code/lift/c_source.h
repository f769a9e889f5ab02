// What a text of C or C++ declares at its top level, as far as lifting needs
// it.
//
//   absl::StatusOr<CSource> program = ReadC(text);
//   for (const CFunction& f : program->functions) ...
//
// A function is recorded where it has a body and stands in no namespace.
// Errors: INVALID_ARGUMENT: the text ends inside a comment, a text or a
// bracket. Ownership: views of the text. Time: linear. Threads: pure.
#ifndef VERIFIER_CODE_LIFT_C_SOURCE_H_
#define VERIFIER_CODE_LIFT_C_SOURCE_H_

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "verifier/code/c_lexer.h"

namespace assay::code {

struct CFunction {
  std::string_view name;
  // Token indices: the declaration begins at `begin`, its name is `at`, the
  // parameters' brackets are `at` + 1 and `close` - 1, the body's first is
  // `body`.
  size_t begin = 0;
  size_t at = 0;
  size_t close = 0;
  size_t body = 0;
  bool is_template = false;
};

// A class without bases, which is no template.
struct CClass {
  std::string_view name;
  // Token indices: of its first word, of its brace, after that one's close.
  size_t begin = 0;
  size_t body = 0;
  size_t end = 0;
  bool is_struct = false;
};

struct CSource {
  std::vector<Token> tokens;  // Without preprocessor lines.
  std::vector<CFunction> functions;
  std::vector<CClass> classes;
  std::vector<std::string_view> directives;
  std::set<std::string_view> macros;    // Names that #define gives a meaning.
  std::set<std::string_view> includes;  // Of standard headers: "vector".
  std::set<std::string_view> words;     // Every word of the text.
  bool using_std = false;               // `using namespace std;` at top level.

  const CFunction* Find(std::string_view name) const;
  // Whether a token, or a preprocessor line, has this word.
  bool Mentions(std::string_view word) const;
};

absl::StatusOr<CSource> ReadC(std::string_view text);

// The index after the bracket that closes tokens[open]; size() if none does.
size_t CloseOf(const std::vector<Token>& tokens, size_t open);

// Whether C or C++ has a header of this name in its standard library.
bool IsStandardHeader(std::string_view name);

}  // namespace assay::code

#endif  // VERIFIER_CODE_LIFT_C_SOURCE_H_
