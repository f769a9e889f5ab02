#include <algorithm>
#include <iterator>

#include "verifier/math/parser.h"

namespace assay::math {

// "(a) 5": a label in brackets before a value.
const Expr* Parser::ParseLabel() {
  const Token& label = Peek(1);
  if (!label.Has(kLetters) || label.end - label.begin != 1) return nullptr;
  const Token& after = Peek(3);
  if (Peek(2).type != Tok::kCloseParen || !after.Has(kSpaceBefore) ||
      (after.type != Tok::kNumber && after.type != Tok::kFraction &&
       after.type != Tok::kMinus && after.type != Tok::kSqrt &&
       (after.type != Tok::kWord || after.detail > 0))) {
    return nullptr;
  }
  if (after.type == Tok::kMinus && Peek(4).Has(kSpaceBefore)) return nullptr;
  const uint32_t begin = Peek().begin;
  at_ += 3;
  const size_t start = at_;
  const Expr* symbol =
      MakeText(Kind::kText, label.begin, text_.substr(label.begin, 1));
  const Expr* value =
      after.type == Tok::kWord ? ParseStatement() : ParseLogic(0);
  if (symbol == nullptr || value == nullptr) return nullptr;
  // "(a) 3 (b) 4" is no product of 3, b and 4.
  for (size_t i = start; i + 2 < at_; ++i) {
    if (tokens_[i].type == Tok::kOpenParen && tokens_[i].Has(kSpaceBefore) &&
        tokens_[i + 1].end - tokens_[i + 1].begin == 1 &&
        text_[tokens_[i + 1].begin] == text_[label.begin] + 1 &&
        tokens_[i + 2].type == Tok::kCloseParen) {
      return Fail("a comma between parts");
    }
  }
  return Make(Kind::kLabelled, begin, {symbol, value});
}

// The index after the words that begin here; `*word` says whether one of them
// is no letter or name.
size_t Parser::WordsEnd(bool* word, size_t* words) const {
  size_t i = at_;
  while (tokens_[i].Has(kLetters) && tokens_[i].type != Tok::kAndWord &&
         tokens_[i].type != Tok::kOrWord) {
    const Token& token = tokens_[i];
    const Token& next = tokens_[i + 1];
    *word = *word || token.type == Tok::kWord;
    // "round trip" is prose, "round(x)" is none.
    if ((token.type == Tok::kFunction || token.type == Tok::kSqrt) &&
        (!*word || (next.type != Tok::kWord && next.type != Tok::kEnd))) {
      break;
    }
    if (*words > 0 && token.type == Tok::kRelation &&
        next.type == Tok::kNamedSet) {
      break;
    }
    ++*words;
    i = AfterWord(i);
  }
  return i;
}

// Whether words that end before token `i` stand alone.
bool Parser::EndsProse(size_t i) const {
  switch (tokens_[i].type) {
    case Tok::kEnd:
    case Tok::kComma:
    case Tok::kSemicolon:
    case Tok::kAndWord:
    case Tok::kOrWord:
    case Tok::kRowEnd:
    case Tok::kAmpersand:
    case Tok::kEndEnvironment:
    case Tok::kColon:
    case Tok::kCloseGroup:
    case Tok::kCloseParen:
    case Tok::kCloseSet:
    case Tok::kCloseBracket:
      return true;
    case Tok::kPeriod:
      return tokens_[i + 1].type == Tok::kEnd;
    case Tok::kRelation:
      return !tokens_[i].Has(kLetters);
    default:
      return false;
  }
}

// "March 15": a name with a number, and no product.
const Expr* Parser::ParseDate() {
  constexpr std::string_view kMonths[] = {
      "January", "February", "March",     "April",   "May",      "June",
      "July",    "August",   "September", "October", "November", "December"};
  const Token& month = Peek();
  const Token& day = Peek(1);
  if (month.type != Tok::kWord || month.detail > 0 ||
      std::find(std::begin(kMonths), std::end(kMonths), month.text) ==
          std::end(kMonths) ||
      day.type != Tok::kNumber || day.number->has_point ||
      day.number->digits.size() > 2 || !EndsProse(at_ + 2)) {
    return nullptr;
  }
  at_ += 2;
  Pieces pieces;
  pieces.Add(month.text);
  pieces.Add(" ");
  pieces.Add(day.number->digits);
  const std::string_view text = pieces.Join(arena_);
  return text.empty() ? Exhausted() : MakeText(Kind::kText, month.begin, text);
}

// Words alone up to the next separator: a text, a label ("Paolo: 18") or the
// left side of a relation ("Maximum = 2"). Null without an error: none.
const Expr* Parser::ParseProse() {
  if (const Expr* date = ParseDate()) return date;
  if (exhausted_) return nullptr;
  bool word = false;
  size_t words = 0;
  const size_t end = WordsEnd(&word, &words);
  if (!word || (words < 2 && tokens_[at_].detail > 0) || !EndsProse(end)) {
    return nullptr;
  }
  const uint32_t begin = Peek().begin;
  // Words in a row, one space between them.
  size_t bytes = 0;
  for (size_t k = at_; k < end; k = AfterWord(k)) {
    bytes += tokens_[k].end - tokens_[k].begin + 1;
  }
  char* text = arena_->AllocateBytes(bytes);
  if (text == nullptr) return Exhausted();
  size_t used = 0;
  for (size_t k = at_; k < end; k = AfterWord(k)) {
    if (used > 0) text[used++] = ' ';
    used += text_.copy(text + used, tokens_[k].end - tokens_[k].begin,
                       tokens_[k].begin);
  }
  at_ = end;
  const Expr* node = MakeText(Kind::kText, begin, {text, used});
  if (node == nullptr) return nullptr;
  if (Accept(Tok::kColon)) {
    const Expr* value = ParseStatement();
    return value == nullptr ? nullptr
                            : Make(Kind::kLabelled, begin, {node, value});
  }
  if (Next() != Tok::kRelation) return node;
  const uint16_t relation = Peek().detail;
  Advance();
  const Expr* right = ParseLogic(0);
  return right == nullptr
             ? nullptr
             : Make(Kind::kRelation, begin, {node, right}, relation);
}

}  // namespace assay::math
