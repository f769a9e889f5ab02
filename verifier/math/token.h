// The tokens of an answer. A lexer's view: LaTeX commands, plain words and
// signs that mean the same give the same token.
//
// Threads: plain values. Ownership: texts and numbers live in the arena, in
// static tables or in the text that was lexed.
#ifndef VERIFIER_MATH_TOKEN_H_
#define VERIFIER_MATH_TOKEN_H_

#include <cstdint>
#include <string_view>

#include "absl/container/inlined_vector.h"
#include "verifier/math/expr.h"

namespace assay::math {

enum class Tok : uint8_t {
  kEnd,
  // Operands.
  kNumber,    // number
  kSymbol,    // text: the canonical name.
  kConstant,  // detail: Constant.
  kNamedSet,  // detail: NamedSet.
  kWord,      // text; detail: how many kSymbol tokens, one a letter, follow
              // and are skipped where the word is read as a word.
  kFunction,  // detail: Function.
  kBoolean,   // detail: 0 or 1.
  kEllipsis,
  kFraction,  // \frac and its kin.
  kSqrt,
  kBinomial,  // \binom
  kAccent,    // text: "vec", "bar", "hat", ...
  kSum,       // detail: 0 sum, 1 product.
  kIntegral,
  kLimit,
  kBegin,       // \begin; text: the environment.
  kPartial,     // \partial
  kCurrency,    // text: canonical unit.
  kNumberWord,  // number; "seven"
  kScaleWord,   // number; "million": multiplies what stands before.
  // Brackets.
  kOpenGroup,     // {
  kCloseGroup,    // }
  kOpenParen,     // (
  kCloseParen,    // )
  kOpenBracket,   // [
  kCloseBracket,  // ]
  kOpenSet,       // \{
  kCloseSet,      // \}
  kOpenAngle,     // \langle
  kCloseAngle,    // \rangle
  kOpenFloor,
  kCloseFloor,
  kOpenCeil,
  kCloseCeil,
  kBar,        // detail: see BarSide.
  kNormBar,    // \|; detail: see BarSide.
  kNullClose,  // \right.
  // Operators.
  kPlus,
  kMinus,
  kPlusMinus,  // detail 1: -+.
  kTimes,
  kSlash,
  kCaret,
  kUnderscore,
  kBang,
  kPrime,  // detail: how many.
  kPercent,
  kDegree,
  kCup,
  kCap,
  kSetMinus,
  kMod,     // \bmod, mod
  kPmod,    // \pmod
  kOver,    // {a \over b}
  kChoose,  // {n \choose k}
  kMid,     // \mid
  // Statements.
  kRelation,  // detail: Relation.
  kTo,        // \to
  kLogicAnd,
  kLogicOr,
  kNot,
  kForAll,
  kExists,
  kColon,
  // Between things.
  kComma,
  kSemicolon,
  kAndWord,    // "and"
  kOrWord,     // "or"
  kCondition,  // "if", "when", "where", "for"
  kAmpersand,
  kRowEnd,  // \\.
  kEndEnvironment,
  kPeriod,
  // Consumed by the lexer, never emitted.
  kSkip,        // No meaning: \displaystyle, \quad.
  kSize,        // \left, \big: the next delimiter.
  kUpright,     // \text, \mathrm: letters are words.
  kFont,        // \mathbf: letters stay symbols; detail 1: bold.
  kBlackboard,  // \mathbb
  kNoise,       // A word without meaning for the value: "only".
};

enum BarSide : uint16_t { kBarEither = 0, kBarOpen = 1, kBarClose = 2 };

// Of a relation: its sides change places, as in A \supset B.
inline constexpr uint16_t kReversed = 0x100;

enum TokenFlag : uint8_t {
  kSpaceBefore = 1,
  kUprightText = 2,  // Inside \text or \mathrm.
  kFromCommand = 4,
  kLetters = 8,  // Written with letters alone.
  kBold = 16,    // A letter in bold type, as a vector's name is.
};

struct Token {
  Tok type = Tok::kEnd;
  uint8_t flags = 0;
  uint16_t detail = 0;
  uint32_t begin = 0;
  uint32_t end = 0;
  std::string_view text;
  const Number* number = nullptr;

  bool Has(TokenFlag flag) const { return (flags & flag) != 0; }
};

using Tokens = absl::InlinedVector<Token, 48>;

}  // namespace assay::math

#endif  // VERIFIER_MATH_TOKEN_H_
