// Reads the signature of a function of Rust, in types of the standard
// library alone.
//
//   absl::StatusOr<RustSignature> s = ReadRustSignature(source, function);
//   s->params[0].held     // "::std::vec::Vec<&'static str>"
//   s->params[0].declared // "::std::vec::Vec<&str>"
//
// Types are written anew from a fixed list: integers, floats, bool, char,
// strings, Vec, slices, arrays, tuples, Option, Result and the collections,
// of such. Errors: FAILED_PRECONDITION: something else stands there; the
// message says what. Bounds: kTypeDepth. Time: linear. Threads: pure.
#ifndef VERIFIER_CODE_LIFT_RUST_TYPES_H_
#define VERIFIER_CODE_LIFT_RUST_TYPES_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "verifier/code/lift/rust_source.h"

namespace assay::code {

struct RustParam {
  std::string declared;   // As a stub's parameter.
  std::string held;       // What owns an argument; references live for ever.
  bool changes = false;   // `&mut`: `held` is what it points to.
  bool is_slice = false;  // `&mut [T]`, held as a Vec.
};

struct RustSignature {
  std::string_view name;
  std::string result;  // References live for ever; "()" for none.
  std::vector<RustParam> params;
};

absl::StatusOr<RustSignature> ReadRustSignature(const RustSource& source,
                                                const RustFunction& function);

}  // namespace assay::code

#endif  // VERIFIER_CODE_LIFT_RUST_TYPES_H_
