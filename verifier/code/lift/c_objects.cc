#include "verifier/code/lift/c_objects.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace assay::code {
namespace {

using Kind = Token::Kind;

// A member that is a function, as tokens.
struct Member {
  CFunction function;  // `body`: where the declaration ends.
  bool is_public = false;
  bool is_deleted = false;
  CMethod kind;
};

// Reads the members of one class.
class Reader {
 public:
  Reader(const CSource& source, const CClass& of)
      : tokens_(source.tokens), of_(of) {}

  std::vector<Member> Run() {
    bool is_public = of_.is_struct;
    const size_t end = of_.end - 1;
    for (size_t i = of_.body + 1; i < end;) {
      if (Word(i + 1) == ":" && (Word(i) == "public" || Word(i) == "private" ||
                                 Word(i) == "protected")) {
        is_public = Word(i) == "public";
        i += 2;
        continue;
      }
      const size_t next = AfterMember(i, end);
      Add(i, next, is_public);
      i = next;
    }
    return std::move(members_);
  }

 private:
  std::string_view Word(size_t i) const {
    return i < tokens_.size() ? tokens_[i].text : std::string_view();
  }
  bool IsMark(size_t i, std::string_view text) const {
    return tokens_[i].kind == Kind::kMark && tokens_[i].text == text;
  }

  // Beyond its semicolon, or its body's brace. Braces before the first
  // bracket are a nested type's or a value's, up to the semicolon.
  size_t AfterMember(size_t i, size_t end) const {
    bool bracket = false, valued = false;
    while (i < end) {
      if (IsMark(i, ";")) return i + 1;
      valued |= !bracket && IsMark(i, "=");
      const bool body = IsMark(i, "{") && bracket && !valued && IsBody(i);
      bracket |= IsMark(i, "(");
      const bool opens = IsMark(i, "(") || IsMark(i, "{") || IsMark(i, "[");
      i = opens ? CloseOf(tokens_, i) : i + 1;
      if (body) return i;
    }
    return end;
  }
  // Not the braces of a member that a constructor makes: `: x{1} {`.
  bool IsBody(size_t i) const {
    return !(tokens_[i - 1].kind == Kind::kWord && InitialisedBefore(i));
  }
  bool InitialisedBefore(size_t i) const {
    const std::string_view before = Word(i - 2);
    return before == ":" || before == ",";
  }

  void Add(size_t begin, size_t next, bool is_public) {
    Member made;
    made.is_public = is_public;
    for (; begin < next && tokens_[begin].kind == Kind::kWord; ++begin) {
      const std::string_view word = Word(begin);
      if (word == "template" || word == "friend" || word == "using" ||
          word == "typedef" || word == "operator") {
        return;
      }
      made.kind.is_static |= word == "static";
      made.kind.is_explicit |= word == "explicit";
      if (word != "static" && word != "explicit" && word != "virtual" &&
          word != "inline" && word != "constexpr") {
        break;
      }
    }
    size_t open = begin;
    while (open < next && !IsMark(open, "(") && !IsMark(open, "=") &&
           !IsMark(open, "{")) {
      if (Word(open) == "operator" || IsMark(open, "~")) return;
      open = IsMark(open, "[") ? CloseOf(tokens_, open) : open + 1;
    }
    if (open >= next || !IsMark(open, "(") || open == begin ||
        tokens_[open - 1].kind != Kind::kWord) {
      return;
    }
    CFunction& f = made.function;
    f.begin = begin;
    f.at = open - 1;
    f.name = Word(f.at);
    f.close = CloseOf(tokens_, open);
    made.kind.is_maker = f.at == begin && f.name == of_.name;
    if (f.at == begin && !made.kind.is_maker) return;
    f.body = f.close;
    while (f.body < next && !IsMark(f.body, "{") && !IsMark(f.body, ";") &&
           !IsMark(f.body, "=") && !IsMark(f.body, ":")) {
      made.kind.is_const |= Word(f.body) == "const";
      ++f.body;
    }
    made.is_deleted = IsMark(f.body, "=") && Word(f.body + 1) == "delete";
    members_.push_back(std::move(made));
  }

  const std::vector<Token>& tokens_;
  const CClass& of_;
  std::vector<Member> members_;
};

// `X(const X&)` and `X(X&&)`, which every object has in its own way.
bool IsCopier(const CMethod& method, std::string_view name) {
  return method.is_maker && method.signature.params.size() == 1 &&
         method.signature.params[0].type.text ==
             absl::StrCat("::", std::string(name));
}

absl::StatusOr<CObject> ReadObject(const CSource& program, const CClass& of,
                                   const std::vector<Member>& members,
                                   const CSource& tests,
                                   const CTypeNames& names) {
  CObject object;
  object.name = of.name;
  bool has_maker = false;
  for (const Member& member : members) {
    has_maker |= member.kind.is_maker;
    if (!member.is_public || member.is_deleted) continue;
    if (!member.kind.is_maker && !tests.Mentions(member.function.name)) {
      continue;
    }
    CMethod method = member.kind;
    absl::StatusOr<CSignature> signature =
        ReadSignature(program, member.function, CMode::kCpp, &names,
                      method.is_maker ? CCallee::kMaker : CCallee::kMethod);
    if (!signature.ok()) return signature.status();
    method.signature = *std::move(signature);
    if (!IsCopier(method, of.name)) object.methods.push_back(std::move(method));
  }
  if (!has_maker) {
    CMethod plain;
    plain.is_maker = true;
    plain.signature.name = of.name;
    plain.signature.result.text = "void";
    object.methods.push_back(std::move(plain));
  }
  if (object.methods.size() > kMethodsMax) {
    return absl::FailedPreconditionError("many methods");
  }
  return object;
}

// Whether the tests name the class, or call a function whose declaration does.
bool IsNamed(const CClass& of, const CSource& program, const CSource& tests) {
  if (tests.Mentions(of.name)) return true;
  for (const CFunction& function : program.functions) {
    if (!tests.Mentions(function.name) || function.name == "main") continue;
    for (size_t i = function.begin; i < function.body; ++i) {
      if (program.tokens[i].text == of.name) return true;
    }
  }
  return false;
}

bool UsesMacro(const CSource& program, const CClass& of) {
  for (size_t i = of.begin; i < of.end; ++i) {
    if (program.macros.count(program.tokens[i].text) > 0) return true;
  }
  return false;
}

}  // namespace

CTypeNames NamesOf(const std::vector<CObject>& objects) {
  CTypeNames names;
  for (const CObject& object : objects) names.insert(object.name);
  return names;
}

absl::StatusOr<std::vector<CObject>> ReadObjects(const CSource& program,
                                                 const CSource& tests) {
  std::vector<CObject> objects;
  std::vector<const CClass*> named;
  CTypeNames names;
  for (const CClass& of : program.classes) {
    if (!IsNamed(of, program, tests) || !names.insert(of.name).second) continue;
    if (UsesMacro(program, of)) {
      return absl::FailedPreconditionError(absl::StrCat(
          std::string(of.name.substr(0, 80)), ": a macro in the class"));
    }
    named.push_back(&of);
  }
  for (const CClass* of : named) {
    absl::StatusOr<CObject> object =
        ReadObject(program, *of, Reader(program, *of).Run(), tests, names);
    if (!object.ok()) return object.status();
    objects.push_back(*std::move(object));
  }
  return objects;
}

}  // namespace assay::code
