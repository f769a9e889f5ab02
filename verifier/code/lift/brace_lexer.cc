#include "verifier/code/lift/brace_lexer.h"

#include <cctype>
#include <string>

#include "absl/status/status.h"

namespace assay::code {
namespace {

bool IsWordByte(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '$';
}

bool IsDigit(char c) { return std::isdigit(static_cast<unsigned char>(c)); }

class Lexer {
 public:
  Lexer(std::string_view text, BraceText::Kind kind) : kind_(kind) {
    made_.text = text;
  }

  absl::StatusOr<BraceText> Run() {
    while (at_ < made_.text.size()) {
      if (!Step()) {
        return absl::InvalidArgumentError("unclosed text or strange byte");
      }
    }
    if (!MatchBrackets()) {
      return absl::InvalidArgumentError("unclosed bracket");
    }
    return std::move(made_);
  }

 private:
  std::string_view Rest(size_t size) const {
    return made_.text.substr(at_, size);
  }

  bool Step() {
    const char c = made_.text[at_];
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') {
      ++at_;
      return true;
    }
    if (Rest(2) == "//") return Skip(made_.text.find('\n', at_), 0);
    if (Rest(2) == "/*") {
      const size_t end = made_.text.find("*/", at_ + 2);
      return end != std::string_view::npos && Skip(end, 2);
    }
    if (kind_ == BraceText::kJava && Rest(3) == "\"\"\"") return TextBlock();
    if (kind_ == BraceText::kGo && c == '`') {
      const size_t end = made_.text.find('`', at_ + 1);
      if (end == std::string_view::npos) return false;
      return Add(Token::Kind::kString, end + 1 - at_);
    }
    if (c == '"' || c == '\'') return Quoted(c);
    if (IsDigit(c)) return Number();
    if (IsWordByte(c)) return Word();
    return Mark(c);
  }

  bool Skip(size_t end, size_t more) {
    at_ = end == std::string_view::npos ? made_.text.size() : end + more;
    return true;
  }

  bool Mark(char c) {
    constexpr std::string_view kMarks = "(){}[]<>;,.+-*/%&|^!~=?:@";
    if (kMarks.find(c) == std::string_view::npos) return false;
    if (Rest(3) == "...") return Add(Token::Kind::kMark, 3);
    for (const std::string_view two :
         {"==", "!=", "<=", ">=", "&&", "||", "::", ":=", "->", "<-"}) {
      if (Rest(2) == two) return Add(Token::Kind::kMark, 2);
    }
    return Add(Token::Kind::kMark, 1);
  }

  bool Quoted(char quote) {
    const std::string_view text = made_.text;
    size_t end = at_ + 1;
    while (end < text.size() && text[end] != quote) {
      if (text[end] == '\n') return false;
      end += text[end] == '\\' ? 2 : 1;
    }
    if (end >= text.size()) return false;
    return Add(quote == '"' ? Token::Kind::kString : Token::Kind::kCharacter,
               end + 1 - at_);
  }

  bool TextBlock() {
    const std::string_view text = made_.text;
    for (size_t end = at_ + 3; end < text.size(); ++end) {
      if (text[end] == '\\') {
        ++end;
      } else if (text.substr(end, 3) == "\"\"\"") {
        return Add(Token::Kind::kString, end + 3 - at_);
      }
    }
    return false;
  }

  bool Number() {
    const std::string_view text = made_.text;
    const bool hex = Rest(2) == "0x" || Rest(2) == "0X";
    size_t end = at_;
    while (end < text.size()) {
      const char c = text[end];
      const char before = end > at_ ? text[end - 1] : ' ';
      const bool sign = (c == '+' || c == '-') &&
                        ((!hex && (before == 'e' || before == 'E')) ||
                         before == 'p' || before == 'P');
      if (!IsWordByte(c) && c != '.' && !sign) break;
      ++end;
    }
    return Add(Token::Kind::kNumber, end - at_);
  }

  bool Word() {
    size_t end = at_;
    while (end < made_.text.size() && IsWordByte(made_.text[end])) ++end;
    return Add(Token::Kind::kWord, end - at_);
  }

  bool Add(Token::Kind kind, size_t size) {
    made_.tokens.push_back({kind, at_, Rest(size)});
    at_ += size;
    return true;
  }

  bool MatchBrackets() {
    std::vector<size_t> open;
    made_.closes.resize(made_.tokens.size());
    for (size_t i = 0; i < made_.tokens.size(); ++i) {
      made_.closes[i] = i + 1;
      const Token& token = made_.tokens[i];
      if (token.kind != Token::Kind::kMark) continue;
      const char c = token.text[0];
      if (c == '(' || c == '[' || c == '{') open.push_back(i);
      if (c != ')' && c != ']' && c != '}') continue;
      if (open.empty()) return false;
      const char opened = made_.tokens[open.back()].text[0];
      if (opened != (c == ')' ? '(' : c == ']' ? '[' : '{')) return false;
      made_.closes[open.back()] = i + 1;
      open.pop_back();
    }
    return open.empty();
  }

  const BraceText::Kind kind_;
  size_t at_ = 0;
  BraceText made_;
};

}  // namespace

std::string_view BraceText::Span(size_t begin, size_t end) const {
  if (begin >= end || begin >= tokens.size()) return "";
  const Token& last = tokens[end - 1];
  const size_t from = tokens[begin].begin;
  return text.substr(from, last.begin + last.text.size() - from);
}

std::set<std::string_view> BraceText::FreeWords(size_t begin) const {
  std::set<std::string_view> words;
  for (size_t i = begin; i < tokens.size(); ++i) {
    if (IsWord(i) && (i == 0 || at(i - 1) != ".")) words.insert(at(i));
  }
  return words;
}

absl::StatusOr<BraceText> LexBraces(std::string_view text,
                                    BraceText::Kind kind) {
  return Lexer(text, kind).Run();
}

}  // namespace assay::code
