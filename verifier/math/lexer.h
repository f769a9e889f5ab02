// Cuts an answer into tokens: LaTeX, plain text and Python spellings.
//
//   Tokens tokens;
//   LexError error;
//   if (!Lex(text, options, &arena, &tokens, &error)) ...
//
// `text` must be folded (fold.h) and outlive the tokens; it may be the
// arena's. One pass, linear, but for a number's look-ahead over its groups.
// Threads: pure. Errors: an unknown command or sign, with its offset.
#ifndef VERIFIER_MATH_LEXER_H_
#define VERIFIER_MATH_LEXER_H_

#include <cstddef>
#include <string_view>

#include "verifier/math/expr.h"
#include "verifier/math/parse.h"
#include "verifier/math/token.h"

namespace assay::math {

struct LexError {
  size_t offset_bytes = 0;
  const char* message = nullptr;
};

bool Lex(std::string_view text, const ParseOptions& options, Arena* arena,
         Tokens* tokens, LexError* error);

// How a number at the start of `text` is read.
struct NumberContext {
  ParseOptions::Comma comma = ParseOptions::Comma::kThousands;
  bool plain_commas_group = true;  // A bare "," may group thousands.
  bool only_comma = true;          // "0,5" may be a decimal.
};

// Reads a literal at text[at] (a digit, or a point before a digit). Returns
// the offset after it, or 0 where the arena is full.
size_t ScanNumber(std::string_view text, size_t at,
                  const NumberContext& context, Arena* arena, Number* number);

}  // namespace assay::math

#endif  // VERIFIER_MATH_LEXER_H_
