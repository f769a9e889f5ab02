#include "verifier/code/lift/java_source.h"

#include <utility>

#include "absl/status/status.h"

namespace assay::code {
namespace {

bool IsTypeWord(std::string_view word) {
  return word == "class" || word == "interface" || word == "enum";
}

class Reader {
 public:
  explicit Reader(JavaSource* source) : s_(*source), t_(source->lexed) {}

  void Run() {
    size_t i = 0;
    if (t_.at(0) == "package") i = Dotted(1, &s_.package);
    while (t_.at(i) == "import") {
      std::string path;
      const bool is_static = t_.at(i + 1) == "static";
      i = Dotted(i + (is_static ? 2 : 1), &path);
      s_.imports.push_back(is_static ? "static " + path : path);
    }
    for (size_t j = 0; j + 1 < t_.size(); ++j) {
      const bool record = t_.at(j) == "record" && t_.IsWord(j + 1);
      if ((IsTypeWord(t_.at(j)) || record) && t_.IsWord(j + 1) &&
          (j == 0 || t_.at(j - 1) != ".")) {
        s_.types.insert(t_.at(j + 1));
      }
    }
    while (i < t_.size()) i = Declaration(i);
  }

 private:
  // a.b.c; gives the index after the semicolon, and takes note of it.
  size_t Dotted(size_t i, std::string* path) {
    while (i < t_.size() && t_.at(i) != ";") path->append(t_.at(i++));
    if (i >= t_.size()) return i;
    s_.body = t_.tokens[i].begin + 1;
    return i + 1;
  }

  size_t Declaration(size_t i) {
    size_t j = i;
    bool is_abstract = false;
    while (j < t_.size() && t_.at(j) != "{" && t_.at(j) != ";") {
      const std::string_view word = t_.at(j);
      is_abstract |= word == "abstract";
      const bool record = word == "record" && t_.IsWord(j + 1);
      if (IsTypeWord(word) || record) {
        return Class(j, word == "class", is_abstract);
      }
      j = t_.Close(j);
    }
    return j < t_.size() ? t_.Close(j) : j;
  }

  size_t Class(size_t i, bool is_class, bool is_abstract) {
    JavaClass made;
    made.name = t_.at(++i);
    made.plain = is_class && t_.at(i + 1) != "<";
    made.is_abstract = is_abstract;
    while (i < t_.size() && t_.at(i) != "{") {
      made.has_parent |= t_.at(i) == "extends";
      i = t_.Close(i);
    }
    if (i >= t_.size()) return i;
    const size_t end = t_.Close(i);
    for (size_t j = i + 1; j + 1 < end;) j = Member(j, end - 1, &made);
    s_.classes.push_back(std::move(made));
    return end;
  }

  // A member at tokens[i]; gives the index after it.
  size_t Member(size_t i, size_t end, JavaClass* owner) {
    JavaMethod made;
    bool nested = false;
    size_t j = i;
    while (j < end) {
      const std::string_view word = t_.at(j);
      if (word == "@") {
        j = Annotation(j + 1);
        continue;
      }
      if (word == ";" || word == "=") return Skip(j, end);
      if (word == "{") return t_.Close(j);
      if (word == "<" && made.type == 0) {
        made.generic = j;
        j = Angles(j, end);
        continue;
      }
      nested |= IsTypeWord(word) || (word == "record" && t_.IsWord(j + 1));
      if (word == "(") {
        if (!nested && j > i && t_.IsWord(j - 1)) Add(j, made, owner);
        return AfterParameters(t_.Close(j), end);
      }
      made.is_static |= word == "static";
      made.is_private |= word == "private";
      if (!IsModifier(word) && made.type == 0) made.type = j;
      j = t_.Close(j);
    }
    return end;
  }

  void Add(size_t open, JavaMethod made, JavaClass* owner) {
    made.open = open;
    if (made.type + 1 == open) {
      if (t_.at(made.type) != owner->name) return;
    } else {
      made.name = t_.at(open - 1);
    }
    owner->methods.push_back(made);
  }

  static bool IsModifier(std::string_view word) {
    return word == "public" || word == "private" || word == "protected" ||
           word == "static" || word == "final" || word == "abstract" ||
           word == "synchronized" || word == "native" || word == "strictfp" ||
           word == "default" || word == "transient" || word == "volatile";
  }

  // After an initialiser's semicolon.
  size_t Skip(size_t j, size_t end) const {
    while (j < end && t_.at(j) != ";") j = t_.Close(j);
    return j + 1;
  }

  size_t AfterParameters(size_t j, size_t end) const {
    while (j < end && t_.at(j) != "{" && t_.at(j) != ";") j = t_.Close(j);
    return j < end ? t_.Close(j) : end;
  }

  size_t Annotation(size_t j) const {
    ++j;
    while (t_.at(j) == ".") j += 2;
    return t_.at(j) == "(" ? t_.Close(j) : j;
  }

  size_t Angles(size_t j, size_t end) const {
    int depth = 0;
    for (; j < end; ++j) {
      depth += t_.at(j) == "<" ? 1 : t_.at(j) == ">" ? -1 : 0;
      if (depth == 0) return j + 1;
    }
    return end;
  }

  JavaSource& s_;
  const BraceText& t_;
};

}  // namespace

absl::StatusOr<JavaSource> ReadJava(std::string_view text) {
  absl::StatusOr<BraceText> lexed = LexBraces(text, BraceText::kJava);
  if (!lexed.ok()) return lexed.status();
  JavaSource source;
  source.lexed = *std::move(lexed);
  Reader(&source).Run();
  return source;
}

}  // namespace assay::code
