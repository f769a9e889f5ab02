// What a file of Java declares, as far as lifting needs it.
//
//   absl::StatusOr<JavaSource> program = ReadJava(text);
//   for (const JavaClass& c : program->classes) ...
//
// Errors: INVALID_ARGUMENT: it does not lex. Ownership: views of the text.
// Time: linear. Threads: pure functions.
#ifndef VERIFIER_CODE_LIFT_JAVA_SOURCE_H_
#define VERIFIER_CODE_LIFT_JAVA_SOURCE_H_

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "verifier/code/lift/brace_lexer.h"

namespace assay::code {

// A method or constructor, as tokens of the source.
struct JavaMethod {
  std::string_view name;  // Empty: a constructor.
  bool is_static = false;
  bool is_private = false;
  size_t generic = 0;  // Of the type parameters' bracket; 0: none.
  size_t type = 0;     // Of the result's type.
  size_t open = 0;     // Of the parameters' bracket.
};

struct JavaClass {
  std::string_view name;
  bool plain = false;  // A class, not generic and not an interface.
  bool has_parent = false;
  bool is_abstract = false;
  std::vector<JavaMethod> methods;
};

struct JavaSource {
  BraceText lexed;
  std::string package;               // Empty: none.
  std::vector<std::string> imports;  // "java.util.*", "static java.lang..."
  size_t body = 0;                   // Offset after the last import.
  std::vector<JavaClass> classes;    // At top level.
  std::set<std::string_view> types;  // Every name that is declared as a type.
};

absl::StatusOr<JavaSource> ReadJava(std::string_view text);

// A signature, written anew from names in a fixed list.
struct JavaSignature {
  std::string generic;             // "<T extends Comparable<T>> ".
  std::string result;              // Empty: a constructor's.
  std::vector<std::string> types;  // As written: "List<Integer>".
  std::vector<std::string> raw;    // "List", "int[]", "Object" for T.
  bool variadic = false;
  std::string throws;  // "throws Exception ", or empty.
};

// Errors: FAILED_PRECONDITION: a type is not made of builtin ones.
absl::StatusOr<JavaSignature> ReadSignature(const JavaSource& source,
                                            const JavaMethod& method);

}  // namespace assay::code

#endif  // VERIFIER_CODE_LIFT_JAVA_SOURCE_H_
