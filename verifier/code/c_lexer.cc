#include "verifier/code/c_lexer.h"

#include <algorithm>
#include <cctype>
#include <string>

#include "absl/status/status.h"

namespace assay::code {
namespace {

bool IsWord(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

class Lexer {
 public:
  Lexer(std::string_view text, bool directives)
      : text_(text), directives_(directives) {}

  absl::StatusOr<std::vector<Token>> Run() {
    while (at_ < text_.size()) {
      if (!Step())
        return absl::InvalidArgumentError("unclosed text or comment");
    }
    return std::move(tokens_);
  }

 private:
  bool Step() {
    const char c = text_[at_];
    if (c == '\n') line_start_ = true;
    if (std::isspace(static_cast<unsigned char>(c))) {
      ++at_;
      return true;
    }
    if (text_.substr(at_, 2) == "//") return SkipLine();
    if (text_.substr(at_, 2) == "/*") {
      const size_t end = text_.find("*/", at_ + 2);
      if (end == std::string_view::npos) return false;
      at_ = end + 2;
      return true;
    }
    if (c == '#' && line_start_) return Directive();
    line_start_ = false;
    if (c == '"' || c == '\'') return Quoted(c);
    if (std::isdigit(static_cast<unsigned char>(c)) ||
        (c == '.' && at_ + 1 < text_.size() &&
         std::isdigit(static_cast<unsigned char>(text_[at_ + 1])))) {
      return Number();
    }
    if (IsWord(c)) return Word();
    const std::string_view two = text_.substr(at_, 2);
    const bool pair = two == "==" || two == "!=" || two == "<=" ||
                      two == ">=" || two == "&&" || two == "||" || two == "::";
    return Add(Token::Kind::kMark, pair ? 2 : 1);
  }

  // To the end of the line, over those that end in a backslash.
  bool SkipLine() {
    while (at_ < text_.size() && text_[at_] != '\n') {
      at_ += text_[at_] == '\\' ? 2 : 1;
    }
    return true;
  }

  bool Directive() {
    const size_t begin = at_;
    while (at_ < text_.size() && text_[at_] != '\n') {
      if (text_.substr(at_, 2) == "//") {
        SkipLine();
      } else if (text_.substr(at_, 2) == "/*") {
        const size_t end = text_.find("*/", at_ + 2);
        if (end == std::string_view::npos) return false;
        at_ = end + 2;
      } else {
        at_ += text_[at_] == '\\' ? 2 : 1;
      }
    }
    const size_t end = std::min(at_, text_.size());
    if (directives_) {
      tokens_.push_back(
          {Token::Kind::kDirective, begin, text_.substr(begin, end - begin)});
    }
    return true;
  }

  bool Quoted(char quote) {
    size_t end = at_ + 1;
    while (end < text_.size() && text_[end] != quote) {
      if (text_[end] == '\n') return false;
      end += text_[end] == '\\' ? 2 : 1;
    }
    if (end >= text_.size()) return false;
    return Add(quote == '"' ? Token::Kind::kString : Token::Kind::kCharacter,
               end + 1 - at_);
  }

  bool Number() {
    size_t end = at_;
    while (end < text_.size()) {
      const char c = text_[end];
      const char before = end > at_ ? text_[end - 1] : ' ';
      const bool sign =
          (c == '+' || c == '-') &&
          (before == 'e' || before == 'E' || before == 'p' || before == 'P') &&
          text_.substr(at_, 2) != "0x";
      if (!IsWord(c) && c != '.' && c != '\'' && !sign) break;
      ++end;
    }
    return Add(Token::Kind::kNumber, end - at_);
  }

  bool Word() {
    size_t end = at_;
    while (end < text_.size() && IsWord(text_[end])) ++end;
    const std::string_view word = text_.substr(at_, end - at_);
    if (end < text_.size() && text_[end] == '"' &&
        (word == "R" || word == "LR" || word == "u8R" || word == "uR" ||
         word == "UR")) {
      return RawString(end);
    }
    return Add(Token::Kind::kWord, end - at_);
  }

  bool RawString(size_t quote) {
    const size_t open = text_.find('(', quote);
    if (open == std::string_view::npos || open - quote > 17) return false;
    const std::string close =
        ")" + std::string(text_.substr(quote + 1, open - quote - 1)) + "\"";
    const size_t end = text_.find(close, open);
    if (end == std::string_view::npos) return false;
    return Add(Token::Kind::kString, end + close.size() - at_);
  }

  bool Add(Token::Kind kind, size_t size) {
    tokens_.push_back({kind, at_, text_.substr(at_, size)});
    at_ += size;
    return true;
  }

  std::string_view text_;
  const bool directives_;
  size_t at_ = 0;
  bool line_start_ = true;
  std::vector<Token> tokens_;
};

}  // namespace

absl::StatusOr<std::vector<Token>> LexC(std::string_view text,
                                        bool directives) {
  return Lexer(text, directives).Run();
}

}  // namespace assay::code
