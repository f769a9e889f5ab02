#include "verifier/code/lift/c_types.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "verifier/code/lift/token_reader.h"

namespace assay::code {
namespace {

using Kind = Token::Kind;

struct Named {
  std::string_view name;
  std::string_view text;
};

// Names of one arithmetic type each.
constexpr Named kAliases[] = {
    {"size_t", "unsigned long"},    {"ssize_t", "long"},
    {"ptrdiff_t", "long"},          {"intptr_t", "long"},
    {"uintptr_t", "unsigned long"}, {"intmax_t", "long"},
    {"uintmax_t", "unsigned long"}, {"int8_t", "signed char"},
    {"uint8_t", "unsigned char"},   {"int16_t", "short"},
    {"uint16_t", "unsigned short"}, {"int32_t", "int"},
    {"uint32_t", "unsigned int"},   {"int64_t", "long"},
    {"uint64_t", "unsigned long"}};

struct Template {
  std::string_view name;
  std::string_view header;
  int least;
  int most;
};

constexpr int kMany = 16;
constexpr Template kTemplates[] = {
    {"vector", "vector", 1, 1},
    {"deque", "deque", 1, 1},
    {"list", "list", 1, 1},
    {"set", "set", 1, 1},
    {"multiset", "set", 1, 1},
    {"unordered_set", "unordered_set", 1, 1},
    {"unordered_multiset", "unordered_set", 1, 1},
    {"map", "map", 2, 2},
    {"multimap", "map", 2, 2},
    {"unordered_map", "unordered_map", 2, 2},
    {"unordered_multimap", "unordered_map", 2, 2},
    {"pair", "utility", 2, 2},
    {"tuple", "tuple", 0, kMany},
    {"optional", "optional", 1, 1},
    {"complex", "complex", 1, 1},
};

// Counts of the words of an arithmetic type, in any order.
class Arithmetic {
 public:
  bool Add(std::string_view word) {
    for (size_t i = 0; i < std::size(kWords); ++i) {
      if (kWords[i] != word) continue;
      ++counts_[i];
      ++total_;
      return true;
    }
    return false;
  }
  bool empty() const { return total_ == 0; }

  std::optional<std::string> Text() const {
    const int longs = counts_[kLong], shorts = counts_[kShort];
    const bool sign = counts_[kSigned] + counts_[kUnsigned] > 0;
    if (counts_[kSigned] + counts_[kUnsigned] > 1 || counts_[kInt] > 1) {
      return std::nullopt;
    }
    for (int whole : {kFloat, kBool, kBool99, kVoid}) {
      if (counts_[whole] == 0) continue;
      if (total_ != 1) return std::nullopt;
      return std::string(whole == kBool99 ? kWords[kBool] : kWords[whole]);
    }
    if (counts_[kDouble] == 1) {
      if (total_ == 1) return "double";
      if (total_ == 2 && longs == 1) return "long double";
      return std::nullopt;
    }
    if (counts_[kChar] == 1) {
      if (total_ != 1 + (sign ? 1 : 0)) return std::nullopt;
      return !sign                  ? "char"
             : counts_[kSigned] > 0 ? "signed char"
                                    : "unsigned char";
    }
    if (longs > 2 || shorts > 1 || (longs > 0 && shorts > 0) ||
        counts_[kDouble] + counts_[kChar] > 0) {
      return std::nullopt;
    }
    const char* text = longs == 2    ? "long long"
                       : longs == 1  ? "long"
                       : shorts == 1 ? "short"
                                     : "int";
    return absl::StrCat(counts_[kUnsigned] > 0 ? "unsigned " : "", text);
  }

 private:
  enum Index {
    kSigned,
    kUnsigned,
    kShort,
    kLong,
    kInt,
    kChar,
    kDouble,
    kFloat,
    kBool,
    kBool99,
    kVoid
  };
  static constexpr std::string_view kWords[] = {
      "signed", "unsigned", "short", "long",  "int", "char",
      "double", "float",    "bool",  "_Bool", "void"};
  int counts_[std::size(kWords)] = {};
  int total_ = 0;
};

// Reads tokens [at, end).
class Reader : TokenReader {
 public:
  Reader(const std::vector<Token>& tokens, const CFunction& function,
         CMode mode, const CTypeNames* names, CCallee callee)
      : TokenReader(tokens, function.begin, function.at),
        mode_(mode),
        names_(names),
        callee_(callee) {}

  absl::StatusOr<CSignature> Signature(const CFunction& function);

 private:
  void SkipConst() {
    while (Word() == "const") {
      ++at_;
      const_ = true;
    }
  }
  void SkipSpecifiers();
  bool Type(CType* type, int depth);
  bool BareType(CType* type, int depth);
  bool StandardType(CType* type, int depth);
  bool Arguments(const Template& made, CType* type, int depth);
  bool ArrayType(CType* type, int depth);
  bool CloseAngle();
  bool Param(CParam* param);
  bool Params(CSignature* signature, size_t end);
  bool Literal(std::string* text);

  const CMode mode_;
  const CTypeNames* const names_;
  const CCallee callee_;
  bool const_ = false;  // Of the type read last, at its top.
};

void Reader::SkipSpecifiers() {
  for (;;) {
    if (Take("static") || Take("inline") || Take("constexpr") ||
        Take("extern") || Take("__inline") || Take("__inline__")) {
      continue;
    }
    if (Word() == "[" && Word(1) == "[") {
      at_ = CloseOf(tokens_, at_);
      continue;
    }
    return;
  }
}

bool Reader::Type(CType* type, int depth) {
  if (depth > kTypeDepth) return Fail("a type is too deep");
  const_ = false;
  SkipConst();
  const bool before = const_;
  if (!BareType(type, depth)) return false;
  const_ |= before;  // The arguments of a template had their own.
  SkipConst();
  if (Word() != "*") return true;
  const bool pointee_const = const_;
  ++at_;
  const_ = false;
  SkipConst();
  if (type->text != "char") return Fail("a pointer");
  if (!pointee_const && mode_ == CMode::kCpp) return Fail("a pointer");
  type->text = pointee_const ? "const char*" : "char*";
  return true;
}

bool Reader::BareType(CType* type, int depth) {
  Arithmetic arithmetic;
  while (arithmetic.Add(Word()) || (!arithmetic.empty() && Word() == "const")) {
    if (Word() == "const") const_ = true;
    ++at_;
  }
  if (!arithmetic.empty()) {
    const std::optional<std::string> text = arithmetic.Text();
    if (!text) return Fail("no arithmetic type");
    type->text = *text == "bool" && mode_ == CMode::kC ? "_Bool" : *text;
    return true;
  }
  if (names_ && names_->count(Word()) > 0) {
    type->text = absl::StrCat("::", std::string(Word()));
    type->is_object = true;
    ++at_;
    return true;
  }
  if (mode_ == CMode::kCpp) {
    if (Word() == "::" && Word(1) == "std") ++at_;
    if (Word() == "std" && Word(1) == "::") at_ += 2;
  }
  for (const Named& alias : kAliases) {
    if (!Take(alias.name)) continue;
    type->text = std::string(alias.text);
    return true;
  }
  if (mode_ == CMode::kCpp) return StandardType(type, depth);
  return Fail(absl::StrCat("type ", std::string(Word().substr(0, 80))));
}

bool Reader::StandardType(CType* type, int depth) {
  for (std::string_view name : {"string", "string_view"}) {
    if (!Take(name)) continue;
    type->text = absl::StrCat("std::", std::string(name));
    type->headers.insert(std::string(name));
    return true;
  }
  if (Word() == "array") return ArrayType(type, depth);
  for (const Template& known : kTemplates) {
    if (Word() == known.name && Word(1) == "<") {
      return Arguments(known, type, depth);
    }
  }
  return Fail(absl::StrCat("type ", std::string(Word().substr(0, 80))));
}

// The lexer makes one token of `>=`.
bool Reader::CloseAngle() {
  return Take(">") || Fail("an angle bracket that does not close");
}

bool Reader::Arguments(const Template& made, CType* type, int depth) {
  at_ += 2;
  type->headers.insert(std::string(made.header));
  type->text = absl::StrCat("std::", std::string(made.name), "<");
  int count = 0;
  while (Word() != ">") {
    if (count > 0) {
      if (!Take(",")) return Fail("template arguments");
      absl::StrAppend(&type->text, ", ");
    }
    CType argument;
    if (!Type(&argument, depth + 1)) return false;
    if (const_ || argument.text == "void") return Fail("a template argument");
    absl::StrAppend(&type->text, argument.text);
    type->headers.insert(argument.headers.begin(), argument.headers.end());
    if (++count > made.most) return Fail("too many template arguments");
  }
  absl::StrAppend(&type->text, ">");
  if (count < made.least) return Fail("too few template arguments");
  return CloseAngle();
}

bool Reader::ArrayType(CType* type, int depth) {
  ++at_;
  if (!Take("<")) return Fail("type array");
  CType element;
  if (!Type(&element, depth + 1)) return false;
  if (const_ || !Take(",")) return Fail("type array");
  const std::string_view size = Word();
  if (size.empty() || size.size() > 6 ||
      !std::all_of(size.begin(), size.end(),
                   [](char c) { return c >= '0' && c <= '9'; }) ||
      (size[0] == '0' && size.size() > 1)) {
    return Fail("the size of an array");
  }
  ++at_;
  type->text =
      absl::StrCat("std::array<", element.text, ", ", std::string(size), ">");
  type->headers = element.headers;
  type->headers.insert("array");
  return CloseAngle();
}

bool Reader::Literal(std::string* text) {
  if (Take("-")) *text = "-";
  const size_t at = at_;
  if (at >= end_) return Fail("a default");
  const Token& token = tokens_[at_++];
  const std::string word(token.text);
  const bool plain = std::all_of(word.begin(), word.end(), [](char c) {
    return c >= ' ' && c < 0x7f && c != '\\' && c != '?' && c != '\'';
  });
  const bool character =
      token.kind == Kind::kCharacter && word.size() == 3 && word[1] != '\\';
  if (word == "{" && Take("}")) {
    *text = "{}";
    return true;
  }
  if (word.size() > 64 ||
      !(token.kind == Kind::kNumber || character ||
        (token.kind == Kind::kString && word[0] == '"' && plain) ||
        word == "true" || word == "false")) {
    return Fail("a default that is no literal");
  }
  text->append(word);
  return true;
}

bool Reader::Param(CParam* param) {
  Take("register");
  if (!Type(&param->type, 0)) return false;
  if (Take("&")) {
    param->pass = const_ ? CParam::Pass::kConstRef : CParam::Pass::kRef;
  } else if (Take("&&")) {
    param->pass = CParam::Pass::kMoved;
    if (const_) return Fail("a const&& parameter");
  }
  if (mode_ == CMode::kC && param->pass != CParam::Pass::kValue) {
    return Fail("a reference");
  }
  if (at_ < end_ && tokens_[at_].kind == Kind::kWord) ++at_;
  if (Word() == "=" || Word() == "==") {
    if (!Take("=") || !Literal(&param->fallback)) return Fail("a default");
  }
  if (param->type.text == "void") return Fail("a void parameter");
  return at_ == end_ || Word() == "," || Fail("a parameter's form");
}

bool Reader::Params(CSignature* signature, size_t end) {
  end_ = end;
  if (at_ == end_ || (at_ + 1 == end_ && Word() == "void")) return true;
  for (;;) {
    CParam param;
    if (!Param(&param)) return false;
    signature->params.push_back(std::move(param));
    if (signature->params.size() > kParamsMax) return Fail("many parameters");
    if (at_ == end_) return true;
    ++at_;
  }
}

absl::StatusOr<CSignature> Reader::Signature(const CFunction& function) {
  CSignature signature;
  signature.name = function.name;
  SkipSpecifiers();
  const bool maker = callee_ == CCallee::kMaker;
  const bool trailing = !maker && Take("auto");
  if (maker) signature.result.text = "void";
  bool good = maker || trailing || Type(&signature.result, 0);
  const auto see_reference = [&] {
    if (!Take("&")) return true;
    signature.result_is_const_ref = true;
    if (signature.result.is_object)
      return Fail("an object that is referred to");
    return const_ || Fail("a reference that is returned");
  };
  good = good && see_reference();
  SkipSpecifiers();
  if (good && at_ != end_) good = Fail("a result's form");
  at_ = function.at + 2;
  good = good && Params(&signature, function.close - 1);
  at_ = function.close;
  end_ = function.body;
  while (good && (Take("noexcept") ||
                  (callee_ == CCallee::kMethod &&
                   (Take("const") || Take("override") || Take("final"))))) {
  }
  if (maker) at_ = end_;
  if (good && trailing) {
    good = (Take("-") && Take(">") && Type(&signature.result, 0) &&
            see_reference()) ||
           Fail("a deduced result");
  }
  if (good && at_ != end_) good = Fail("what follows the parameters");
  if (good) return signature;
  return absl::FailedPreconditionError(
      absl::StrCat(std::string(function.name.substr(0, 80)), ": ", fault_));
}

}  // namespace

std::string CParam::Declared() const {
  switch (pass) {
    case Pass::kValue:
      return type.text;
    case Pass::kConstRef:
      return absl::StrCat("const ", type.text, "&");
    case Pass::kRef:
      return absl::StrCat(type.text, "&");
    case Pass::kMoved:
      return absl::StrCat(type.text, "&&");
  }
  return "";
}

std::string CSignature::ResultDeclared() const {
  return result_is_const_ref ? absl::StrCat("const ", result.text, "&")
                             : result.text;
}

std::string CSignature::ParamTypes() const {
  std::string text;
  for (const CParam& param : params) {
    absl::StrAppend(&text, text.empty() ? "" : ", ", param.Declared());
  }
  return text;
}

absl::StatusOr<CSignature> ReadSignature(const CSource& source,
                                         const CFunction& function, CMode mode,
                                         const CTypeNames* names,
                                         CCallee callee) {
  if (function.is_template) {
    return absl::FailedPreconditionError("a template");
  }
  return Reader(source.tokens, function, mode, names, callee)
      .Signature(function);
}

}  // namespace assay::code
