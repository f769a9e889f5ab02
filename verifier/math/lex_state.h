// The lexer's state; its rules stand in lexer.cc (numbers), lex_signs.cc,
// lex_commands.cc,
// lex_words.cc, lex_number_words.cc and lex_chinese.cc.
//
// Threads: plain. See lexer.h.
#ifndef VERIFIER_MATH_LEX_STATE_H_
#define VERIFIER_MATH_LEX_STATE_H_

#include <cstdint>
#include <string_view>

#include "absl/container/inlined_vector.h"
#include "verifier/math/lexer.h"
#include "verifier/math/names.h"

namespace assay::math {

inline bool IsDigit(char c) { return c >= '0' && c <= '9'; }
inline bool IsAsciiLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
inline bool IsLetter(char c) {
  return IsAsciiLetter(c) || static_cast<unsigned char>(c) >= 0x80;
}
inline bool IsSpace(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' ||
         c == '\v';
}

// No number is written.
inline constexpr uint64_t kNoValue = ~uint64_t{0};
// The value of Chinese numerals alone: kNoValue for other words.
uint64_t ChineseValue(std::string_view word);

enum Brace : uint8_t {
  kGroup,
  kTransparentText,
  kTransparentFont,
  kTransparentBold,
  kTextGroup
};

class Lexer {
 public:
  Lexer(std::string_view text, const ParseOptions& options, Arena* arena,
        Tokens* tokens, LexError* error)
      : text_(text),
        options_(options),
        arena_(arena),
        tokens_(*tokens),
        error_(*error) {}

  bool Run();

 private:
  char Peek(size_t offset = 0) const {
    return at_ + offset < text_.size() ? text_[at_ + offset] : '\0';
  }
  bool StartsWith(std::string_view s) const {
    return text_.compare(at_, s.size(), s) == 0;
  }
  Tok Last() const { return tokens_.empty() ? Tok::kEnd : tokens_.back().type; }
  bool Fail(const char* message) {
    error_.offset_bytes = at_;
    error_.message = message;
    return false;
  }
  Token& Emit(Tok type, size_t begin, size_t end, uint16_t detail = 0,
              std::string_view text = {});
  void SkipSpaces() {
    while (at_ < text_.size() && IsSpace(text_[at_])) ++at_;
  }
  bool One();
  bool Literal();
  size_t WideDigitsEnd(size_t at) const;
  bool WideNumber(size_t end);
  bool Sign(char c);
  bool JoinsBrackets() const;
  bool Quote(char c);
  bool Bracket(char c);
  bool RelationSign(char c);
  bool CurrencyOrDelimiter();
  bool Command();
  bool EmitCommand(const Name& name, size_t begin);
  bool Environment(size_t begin, bool opening);
  bool ContinuesEquation();
  bool OpenFont(Brace brace, size_t begin);
  bool Blackboard(size_t begin);
  bool Word();
  bool PlainWord(std::string_view word, size_t begin);
  bool EmitName(const Name& name, size_t begin, size_t end);
  bool SplitFunction(std::string_view word, size_t begin);
  bool Letter(char c, size_t begin);
  size_t WordEnd(size_t at) const;
  bool IsJoiningLetter(size_t at) const;
  bool NumberWord(std::string_view word, size_t begin);
  bool NumberPhrase(std::string_view word, size_t begin);
  bool MinusWord(std::string_view word, size_t begin);
  Token* EmitValue(uint64_t value, size_t begin, size_t end);
  bool EmitFraction(uint64_t whole, uint64_t numerator, uint64_t denominator,
                    size_t begin, size_t end);
  bool ChineseWord(std::string_view word, size_t begin);
  bool ChineseMultiplier(std::string_view word, size_t begin);
  bool PartsOfDigits(std::string_view above, size_t begin, size_t end);
  bool ChineseParts(std::string_view word, size_t begin);
  bool ChineseMinus(std::string_view word, size_t begin);
  bool CircledDigits(std::string_view word, size_t begin);
  bool PrefixedBase();
  bool ModulePrefix(std::string_view word, size_t end);
  bool IsTimesLetter(size_t begin) const;
  bool IsUnionLetter(size_t end) const;

  std::string_view text_;
  const ParseOptions& options_;
  Arena* arena_;
  Tokens& tokens_;
  LexError& error_;
  size_t at_ = 0;
  bool space_before_ = false;
  bool negate_relation_ = false;
  size_t commas_ = 0;
  bool spaced_commas_ = false;
  bool python_ = false;  // 2*I and x**2: I and E are constants.
  bool primed_ = false;  // A prime was emitted.
  bool dollars_delimit_ = true;
  int upright_depth_ = 0;
  int bold_depth_ = 0;
  int bracket_depth_ = 0;
  int environment_depth_ = 0;
  uint16_t pending_side_ = kBarEither;
  absl::InlinedVector<uint8_t, 64> braces_;
};

}  // namespace assay::math

#endif  // VERIFIER_MATH_LEX_STATE_H_
