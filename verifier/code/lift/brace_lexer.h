// Splits Java and Go text into tokens, so that braces in texts and comments
// mislead nobody.
//
//   absl::StatusOr<BraceText> text = LexBraces(source, BraceText::kGo);
//   size_t after = text->Close(i);  // tokens[i] opens a bracket.
//
// Comments and white space are left out. Names are ASCII letters, digits, _
// and $; any other byte outside of texts and comments is an error, so that
// a name of ours is never another name of the compiler's.
// Errors: INVALID_ARGUMENT: the text ends inside a comment, a text or a
// bracket, or has such a byte. Time: linear. Threads: pure function.
#ifndef VERIFIER_CODE_LIFT_BRACE_LEXER_H_
#define VERIFIER_CODE_LIFT_BRACE_LEXER_H_

#include <set>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "verifier/code/c_lexer.h"

namespace assay::code {

struct BraceText {
  enum Kind { kJava, kGo };

  std::string_view text;
  std::vector<Token> tokens;
  std::vector<size_t> closes;  // Of an opening bracket: after its close.

  size_t size() const { return tokens.size(); }
  // "" beyond the end.
  std::string_view at(size_t i) const {
    return i < tokens.size() ? tokens[i].text : std::string_view();
  }
  bool IsWord(size_t i) const {
    return i < tokens.size() && tokens[i].kind == Token::Kind::kWord;
  }
  // The index after the bracket that closes tokens[open]; open + 1 where
  // that opens none.
  size_t Close(size_t open) const { return closes[open]; }
  // The text of tokens [begin, end), as it stands.
  std::string_view Span(size_t begin, size_t end) const;
  // Every word that is not a member of something (no dot before it).
  std::set<std::string_view> FreeWords(size_t begin = 0) const;
};

absl::StatusOr<BraceText> LexBraces(std::string_view text,
                                    BraceText::Kind kind);

}  // namespace assay::code

#endif  // VERIFIER_CODE_LIFT_BRACE_LEXER_H_
