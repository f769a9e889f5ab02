#include "verifier/code/lift/rust_types.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "verifier/code/lift/c_types.h"
#include "verifier/code/lift/token_reader.h"

namespace assay::code {
namespace {

using Kind = Token::Kind;

constexpr std::string_view kPlain[] = {
    "i8",  "i16", "i32",  "i64",   "i128", "isize", "u8",   "u16",
    "u32", "u64", "u128", "usize", "f32",  "f64",   "bool", "char"};

struct Named {
  std::string_view name;
  std::string_view path;
  int arguments;
};
constexpr Named kNamed[] = {
    {"String", "::std::string::String", 0},
    {"Box", "::std::boxed::Box", 1},
    {"Vec", "::std::vec::Vec", 1},
    {"Option", "::core::option::Option", 1},
    {"Result", "::core::result::Result", 2},
    {"HashMap", "::std::collections::HashMap", 2},
    {"BTreeMap", "::std::collections::BTreeMap", 2},
    {"HashSet", "::std::collections::HashSet", 1},
    {"BTreeSet", "::std::collections::BTreeSet", 1},
    {"VecDeque", "::std::collections::VecDeque", 1},
    {"LinkedList", "::std::collections::LinkedList", 1},
};

// One type in two writings.
struct Type {
  std::string elided;   // "&str"
  std::string lasting;  // "&'static str"
};

class Reader : TokenReader {
 public:
  Reader(const RustSource& source, const RustFunction& function,
         const RustTypeNames& objects, std::string_view owner)
      : TokenReader(source.tokens, function.open + 1, function.close - 1),
        source_(source),
        objects_(objects),
        owner_(owner) {}

  absl::StatusOr<RustSignature> Signature(const RustFunction& function);

 private:
  bool Append(std::string_view text, Type* type) {
    type->elided += text;
    type->lasting += text;
    return true;
  }

  void SkipLifetime() {
    if (!Word().empty() && Word()[0] == '\'' &&
        source_.tokens[at_].kind == Kind::kWord) {
      ++at_;
    }
  }
  void SkipPath();
  bool OneType(Type* type, int depth);
  bool Reference(Type* type, int depth);
  bool Tuple(Type* type, int depth);
  bool Bracketed(Type* type, int depth);
  bool NamedType(Type* type, int depth);
  bool Changed(RustParam* param);
  bool Object(RustParam* param);
  bool TakeSelf(RustParam* param);
  bool Param(RustParam* param);

  const RustSource& source_;
  const RustTypeNames& objects_;
  const std::string_view owner_;
};

// `std::collections::` and the like.
void Reader::SkipPath() {
  size_t at = at_;
  if (source_.at(at) == "::") ++at;
  const std::string_view root = source_.at(at);
  if (root != "std" && root != "core" && root != "alloc") return;
  while (at + 1 < end_ && source_.at(at + 1) == "::") at += 2;
  at_ = at;
}

bool Reader::OneType(Type* type, int depth) {
  if (depth > kTypeDepth) return Fail("a type is too deep");
  if (Word() == "&" || Word() == "&&") return Reference(type, depth);
  if (Word() == "(") return Tuple(type, depth);
  if (Word() == "[") return Bracketed(type, depth);
  SkipPath();
  for (std::string_view plain : kPlain) {
    if (Take(plain)) return Append(plain, type);
  }
  return NamedType(type, depth);
}

bool Reader::Reference(Type* type, int depth) {
  const bool twice = Word() == "&&";
  ++at_;
  SkipLifetime();
  if (Word() == "mut") return Fail("a &mut inside of a type");
  Append("&", type);
  type->lasting += "'static ";
  if (twice) {
    Append("&", type);
    type->lasting += "'static ";
  }
  if (Take("str")) return Append("str", type);
  if (Word() == "[") {
    ++at_;
    Append("[", type);
    if (!OneType(type, depth + 1)) return false;
    if (Take("]")) return Append("]", type);
    if (!Take(";")) return Fail("a slice");
    const std::string_view size = Word();
    if (source_.tokens[at_].kind != Kind::kNumber || size.size() > 6) {
      return Fail("the size of an array");
    }
    ++at_;
    Append("; ", type);
    Append(size, type);
    return Take("]") ? Append("]", type) : Fail("an array");
  }
  return OneType(type, depth + 1);
}

bool Reader::Tuple(Type* type, int depth) {
  ++at_;
  Append("(", type);
  int count = 0;
  while (!Take(")")) {
    if (++count > 10) return Fail("a wide tuple");
    if (!OneType(type, depth + 1)) return false;
    if (Take(",")) {
      Append(", ", type);
    } else if (Word() != ")") {
      return Fail("a tuple");
    }
  }
  return Append(")", type);
}

bool Reader::Bracketed(Type* type, int depth) {
  ++at_;
  Append("[", type);
  if (!OneType(type, depth + 1)) return false;
  const std::string_view size = Word(1);
  if (!Take(";") || source_.tokens[at_].kind != Kind::kNumber || size.empty() ||
      Word().size() > 6) {
    return Fail("an array");
  }
  Append("; ", type);
  Append(Word(), type);
  ++at_;
  return Take("]") ? Append("]", type) : Fail("an array");
}

bool Reader::NamedType(Type* type, int depth) {
  for (const Named& known : kNamed) {
    if (!Take(known.name)) continue;
    Append(known.path, type);
    if (known.arguments == 0) return true;
    if (!Take("<")) return Fail("a type without its arguments");
    Append("<", type);
    for (int i = 0; i < known.arguments; ++i) {
      if (i > 0 && !Take(",")) return Fail("too few arguments of a type");
      if (i > 0) Append(", ", type);
      if (!OneType(type, depth + 1)) return false;
    }
    Take(",");
    if (!Take(">")) return Fail("too many arguments of a type");
    return Append(">", type);
  }
  return Fail(absl::StrCat("type ", std::string(Word().substr(0, 80))));
}

// After `&mut`.
bool Reader::Changed(RustParam* param) {
  param->changes = true;
  Type type;
  if (Word() == "[" && source_.at(source_.closes[at_] - 2) != ";") {
    const size_t close = source_.closes[at_] - 1;
    ++at_;
    if (!OneType(&type, 1)) return false;
    if (at_ == close) {
      ++at_;
      param->is_slice = true;
      param->held = absl::StrCat("::std::vec::Vec<", type.lasting, ">");
      param->declared = absl::StrCat("&mut [", type.elided, "]");
      return type.elided == type.lasting || Fail("references that change");
    }
    return Fail("an array that changes");
  }
  if (!OneType(&type, 1)) return false;
  // A stub would have to give back references that live long enough.
  if (type.elided != type.lasting) return Fail("references that change");
  param->held = type.lasting;
  param->declared = absl::StrCat("&mut ", type.elided);
  return true;
}

// An object's type, with a reference or without; false: something else.
bool Reader::Object(RustParam* param) {
  const size_t begin = at_;
  param->object = RustParam::Object::kValue;
  if (Take("&")) {
    SkipLifetime();
    param->object =
        Take("mut") ? RustParam::Object::kMut : RustParam::Object::kRef;
  }
  const std::string_view name = Word() == "Self" ? owner_ : Word();
  const std::string_view next = Word(1);
  if (objects_.count(name) == 0 || (!next.empty() && next != ",")) {
    param->object = RustParam::Object::kNone;
    at_ = begin;
    return false;
  }
  ++at_;
  param->held = absl::StrCat("crate::", std::string(name));
  param->declared =
      absl::StrCat(param->object == RustParam::Object::kValue ? ""
                   : param->object == RustParam::Object::kRef ? "&"
                                                              : "&mut ",
                   param->held);
  return true;
}

// `self` in its three forms, as the first parameter.
bool Reader::TakeSelf(RustParam* param) {
  if (owner_.empty()) return false;
  const size_t begin = at_;
  param->object = RustParam::Object::kValue;
  if (Take("&")) {
    SkipLifetime();
    param->object =
        Take("mut") ? RustParam::Object::kMut : RustParam::Object::kRef;
  } else {
    Take("mut");
  }
  if (!Take("self") || (at_ < end_ && Word() != ",")) {
    param->object = RustParam::Object::kNone;
    at_ = begin;
    return false;
  }
  param->held = absl::StrCat("crate::", std::string(owner_));
  return true;
}

bool Reader::Param(RustParam* param) {
  while (at_ < end_ && Word() != ":") {
    if (Word() == "," || Word() == "self") return Fail("a parameter's form");
    at_ = source_.closes[at_];
  }
  if (!Take(":")) return Fail("a parameter's form");
  if (Object(param)) return true;
  if (Word() == "&") {
    const size_t begin = at_++;
    SkipLifetime();
    if (Take("mut")) return Changed(param);
    at_ = begin;
  }
  Type type;
  if (!OneType(&type, 0)) return false;
  param->declared = type.elided;
  param->held = type.lasting;
  return true;
}

absl::StatusOr<RustSignature> Reader::Signature(const RustFunction& function) {
  RustSignature signature;
  signature.name = function.name;
  signature.owner = owner_;
  bool good = true;
  RustParam self;
  if (TakeSelf(&self)) {
    signature.has_self = true;
    signature.params.push_back(std::move(self));
    Take(",");
  }
  while (good && at_ < end_) {
    RustParam param;
    good = Param(&param);
    if (good && at_ < end_ && !Take(",")) good = Fail("a parameter's form");
    signature.params.push_back(std::move(param));
    if (signature.params.size() > kParamsMax) good = Fail("many parameters");
  }
  at_ = function.close;
  end_ = function.body;
  Type result;
  RustParam object;
  if (good && at_ == end_) {
    result.lasting = "()";
  } else if (good && !Take("->")) {
    good = Fail("a where clause");
  } else if (good && Object(&object)) {
    result.lasting = object.held;
    signature.result_is_object = true;
    good = object.object == RustParam::Object::kValue ||
           Fail("an object that is referred to");
  } else if (good) {
    good =
        OneType(&result, 0) && (at_ == end_ || Fail("what follows the result"));
  }
  signature.result = result.lasting;
  if (good) return signature;
  return absl::FailedPreconditionError(
      absl::StrCat(std::string(function.name.substr(0, 80)), ": ", fault_));
}

}  // namespace

absl::StatusOr<RustSignature> ReadRustSignature(const RustSource& source,
                                                const RustFunction& function,
                                                const RustTypeNames& objects,
                                                std::string_view owner) {
  return Reader(source, function, objects, owner).Signature(function);
}

}  // namespace assay::code
