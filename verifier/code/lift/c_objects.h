// Which classes of a C++ program can tests use by name alone, and how?
//
//   absl::StatusOr<std::vector<CObject>> objects = ReadObjects(program, tests);
//
// An object stays with the candidate; the examiner knows its number. Given are
// classes at the program's top level, without bases and no template, that the
// tests or the functions they call name, each with its public constructors and
// those public methods that the tests name. Whatever else the tests use of such
// a class (its members, its operators) is not there, and they do not compile
// so.
//
// Errors: FAILED_PRECONDITION: such a method has a signature that is not of
// builtin types and of these classes; the message says which. Ownership:
// views of the program. Time: linear. Threads: pure functions.
#ifndef VERIFIER_CODE_LIFT_C_OBJECTS_H_
#define VERIFIER_CODE_LIFT_C_OBJECTS_H_

#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "verifier/code/lift/c_source.h"
#include "verifier/code/lift/c_types.h"

namespace assay::code {

inline constexpr size_t kMethodsMax = 256;

struct CMethod {
  CSignature signature;  // Of a constructor: without a result.
  bool is_maker = false;
  bool is_static = false;
  bool is_const = false;
  bool is_explicit = false;
};

struct CObject {
  std::string_view name;
  std::vector<CMethod> methods;
};

absl::StatusOr<std::vector<CObject>> ReadObjects(const CSource& program,
                                                 const CSource& tests);

// Their names.
CTypeNames NamesOf(const std::vector<CObject>& objects);

}  // namespace assay::code

#endif  // VERIFIER_CODE_LIFT_C_OBJECTS_H_
