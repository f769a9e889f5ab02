// Reads tokens [at, end) one after the other, and keeps the first fault.
//
//   class Reader : TokenReader { ... Take("<") || Fail("a template") ... };
//
// Ownership: the tokens stay the caller's. Time: constant each. Threads: one.
#ifndef VERIFIER_CODE_LIFT_TOKEN_READER_H_
#define VERIFIER_CODE_LIFT_TOKEN_READER_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "verifier/code/c_lexer.h"

namespace assay::code {

class TokenReader {
 protected:
  TokenReader(const std::vector<Token>& tokens, size_t at, size_t end)
      : tokens_(tokens), at_(at), end_(end) {}

  // "" at the end.
  std::string_view Word(size_t ahead = 0) const {
    return at_ + ahead < end_ ? tokens_[at_ + ahead].text : std::string_view();
  }
  // Goes past the next token if it is `text`.
  bool Take(std::string_view text) {
    if (Word() != text) return false;
    ++at_;
    return true;
  }
  // Always false.
  bool Fail(std::string what) {
    if (fault_.empty()) fault_ = std::move(what);
    return false;
  }

  const std::vector<Token>& tokens_;
  size_t at_;
  size_t end_;
  std::string fault_;
};

}  // namespace assay::code

#endif  // VERIFIER_CODE_LIFT_TOKEN_READER_H_
