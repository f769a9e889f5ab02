// Notations of counting and probability: {}_5C_2, ^5P_2, 5C2, C_5^2,
// "5 choose 2"; cis; E[X], P(A | B).
#include "verifier/math/parser.h"

namespace assay::math {
namespace {

constexpr size_t kCountDigitsMax = 4;

bool IsCount(const Token& token) {
  return token.type == Tok::kNumber && !token.number->has_point &&
         token.number->base == 10 && token.number->exponent == 0 &&
         token.number->digits.size() <= kCountDigitsMax;
}

// n choose k of C, n!/(n-k)! of P and A.
bool CountingFunction(std::string_view letter, Function* function) {
  if (letter == "C") {
    *function = Function::kBinomial;
    return true;
  }
  if (letter == "P" || letter == "A") {
    *function = Function::kPermutations;
    return true;
  }
  return false;
}

}  // namespace

// {}_5C_2, _5C_2, ^5C_2, {}^{2}\log 8; at the sign of the script.
const Expr* Parser::ParsePrescript() {
  Nest nest(this);
  if (nest.TooDeep()) return Exhausted();
  const uint32_t begin = Peek().begin;
  const bool above = Next() == Tok::kCaret;
  Advance();
  const Expr* n = ParseArgument();
  if (n == nullptr) return nullptr;
  const Token& letter = Peek();
  if (above && letter.type == Tok::kFunction &&
      letter.detail == static_cast<uint16_t>(Function::kLog)) {
    Advance();
    return FunctionArgument(Function::kLog, begin, n);
  }
  Function function;
  if (letter.type != Tok::kSymbol ||
      !CountingFunction(letter.text, &function) ||
      Peek(1).type != Tok::kUnderscore) {
    return Fail("an operand");
  }
  at_ += 2;
  const Expr* k = ParseArgument();
  return k == nullptr ? nullptr
                      : Make(Kind::kFunction, begin, {n, k},
                             static_cast<uint16_t>(function));
}

// 5C2 and 10P3: the letter and the second number stand close by. Null
// without an error where this is none.
const Expr* Parser::ParseCompactCount(const Expr* n) {
  const Token& letter = Peek();
  const Token& k = Peek(1);
  Function function;
  const bool close = letter.type == Tok::kSymbol && !letter.Has(kSpaceBefore) &&
                     CountingFunction(letter.text, &function) &&
                     letter.text != "A" && IsCount(k) && !k.Has(kSpaceBefore) &&
                     k.begin == letter.end;
  if (!close || n->kind != Kind::kNumber || !IsCount(tokens_[at_ - 1])) {
    return nullptr;
  }
  Advance();
  const Expr* below = ParseNumber();
  return below == nullptr ? nullptr
                          : Make(Kind::kFunction, n->begin_bytes, {n, below},
                                 static_cast<uint16_t>(function));
}

// n2^{n-1}: the digits after the letter are the base of a power whose exponent
// holds a letter; x1^2 keeps its index. At the number.
bool Parser::AtBaseOfPower(const Token& letter) const {
  constexpr size_t kLookahead = 24;
  constexpr size_t kScanned = 256;
  const std::string_view digits = Peek().number->digits;
  const Token& caret = Peek(1);
  // Nobody writes a power of 1; x2 ** n is a name of Python's.
  if (caret.type != Tok::kCaret || caret.end - caret.begin != 1 ||
      digits == "1" || digits[0] == '0') {
    return false;
  }
  // x^{(n)} counts, and is no power.
  if (Peek(2).type == Tok::kOpenGroup && Peek(3).type == Tok::kOpenParen) {
    return false;
  }
  bool lettered = false;
  int depth = 0;
  for (size_t i = 2; i < kLookahead && !lettered; ++i) {
    const Token& token = Peek(i);
    const Tok t = token.type;
    if (t == Tok::kOpenGroup || t == Tok::kOpenParen) ++depth;
    if (t == Tok::kCloseGroup || t == Tok::kCloseParen) --depth;
    lettered = t == Tok::kSymbol && token.text != "T" && token.text != "top";
    if (t == Tok::kEnd) break;
    if (depth <= 0 && t != Tok::kMinus && t != Tok::kWord) break;
  }
  // x1^n + x2^n: both are names.
  for (size_t i = 0; i + 1 < tokens_.size() && i < kScanned; ++i) {
    const Token& first = tokens_[i + 1];
    if (tokens_[i].type == Tok::kSymbol && tokens_[i].text == letter.text &&
        first.type == Tok::kNumber && first.number->digits == "1" &&
        first.begin == tokens_[i].end) {
      return false;
    }
  }
  return lettered;
}

// C_{2n}^n, C_{n+1}^2: an index that is a sum or a multiple, and so no name.
// At the letter.
bool Parser::ComposedIndex() const {
  if (Peek().text != "C" || Peek(2).type != Tok::kOpenGroup) return false;
  bool symbol = false;
  bool composed = Peek(3).type == Tok::kNumber;
  size_t i = 3;
  for (; Peek(i).type != Tok::kCloseGroup; ++i) {
    const Tok t = Peek(i).type;
    symbol = symbol || t == Tok::kSymbol;
    composed = composed || t == Tok::kPlus || t == Tok::kMinus;
    if (t != Tok::kSymbol && t != Tok::kNumber && t != Tok::kPlus &&
        t != Tok::kMinus) {
      return false;
    }
  }
  if (!symbol || !composed || Peek(i + 1).type != Tok::kCaret) return false;
  const bool group = Peek(i + 2).type == Tok::kOpenGroup;
  const Tok above = Peek(i + (group ? 3 : 2)).type;
  return above == Tok::kNumber || above == Tok::kSymbol;
}

// C_5^2 and A_5^2, where the numbers make sense so. Null without an error.
const Expr* Parser::ParseScriptedCount() {
  const Token& letter = Peek();
  Function function;
  if (!CountingFunction(letter.text, &function) || letter.text == "P" ||
      Peek(1).type != Tok::kUnderscore) {
    return nullptr;
  }
  if (ComposedIndex()) return ParseScripts(function);
  size_t i = 2;
  auto scripted = [&](const Token** value) {
    const bool group = Peek(i).type == Tok::kOpenGroup;
    if (group) ++i;
    *value = &Peek(i++);
    if (group && Peek(i++).type != Tok::kCloseGroup) return false;
    return true;
  };
  const Token* n = nullptr;
  const Token* k = nullptr;
  if (!scripted(&n) || Peek(i++).type != Tok::kCaret || !scripted(&k)) {
    return nullptr;
  }
  auto value = [](const Token& token) {
    int total = 0;
    for (char c : token.number->digits) total = 10 * total + (c - '0');
    return total;
  };
  const bool numbers =
      IsCount(*n) && IsCount(*k) && value(*n) >= 3 && value(*n) >= value(*k);
  const bool letters = n->type == Tok::kSymbol && n->text == "n" &&
                       (IsCount(*k) || k->type == Tok::kSymbol);
  return numbers || letters ? ParseScripts(function) : nullptr;
}

// The n and k of C_n^k; at the letter.
const Expr* Parser::ParseScripts(Function function) {
  const uint32_t begin = Peek().begin;
  at_ += 2;
  const Expr* upper = ParseBound();
  if (upper == nullptr || !Expect(Tok::kCaret, "a ^")) return nullptr;
  const Expr* lower = ParseBound();
  return lower == nullptr ? nullptr
                          : Make(Kind::kFunction, begin, {upper, lower},
                                 static_cast<uint16_t>(function));
}

// \complement_U A: a set's name.
const Expr* Parser::ParseComplement() {
  const uint32_t begin = Peek().begin;
  std::string_view universe, set;
  if (Peek(1).type == Tok::kUnderscore) {
    Advance();
    if (!Subscript(&universe)) return nullptr;
    --at_;
  }
  if (!Subscript(&set)) return nullptr;  // After any token as after "_".
  Pieces name;
  name.Add("complement");
  for (std::string_view piece : {universe, set}) {
    name.Add("_{");
    name.Add(piece);
    name.Add("}");
  }
  const std::string_view text = name.Join(arena_);
  return text.empty() ? Exhausted() : MakeText(Kind::kSymbol, begin, text);
}

// cis x = cos x + i sin x; at the argument.
const Expr* Parser::ParseCis(uint32_t begin) {
  const Expr* cosine = FunctionArgument(Function::kCos, begin, nullptr);
  if (cosine == nullptr) return nullptr;
  const Expr* i =
      New(Kind::kConstant, begin, static_cast<uint16_t>(Constant::kI));
  const Expr* sine = Make(Kind::kFunction, begin, {&cosine->child(0)},
                          static_cast<uint16_t>(Function::kSin));
  if (i == nullptr || sine == nullptr) return nullptr;
  const Expr* imaginary = Make(Kind::kMultiply, begin, {i, sine});
  return imaginary == nullptr ? nullptr
                              : Make(Kind::kAdd, begin, {cosine, imaginary});
}

// P(A | B), E[X], \Pr(A \mid B): what stands after the bar is the condition.
const Expr* Parser::ParseProbability(const Expr* symbol, uint32_t begin) {
  const Tok close =
      Next() == Tok::kOpenBracket ? Tok::kCloseBracket : Tok::kCloseParen;
  Advance();
  Inside inside(this);
  scope_.stop_at_bar = true;
  Nodes parts = {symbol};
  Nodes arguments;
  if (!ParseCommaList(&arguments)) return nullptr;
  for (const Expr* e : arguments) parts.push_back(e);
  const Tok bar = Next();
  if (bar == Tok::kBar || bar == Tok::kMid) {
    Advance();
    scope_.stop_at_bar = false;
    Nodes given;
    if (!ParseCommaList(&given)) return nullptr;
    const Expr* event = arguments.size() == 1
                            ? arguments[0]
                            : MakeAll(Kind::kTuple, begin, arguments);
    const Expr* condition =
        given.size() == 1 ? given[0] : MakeAll(Kind::kTuple, begin, given);
    if (event == nullptr || condition == nullptr) return nullptr;
    const Expr* both = Make(Kind::kRelation, begin, {event, condition},
                            static_cast<uint16_t>(Relation::kDivides));
    if (both == nullptr) return nullptr;
    parts.assign({symbol, both});
  }
  if (!Expect(close, "the closing bracket")) return nullptr;
  return MakeAll(Kind::kApply, begin, parts);
}

}  // namespace assay::math
