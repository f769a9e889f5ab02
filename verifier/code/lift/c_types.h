// Reads the signature of a function of C or C++, in builtin types alone.
//
//   absl::StatusOr<CSignature> s = ReadSignature(source, function, kCpp);
//   s->result.text     // "std::vector<int>"
//   s->params[0].type.text, s->params[0].pass
//
// Types are written anew from a fixed list: arithmetic types, bool, char,
// const char*; in C++ the standard library's strings, containers, tuples and
// optionals of such, named with or without `std::`. Defaults of parameters
// are kept where they are one literal. Classes of given names stand by value
// and by reference, but no result refers to one. Two signatures of the same
// types have the same text.
//
// Errors: FAILED_PRECONDITION: something else stands there; the message says
// what. Bounds: kTypeDepth. Time: linear. Threads: pure functions.
#ifndef VERIFIER_CODE_LIFT_C_TYPES_H_
#define VERIFIER_CODE_LIFT_C_TYPES_H_

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "verifier/code/lift/c_source.h"

namespace assay::code {

inline constexpr int kTypeDepth = 16;
inline constexpr size_t kParamsMax = 64;

enum class CMode : uint8_t { kC, kCpp };

struct CType {
  std::string text;               // Without const and reference at the top.
  std::set<std::string> headers;  // That declare it: "vector".
  bool is_object = false;         // One of the given names itself.
};

struct CParam {
  enum class Pass : uint8_t { kValue, kConstRef, kRef, kMoved };
  CType type;
  Pass pass = Pass::kValue;
  std::string fallback;  // A literal; empty: none.

  std::string Declared() const;  // "const std::string&".
};

struct CSignature {
  std::string_view name;
  CType result;  // "void" where there is none.
  bool result_is_const_ref = false;
  std::vector<CParam> params;

  std::string ResultDeclared() const;
  std::string ParamTypes() const;  // "int, const std::string&".
};

// Names of classes, which stand for themselves, as `::Name`.
using CTypeNames = std::set<std::string_view>;

// A constructor has no result; what follows a method's parameters is left out.
enum class CCallee : uint8_t { kFunction, kMethod, kMaker };

absl::StatusOr<CSignature> ReadSignature(const CSource& source,
                                         const CFunction& function, CMode mode,
                                         const CTypeNames* names = nullptr,
                                         CCallee callee = CCallee::kFunction);

}  // namespace assay::code

#endif  // VERIFIER_CODE_LIFT_C_TYPES_H_
