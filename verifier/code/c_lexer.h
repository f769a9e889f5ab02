// Splits C and C++ text into tokens, so that braces in texts and comments
// mislead nobody.
//
//   absl::StatusOr<std::vector<Token>> tokens = LexC(text);
//
// Comments and white space are left out, and preprocessor lines unless they
// are asked for. Errors:
// INVALID_ARGUMENT: the text ends inside a comment, a string or a character.
// Time: linear. Threads: pure function.
#ifndef VERIFIER_CODE_C_LEXER_H_
#define VERIFIER_CODE_C_LEXER_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace assay::code {

struct Token {
  enum class Kind : uint8_t {
    kWord,
    kNumber,
    kString,
    kCharacter,
    kMark,
    kDirective,  // A whole preprocessor line, without its line feed.
  };
  Kind kind = Kind::kMark;
  size_t begin = 0;
  std::string_view text;  // Marks are one character, but for == and the like.
};

absl::StatusOr<std::vector<Token>> LexC(std::string_view text,
                                        bool directives = false);

}  // namespace assay::code

#endif  // VERIFIER_CODE_C_LEXER_H_
