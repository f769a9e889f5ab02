// Reads the signature of a function of Rust, in types of the standard
// library alone.
//
//   absl::StatusOr<RustSignature> s = ReadRustSignature(source, function);
//   s->params[0].held     // "::std::vec::Vec<&'static str>"
//   s->params[0].declared // "::std::vec::Vec<&str>"
//
// Types are written anew from a fixed list: integers, floats, bool, char,
// strings, Vec, slices, arrays, tuples, Option, Result and the collections,
// of such. Objects of given types stand by themselves or behind a reference.
// Errors: FAILED_PRECONDITION: something else stands there; the
// message says what. Bounds: kTypeDepth. Time: linear. Threads: pure.
#ifndef VERIFIER_CODE_LIFT_RUST_TYPES_H_
#define VERIFIER_CODE_LIFT_RUST_TYPES_H_

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "verifier/code/lift/rust_source.h"

namespace assay::code {

struct RustParam {
  // An object of the program's: `held` is its type.
  enum class Object : uint8_t { kNone, kValue, kRef, kMut };

  std::string declared;  // As a stub's parameter.
  std::string held;      // What owns an argument; references live for ever.
  Object object = Object::kNone;
  bool changes = false;   // `&mut`: `held` is what it points to.
  bool is_slice = false;  // `&mut [T]`, held as a Vec.
};

struct RustSignature {
  std::string_view name;
  std::string_view owner;  // The type that it is a function of; empty: none.
  bool has_self = false;   // It is the first parameter.
  std::string result;      // References live for ever; "()" for none.
  bool result_is_object = false;
  std::vector<RustParam> params;
};

// Types of the program whose objects stay there.
using RustTypeNames = std::set<std::string_view>;

absl::StatusOr<RustSignature> ReadRustSignature(const RustSource& source,
                                                const RustFunction& function,
                                                const RustTypeNames& objects,
                                                std::string_view owner = "");

}  // namespace assay::code

#endif  // VERIFIER_CODE_LIFT_RUST_TYPES_H_
