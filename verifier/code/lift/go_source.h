// What a file of Go declares, as far as lifting needs it.
//
//   absl::StatusOr<GoSource> program = ReadGo(text);
//   for (const GoFunction& f : program->functions) ...
//   absl::StatusOr<std::string> stub = GoStub(*program, function, 0);
//
// The file may be a whole one (package clause, imports) or a piece that is to
// follow one. Errors: INVALID_ARGUMENT: it does not lex, or a declaration has
// no name. Ownership: views of the text. Time: linear. Threads: pure.
#ifndef VERIFIER_CODE_LIFT_GO_SOURCE_H_
#define VERIFIER_CODE_LIFT_GO_SOURCE_H_

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "verifier/code/lift/brace_lexer.h"

namespace assay::code {

struct GoImport {
  std::string_view alias;  // Empty: none; may be "_" or ".".
  std::string path;        // Without quotes.
  size_t begin = 0;        // Offsets of the specification in the text.
  size_t end = 0;
  // The name that the file knows it by.
  std::string_view name() const;
};

struct GoFunction {
  std::string_view name;
  size_t name_at = 0;  // Offset.
  size_t open = 0;     // Token index of the parameters' bracket.
  bool generic = false;
};

struct GoSource {
  BraceText lexed;
  size_t package_name = 0;  // Token index; 0: there is no package clause.
  size_t body = 0;          // Offset after the last import.
  std::vector<GoImport> imports;
  std::vector<GoFunction> functions;   // No methods.
  std::set<std::string_view> names;    // All that is declared at top level.
  std::set<std::string_view> selects;  // X of every X.y after the imports.

  const GoFunction* Find(std::string_view function) const;
};

absl::StatusOr<GoSource> ReadGo(std::string_view text);

// A function of the same signature, which calls number `index` of the
// candidate. Errors: FAILED_PRECONDITION: a type is not made of builtin ones.
absl::StatusOr<std::string> GoStub(const GoSource& source,
                                   const GoFunction& function, size_t index);

}  // namespace assay::code

#endif  // VERIFIER_CODE_LIFT_GO_SOURCE_H_
