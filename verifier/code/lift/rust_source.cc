#include "verifier/code/lift/rust_source.h"

#include <cctype>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace assay::code {
namespace {

using Kind = Token::Kind;

bool IsWord(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_';
}

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  absl::StatusOr<std::vector<Token>> Run() {
    if (text_.substr(0, 3) == "\xef\xbb\xbf") at_ = 3;
    while (at_ < text_.size()) {
      if (!Step()) {
        return absl::InvalidArgumentError(
            "unclosed text or comment, or a character that begins nothing");
      }
    }
    return std::move(tokens_);
  }

 private:
  char At(size_t ahead) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }

  bool Step() {
    const char c = At(0);
    if (std::isspace(static_cast<unsigned char>(c))) {
      ++at_;
      return true;
    }
    if (c == '/' && At(1) == '/') {
      while (at_ < text_.size() && text_[at_] != '\n') ++at_;
      return true;
    }
    if (c == '/' && At(1) == '*') return Comment();
    if (c == '"') return Quoted(0);
    if (c == '\'') return CharacterOrLifetime();
    if (std::isdigit(static_cast<unsigned char>(c))) return Number();
    if (IsWord(c)) return WordOrPrefixed();
    if (static_cast<unsigned char>(c) >= 0x80 || c == '\0') return false;
    const std::string_view two = text_.substr(at_, 2);
    for (std::string_view pair :
         {"==", "!=", "<=", ">=", "&&", "||", "::", "->", "=>"}) {
      if (two == pair) return Add(Kind::kMark, 2);
    }
    return Add(Kind::kMark, 1);
  }

  bool Comment() {
    int depth = 0;
    while (at_ < text_.size()) {
      if (At(0) == '/' && At(1) == '*') {
        ++depth;
        at_ += 2;
      } else if (At(0) == '*' && At(1) == '/') {
        at_ += 2;
        if (--depth == 0) return true;
      } else {
        ++at_;
      }
    }
    return false;
  }

  // `prefix` letters stand before the quote.
  bool Quoted(size_t prefix) {
    size_t end = at_ + prefix + 1;
    while (end < text_.size() && text_[end] != '"') {
      end += text_[end] == '\\' ? 2 : 1;
    }
    if (end >= text_.size()) return false;
    return Add(Kind::kString, end + 1 - at_);
  }

  bool CharacterOrLifetime() {
    if (At(1) == '\\') {
      size_t end = at_ + 3;
      while (end < text_.size() && text_[end] != '\'' && text_[end] != '\n') {
        ++end;
      }
      if (end >= text_.size() || text_[end] != '\'') return false;
      return Add(Kind::kCharacter, end + 1 - at_);
    }
    // One character of UTF-8, then a quote.
    size_t size = 1;
    while (size < 4 &&
           (static_cast<unsigned char>(At(1 + size)) & 0xc0) == 0x80) {
      ++size;
    }
    if (At(1 + size) == '\'') return Add(Kind::kCharacter, size + 2);
    if (!IsWord(At(1))) return false;
    size = 1;
    while (IsWord(At(size))) ++size;
    return Add(Kind::kWord, size);
  }

  bool Number() {
    size_t size = 0;
    while (IsWord(At(size)) ||
           (At(size) == '.' &&
            std::isdigit(static_cast<unsigned char>(At(size + 1)))) ||
           ((At(size) == '-' || At(size) == '+') && size > 0 &&
            (At(size - 1) == 'e' || At(size - 1) == 'E') && At(1) != 'x')) {
      ++size;
    }
    // `1.` is a number too, but not in `1..2` or `1.max(2)`.
    if (At(size) == '.' && At(size + 1) != '.' && !IsWord(At(size + 1)) &&
        text_.substr(at_, size).find('.') == std::string_view::npos) {
      ++size;
    }
    return Add(Kind::kNumber, size);
  }

  bool WordOrPrefixed() {
    size_t size = 0;
    while (IsWord(At(size))) ++size;
    const std::string_view word = text_.substr(at_, size);
    if (At(size) == '\'' && word == "b") {
      at_ += 1;
      return CharacterOrLifetime();
    }
    if (At(size) == '"' && word == "b") return Quoted(1);
    const bool raw = word == "r" || word == "br";
    if (raw && (At(size) == '"' || At(size) == '#')) {
      size_t marks = 0;
      while (At(size + marks) == '#') ++marks;
      if (At(size + marks) == '"') return Raw(size, marks);
      return false;  // r#name.
    }
    return Add(Kind::kWord, size);
  }

  bool Raw(size_t prefix, size_t marks) {
    const std::string close = "\"" + std::string(marks, '#');
    const size_t end = text_.find(close, at_ + prefix + marks + 1);
    if (end == std::string_view::npos) return false;
    return Add(Kind::kString, end + close.size() - at_);
  }

  bool Add(Kind kind, size_t size) {
    tokens_.push_back({kind, at_, text_.substr(at_, size)});
    at_ += size;
    return true;
  }

  std::string_view text_;
  size_t at_ = 0;
  std::vector<Token> tokens_;
};

bool Pair(const std::vector<Token>& tokens, std::vector<size_t>* closes) {
  std::vector<size_t> open;
  closes->assign(tokens.size(), 0);
  for (size_t i = 0; i < tokens.size(); ++i) {
    (*closes)[i] = i + 1;
    if (tokens[i].kind != Kind::kMark || tokens[i].text.size() != 1) continue;
    const char c = tokens[i].text[0];
    if (c == '(' || c == '[' || c == '{') open.push_back(i);
    if (c != ')' && c != ']' && c != '}') continue;
    if (open.empty()) return false;
    const char begin = tokens[open.back()].text[0];
    if (c != (begin == '(' ? ')' : begin == '[' ? ']' : '}')) return false;
    (*closes)[open.back()] = i + 1;
    open.pop_back();
  }
  return open.empty();
}

// Reads top-level items.
class Reader {
 public:
  explicit Reader(RustSource* source) : s_(*source) {}

  void Run() {
    bool only_in_tests = false;  // An attribute says so.
    for (size_t i = 0; i < s_.tokens.size();) {
      const std::string_view word = s_.at(i);
      if (word == "#") {
        const size_t open = s_.at(i + 1) == "!" ? i + 2 : i + 1;
        only_in_tests |= s_.at(open) == "[" && s_.at(open + 1) == "cfg" &&
                         s_.at(open + 3) == "test";
        i = open < s_.tokens.size() ? s_.closes[open] : open;
        continue;
      }
      if (word == "use") {
        i = Use(i);
        continue;
      }
      if (word == "fn" && !only_in_tests) Function(i, &s_.functions);
      if (word == "impl" && !only_in_tests) Impl(i);
      if (IsItem(word) && IsName(i + 1) && !only_in_tests) {
        s_.names.insert(s_.at(i + 1));
      }
      if (word == "macro_rules" && s_.at(i + 1) == "!") i += 2;
      if (word == "{" || word == ";") only_in_tests = false;
      i = s_.closes[i];
    }
  }

 private:
  static bool IsItem(std::string_view word) {
    for (std::string_view known : {"fn", "struct", "enum", "trait", "type",
                                   "const", "static", "mod", "union"}) {
      if (word == known) return true;
    }
    return false;
  }
  bool IsName(size_t i) const {
    return i < s_.tokens.size() && s_.tokens[i].kind == Kind::kWord;
  }

  // Returns the index after the declaration.
  size_t Use(size_t begin) {
    size_t end = begin + 1;
    std::string text = "use ";
    bool plain = begin == 0 || s_.at(begin - 1) != "pub";
    for (; end < s_.tokens.size() && s_.at(end) != ";"; ++end) {
      const std::string_view word = s_.at(end);
      plain = plain && word != "as" &&
              (s_.tokens[end].kind == Kind::kWord || word == "::" ||
               word == "{" || word == "}" || word == "," || word == "*");
      absl::StrAppend(&text, std::string(word));
    }
    const std::string_view root = s_.at(begin + 1);
    if (plain && (root == "std" || root == "core" || root == "alloc")) {
      absl::StrAppend(&s_.uses, text, ";\n");
    }
    return end + 1;
  }

  void Impl(size_t i) {
    if (!IsName(i + 1) || s_.at(i + 2) != "{") return;
    RustImpl found;
    found.name = s_.at(i + 1);
    const size_t end = s_.closes[i + 2] - 1;
    for (size_t j = i + 3; j < end; j = s_.closes[j]) {
      const std::string_view before = s_.at(j - 1);
      if (s_.at(j) == "fn" && before != "async" && before != "unsafe") {
        Function(j, &found.functions);
      }
    }
    s_.impls.push_back(std::move(found));
  }

  void Function(size_t i, std::vector<RustFunction>* to) {
    RustFunction found;
    found.at = i + 1;
    found.name = s_.at(i + 1);
    found.open = i + 2;
    if (s_.at(found.open) == "<") {
      int depth = 0;
      for (; found.open < s_.tokens.size(); ++found.open) {
        if (s_.at(found.open) == "<") ++depth;
        if (s_.at(found.open) == ">" && --depth == 0) break;
      }
      ++found.open;
    }
    if (s_.at(found.open) != "(" || !IsName(i + 1)) return;
    found.close = s_.closes[found.open];
    found.body = found.close;
    while (found.body < s_.tokens.size() && s_.at(found.body) != "{") {
      if (s_.at(found.body) == ";") return;
      found.body = s_.closes[found.body];
    }
    if (found.body < s_.tokens.size()) to->push_back(found);
  }

  RustSource& s_;
};

}  // namespace

absl::StatusOr<std::vector<Token>> LexRust(std::string_view text) {
  return Lexer(text).Run();
}

const RustFunction* RustSource::Find(std::string_view name) const {
  for (const RustFunction& function : functions) {
    if (function.name == name) return &function;
  }
  return nullptr;
}

absl::StatusOr<RustSource> ReadRust(std::string_view text) {
  absl::StatusOr<std::vector<Token>> tokens = LexRust(text);
  if (!tokens.ok()) return tokens.status();
  RustSource source;
  source.tokens = *std::move(tokens);
  if (!Pair(source.tokens, &source.closes)) {
    return absl::InvalidArgumentError("unbalanced brackets");
  }
  for (const Token& token : source.tokens) {
    if (token.kind == Kind::kWord) source.words.insert(token.text);
  }
  Reader(&source).Run();
  return source;
}

std::vector<RustAssertion> RustAssertions(const RustSource& tests) {
  std::vector<RustAssertion> found;
  for (size_t i = 0; i + 2 < tests.tokens.size(); ++i) {
    const std::string_view name = tests.at(i);
    if ((name == "assert" || name == "assert_eq" || name == "assert_ne" ||
         name == "debug_assert" || name == "debug_assert_eq") &&
        tests.at(i + 1) == "!" && tests.closes[i + 2] > i + 4) {
      found.push_back({i, i + 3, tests.closes[i + 2] - 1});
    }
  }
  return found;
}

}  // namespace assay::code
