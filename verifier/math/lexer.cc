#include "verifier/math/lexer.h"

#include "verifier/math/names.h"

namespace assay::math {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool IsAsciiLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool IsSpace(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' ||
         c == '\v';
}

enum Brace : uint8_t { kGroup, kTransparentText, kTransparentFont, kTextGroup };

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
  bool Number_();
  size_t WideDigitsEnd(size_t at) const;
  bool WideNumber(size_t end);
  bool Sign(char c);
  bool Bracket(char c);
  bool Relation_(char c);
  bool CurrencyOrDelimiter();
  bool Command();
  bool EmitCommand(const Name& name, size_t begin);
  bool Environment(size_t begin, bool opening);
  bool OpenFont(Brace brace, size_t begin);
  bool Blackboard(size_t begin);
  bool Word();
  bool PlainWord(std::string_view word, size_t begin);
  bool EmitName(const Name& name, size_t begin, size_t end);
  bool SplitFunction(std::string_view word, size_t begin);
  bool Letter(char c, size_t begin);
  size_t WordEnd(size_t at) const;
  bool NumberWord(std::string_view word, size_t begin);
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
  bool spaced_commas_ = false;
  bool dollars_delimit_ = true;
  int upright_depth_ = 0;
  int bracket_depth_ = 0;
  int environment_depth_ = 0;
  uint16_t pending_side_ = kBarEither;
  absl::InlinedVector<uint8_t, 64> braces_;
};

Token& Lexer::Emit(Tok type, size_t begin, size_t end, uint16_t detail,
                   std::string_view text) {
  Token& token = tokens_.emplace_back();
  token.type = type;
  token.detail = detail;
  token.begin = static_cast<uint32_t>(begin);
  token.end = static_cast<uint32_t>(end);
  token.text = text;
  token.flags = (space_before_ ? kSpaceBefore : 0) |
                (upright_depth_ > 0 ? kUprightText : 0);
  space_before_ = false;
  return token;
}

bool Lexer::Run() {
  size_t dollars = 0;
  for (size_t i = 0; i < text_.size(); ++i) {
    const char c = text_[i];
    if (c == '$' && (i == 0 || text_[i - 1] != '\\')) ++dollars;
    if (c == ',' && i + 1 < text_.size() && text_[i + 1] == ' ') {
      spaced_commas_ = true;
    }
  }
  dollars_delimit_ = dollars % 2 == 0;
  while (at_ < text_.size()) {
    if (!One()) return false;
  }
  Emit(Tok::kEnd, at_, at_);
  return true;
}

bool Lexer::One() {
  const char c = text_[at_];
  if (IsSpace(c) || c == '~' || c == '`') {
    space_before_ = true;
    ++at_;
    return true;
  }
  if (IsDigit(c) || (c == '.' && IsDigit(Peek(1)))) return Number_();
  if (IsLetter(c)) return Word();
  if (c == '\\') return Command();
  return Sign(c);
}

// The end of digits and capital letters that a base above ten follows: the
// end of "2A" in 2A_{16}. 0 where there is none.
size_t Lexer::WideDigitsEnd(size_t at) const {
  size_t end = at;
  while (end < text_.size() &&
         (IsDigit(text_[end]) || (text_[end] >= 'A' && text_[end] <= 'Z'))) {
    ++end;
  }
  size_t base = end + 1;
  if (end >= text_.size() || text_[end] != '_') return 0;
  if (base < text_.size() && text_[base] == '{') ++base;
  if (base + 1 >= text_.size() || !IsDigit(text_[base]) ||
      !IsDigit(text_[base + 1])) {
    return 0;
  }
  const int value = (text_[base] - '0') * 10 + (text_[base + 1] - '0');
  if (value < 11 || value > 36) return 0;
  for (size_t i = at; i < end; ++i) {
    if (!IsDigit(text_[i]) && text_[i] - 'A' + 10 >= value) return 0;
  }
  return end;
}

bool Lexer::WideNumber(size_t end) {
  Number* number = arena_->NewNumber();
  if (number == nullptr) return Fail("too large");
  number->digits = text_.substr(at_, end - at_);
  Emit(Tok::kNumber, at_, end).number = number;
  at_ = end;
  return true;
}

bool Lexer::Number_() {
  if (const size_t end = WideDigitsEnd(at_)) return WideNumber(end);
  const NumberContext context = {options_.comma, upright_depth_ > 0 ||
                                                     bracket_depth_ == 0 ||
                                                     spaced_commas_};
  Number* number = arena_->NewNumber();
  if (number == nullptr) return Fail("too large");
  const size_t begin = at_;
  const size_t end = ScanNumber(text_, at_, context, arena_, number);
  if (end == 0) return Fail("too large");
  Emit(Tok::kNumber, begin, end).number = number;
  at_ = end;
  return true;
}

bool Lexer::Sign(char c) {
  const size_t begin = at_++;
  switch (c) {
    case '+':
      if (Peek() == '-' || StartsWith("/-")) {
        at_ += Peek() == '/' ? 2 : 1;
        Emit(Tok::kPlusMinus, begin, at_);
        return true;
      }
      Emit(Tok::kPlus, begin, at_);
      return true;
    case '-':
      if (Peek() == '>') {
        ++at_;
        Emit(Tok::kTo, begin, at_);
        return true;
      }
      Emit(Tok::kMinus, begin, at_);
      return true;
    case '*':
      if (Peek() == '*') {
        ++at_;
        Emit(Tok::kCaret, begin, at_);
        return true;
      }
      Emit(Tok::kTimes, begin, at_);
      return true;
    case '/':
      Emit(Tok::kSlash, begin, at_);
      return true;
    case '^':
      Emit(Tok::kCaret, begin, at_);
      return true;
    case '_':
      Emit(Tok::kUnderscore, begin, at_);
      return true;
    case ',':
      Emit(Tok::kComma, begin, at_);
      return true;
    case ';':
      Emit(Tok::kSemicolon, begin, at_);
      return true;
    case '%':
      Emit(Tok::kPercent, begin, at_);
      return true;
    case '&':
      if (environment_depth_ > 0) Emit(Tok::kAmpersand, begin, at_);
      return true;
    case '|':
      Emit(Tok::kBar, begin, at_, pending_side_);
      pending_side_ = kBarEither;
      return true;
    case '$':
      return CurrencyOrDelimiter();
    case '\'':
    case '"': {
      uint16_t count = c == '"' ? 2 : 1;
      while (c == '\'' && Peek() == '\'') {
        ++at_;
        ++count;
      }
      const Tok last = Last();
      if (c == '"' && last != Tok::kNumber) return true;
      Emit(Tok::kPrime, begin, at_, count);
      return true;
    }
    case '.':
      if (StartsWith("..")) {
        at_ += 2;
        while (Peek() == '.') ++at_;
        Emit(Tok::kEllipsis, begin, at_);
        return true;
      }
      Emit(Tok::kPeriod, begin, at_);
      return true;
    default:
      --at_;
      return Bracket(c);
  }
}

bool Lexer::Bracket(char c) {
  const size_t begin = at_;
  switch (c) {
    case '(':
      ++bracket_depth_;
      ++at_;
      Emit(Tok::kOpenParen, begin, at_);
      return true;
    case ')':
      --bracket_depth_;
      ++at_;
      Emit(Tok::kCloseParen, begin, at_);
      return true;
    case '[':
      ++bracket_depth_;
      ++at_;
      Emit(Tok::kOpenBracket, begin, at_);
      return true;
    case ']':
      --bracket_depth_;
      ++at_;
      Emit(Tok::kCloseBracket, begin, at_);
      return true;
    case '{':
      ++at_;
      braces_.push_back(kGroup);
      Emit(Tok::kOpenGroup, begin, at_);
      return true;
    case '}': {
      if (braces_.empty()) return Fail("a } that closes nothing");
      const uint8_t brace = braces_.back();
      braces_.pop_back();
      ++at_;
      if (brace == kTransparentText || brace == kTextGroup) --upright_depth_;
      if (brace == kGroup || brace == kTextGroup) {
        Emit(Tok::kCloseGroup, begin, at_);
      } else {
        space_before_ = true;
      }
      return true;
    }
    default:
      return Relation_(c);
  }
}

bool Lexer::Relation_(char c) {
  struct Spelling {
    std::string_view text;
    Tok type;
    Relation relation;
  };
  static constexpr Spelling kSpellings[] = {
      {"<=>", Tok::kRelation, Relation::kIff},
      {"<->", Tok::kRelation, Relation::kIff},
      {"==>", Tok::kRelation, Relation::kImplies},
      {"=>", Tok::kRelation, Relation::kImplies},
      {"<=", Tok::kRelation, Relation::kLessEqual},
      {"=<", Tok::kRelation, Relation::kLessEqual},
      {">=", Tok::kRelation, Relation::kGreaterEqual},
      {"<>", Tok::kRelation, Relation::kNotEqual},
      {"==", Tok::kRelation, Relation::kEqual},
      {":=", Tok::kRelation, Relation::kEqual},
      {"=", Tok::kRelation, Relation::kEqual},
      {"<", Tok::kRelation, Relation::kLess},
      {">", Tok::kRelation, Relation::kGreater},
  };
  const size_t begin = at_;
  if (c == '!') {
    const bool factorial = Last() == Tok::kNumber && !space_before_;
    if (Peek(1) == '=' && !factorial) {
      at_ += 2;
      Emit(Tok::kRelation, begin, at_,
           static_cast<uint16_t>(Relation::kNotEqual));
      return true;
    }
    ++at_;
    Emit(Tok::kBang, begin, at_);
    return true;
  }
  for (const Spelling& spelling : kSpellings) {
    if (!StartsWith(spelling.text)) continue;
    at_ += spelling.text.size();
    Relation relation = spelling.relation;
    if (negate_relation_ && relation == Relation::kEqual) {
      relation = Relation::kNotEqual;
    }
    negate_relation_ = false;
    Emit(spelling.type, begin, at_, static_cast<uint16_t>(relation));
    return true;
  }
  if (c == ':') {
    ++at_;
    Emit(Tok::kColon, begin, at_);
    return true;
  }
  return Fail("a sign that means nothing here");
}

// An even number of dollar signs delimits formulas; of an odd number, one
// before a digit or after a number is the currency.
bool Lexer::CurrencyOrDelimiter() {
  const size_t begin = at_ - 1;
  if (!dollars_delimit_ && (IsDigit(Peek()) || Last() == Tok::kNumber)) {
    Emit(Tok::kCurrency, begin, at_, 0, "$");
    dollars_delimit_ = true;
    return true;
  }
  space_before_ = true;
  return true;
}

bool Lexer::Command() {
  const size_t begin = at_;
  size_t end = at_ + 1;
  while (end < text_.size() && IsAsciiLetter(text_[end])) ++end;
  if (end == at_ + 1) {
    if (end >= text_.size()) return Fail("a lone backslash");
    ++end;
  }
  std::string_view name = text_.substr(begin + 1, end - begin - 1);
  const Name* command = FindCommand(name);
  if (name == "not") {
    negate_relation_ = true;
    at_ = end;
    return true;
  }
  if (command == nullptr) {
    // \leftarrow is no \left; but \left( needs no space.
    return Fail("an unknown command");
  }
  at_ = end;
  return EmitCommand(*command, begin);
}

bool Lexer::EmitCommand(const Name& name, size_t begin) {
  switch (name.type) {
    case Tok::kSkip:
      if (name.name != "!") space_before_ = true;
      return true;
    case Tok::kSize:
      SkipSpaces();
      if (Peek() == '.') {
        ++at_;
        space_before_ = true;
        return true;
      }
      if (Peek() == '|' || Peek() == '\\') pending_side_ = name.detail;
      if (Peek() == '\\' && (Peek(1) == '{' || Peek(1) == '}' ||
                             Peek(1) == 'l' || Peek(1) == 'r')) {
        pending_side_ = kBarEither;
      }
      return true;
    case Tok::kUpright:
      return OpenFont(kTransparentText, begin);
    case Tok::kFont:
      return OpenFont(kTransparentFont, begin);
    case Tok::kBlackboard:
      return Blackboard(begin);
    case Tok::kBegin:
      return Environment(begin, true);
    case Tok::kEndEnvironment:
      return Environment(begin, false);
    case Tok::kRelation: {
      uint16_t detail = name.detail;
      if (negate_relation_) {
        if (detail == static_cast<uint16_t>(Relation::kIn)) {
          detail = static_cast<uint16_t>(Relation::kNotIn);
        } else if (detail == static_cast<uint16_t>(Relation::kEqual)) {
          detail = static_cast<uint16_t>(Relation::kNotEqual);
        } else {
          return Fail("a negated relation without a name");
        }
        negate_relation_ = false;
      }
      Emit(name.type, begin, at_, detail);
      return true;
    }
    case Tok::kBar:
    case Tok::kNormBar:
      Emit(name.type, begin, at_,
           name.detail != kBarEither ? name.detail : pending_side_);
      pending_side_ = kBarEither;
      return true;
    case Tok::kOpenSet:
      ++bracket_depth_;
      break;
    case Tok::kCloseSet:
      --bracket_depth_;
      break;
    default:
      break;
  }
  Token& token = Emit(name.type, begin, at_, name.detail, name.text);
  token.flags |= kFromCommand;
  return true;
}

bool Lexer::OpenFont(Brace brace, size_t begin) {
  if (Peek() == '*') ++at_;
  const size_t before = at_;
  SkipSpaces();
  if (Peek() != '{') {
    at_ = before;
    space_before_ = true;
    return true;
  }
  const Tok last = Last();
  ++at_;
  if (last == Tok::kCaret || last == Tok::kUnderscore) {
    if (brace == kTransparentText) {
      Emit(Tok::kOpenGroup, begin, at_);
      ++upright_depth_;
      braces_.push_back(kTextGroup);
    } else {
      Emit(Tok::kOpenGroup, begin, at_);
      braces_.push_back(kGroup);
    }
    return true;
  }
  space_before_ = true;
  if (brace == kTransparentText) ++upright_depth_;
  braces_.push_back(brace);
  return true;
}

bool Lexer::Blackboard(size_t begin) {
  SkipSpaces();
  size_t at = at_;
  const bool braced = at < text_.size() && text_[at] == '{';
  if (braced) ++at;
  while (at < text_.size() && IsSpace(text_[at])) ++at;
  const char c = at < text_.size() ? text_[at] : '\0';
  ++at;
  while (braced && at < text_.size() && IsSpace(text_[at])) ++at;
  if (braced && (at >= text_.size() || text_[at] != '}')) {
    return Fail("one letter after \\mathbb");
  }
  if (braced) ++at;
  NamedSet set;
  switch (c) {
    case 'N':
      set = NamedSet::kNaturals;
      break;
    case 'Z':
      set = NamedSet::kIntegers;
      break;
    case 'Q':
      set = NamedSet::kRationals;
      break;
    case 'R':
      set = NamedSet::kReals;
      break;
    case 'C':
      set = NamedSet::kComplex;
      break;
    case 'P':
      set = NamedSet::kPrimes;
      break;
    default:
      return Fail("a known set after \\mathbb");
  }
  at_ = at;
  Emit(Tok::kNamedSet, begin, at_, static_cast<uint16_t>(set));
  return true;
}

bool Lexer::Environment(size_t begin, bool opening) {
  SkipSpaces();
  if (Peek() != '{') return Fail("the name of an environment");
  const size_t close = text_.find('}', at_);
  if (close == std::string_view::npos || close - at_ > 24) {
    return Fail("the name of an environment");
  }
  std::string_view name = text_.substr(at_ + 1, close - at_ - 1);
  at_ = close + 1;
  if (!name.empty() && name.back() == '*') name.remove_suffix(1);
  const bool matrix = name == "array" || name.find("matrix") != name.npos;
  const bool cases = name == "cases" || name == "dcases" || name == "rcases";
  if (!matrix && !cases) {
    space_before_ = true;  // align, equation, split, ...: transparent.
    return true;
  }
  if (!opening) {
    --environment_depth_;
    Emit(Tok::kEndEnvironment, begin, at_, 0, name);
    return true;
  }
  ++environment_depth_;
  if (name == "array" && Peek() == '{') {
    const size_t end = text_.find('}', at_);
    if (end == std::string_view::npos) return Fail("the columns of an array");
    at_ = end + 1;
  }
  Emit(Tok::kBegin, begin, at_, cases ? 1 : 0, name);
  return true;
}

size_t Lexer::WordEnd(size_t at) const {
  while (at < text_.size() && IsLetter(text_[at])) ++at;
  return at;
}

bool Lexer::IsTimesLetter(size_t begin) const {
  if (Last() != Tok::kNumber) return false;
  size_t next = begin + 1;
  const bool spaced_after = next < text_.size() && IsSpace(text_[next]);
  while (next < text_.size() && IsSpace(text_[next])) ++next;
  if (next >= text_.size() || !IsDigit(text_[next])) return false;
  if (space_before_ && spaced_after) return true;
  return text_.compare(next, 3, "10^") == 0 ||
         text_.compare(next, 4, "10**") == 0;
}

bool Lexer::IsUnionLetter(size_t end) const {
  const Tok last = Last();
  if (last != Tok::kCloseParen && last != Tok::kCloseBracket &&
      last != Tok::kCloseSet) {
    return false;
  }
  while (end < text_.size() && IsSpace(text_[end])) ++end;
  if (end >= text_.size()) return false;
  return text_[end] == '(' || text_[end] == '[' || text_[end] == '{' ||
         text_[end] == '\\';
}

bool Lexer::Letter(char c, size_t begin) {
  at_ = begin + 1;
  if ((c == 'x' || c == 'X') && IsTimesLetter(begin)) {
    Emit(Tok::kTimes, begin, at_);
    return true;
  }
  if ((c == 'U' || c == 'u') && upright_depth_ == 0 && IsUnionLetter(at_)) {
    Emit(Tok::kCup, begin, at_);
    return true;
  }
  Tok type = Tok::kSymbol;
  uint16_t detail = 0;
  if (c == 'e') {
    type = Tok::kConstant;
    detail = static_cast<uint16_t>(Constant::kE);
  } else if (c == 'i') {
    type = Tok::kConstant;
    detail = static_cast<uint16_t>(Constant::kI);
  }
  Emit(type, begin, at_, detail, text_.substr(begin, 1)).flags |= kLetters;
  return true;
}

bool Lexer::Word() {
  const size_t begin = at_;
  size_t end = WordEnd(begin);
  // FF_{16}: two letters at least, so that A_{12} stays a symbol.
  if (end >= begin + 2 && text_[begin] <= 'Z') {
    if (const size_t wide = WideDigitsEnd(begin)) return WideNumber(wide);
  }
  if (end == begin + 1) return Letter(text_[begin], begin);
  std::string_view word = text_.substr(begin, end - begin);
  if (const Name* name = FindWord(word)) {
    if (name->type == Tok::kNoise) {
      at_ = end;
      space_before_ = true;
      return true;
    }
    return EmitName(*name, begin, end);
  }
  // Hyphens and apostrophes belong to words of prose.
  while (end + 2 < text_.size() && end - begin >= 3 &&
         (text_[end] == '-' || text_[end] == '\'') &&
         IsLetter(text_[end + 1]) &&
         (text_[end] == '\'' || IsLetter(text_[end + 2]))) {
    end = WordEnd(end + 1);
  }
  word = text_.substr(begin, end - begin);
  if (NumberWord(word, begin)) return true;
  if (upright_depth_ > 0) {
    at_ = end;
    Emit(Tok::kWord, begin, end, 0, word).flags |= kLetters;
    return true;
  }
  return PlainWord(word, begin);
}

bool Lexer::EmitName(const Name& name, size_t begin, size_t end) {
  at_ = end;
  std::string_view text = name.text;
  if (text.empty()) text = text_.substr(begin, end - begin);
  Emit(name.type, begin, end, name.detail, text).flags |= kLetters;
  return true;
}

bool Lexer::NumberWord(std::string_view word, size_t begin) {
  bool scale = false;
  uint64_t value = NumberWordValue(word, &scale);
  if (value == ~uint64_t{0}) {
    const size_t hyphen = word.find('-');
    if (hyphen == std::string_view::npos) return false;
    const uint64_t tens = NumberWordValue(word.substr(0, hyphen), &scale);
    const uint64_t ones = NumberWordValue(word.substr(hyphen + 1), &scale);
    if (tens > 90 || tens < 20 || ones > 9 || ones == 0) return false;
    value = tens + ones;
    scale = false;
  }
  Number* number = arena_->NewNumber();
  if (number == nullptr) return false;
  char digits[20];
  size_t count = 0;
  do {
    digits[sizeof digits - ++count] = static_cast<char>('0' + value % 10);
    value /= 10;
  } while (value > 0);
  number->digits = arena_->Copy({digits + sizeof digits - count, count});
  if (number->digits.empty()) return false;
  at_ = begin + word.size();
  Token& token =
      Emit(scale ? Tok::kScaleWord : Tok::kNumberWord, begin, at_, 0, word);
  token.number = number;
  token.flags |= kLetters;
  return true;
}

// "sinx", "xsin": a function with one letter beside it.
bool Lexer::SplitFunction(std::string_view word, size_t begin) {
  if (word.size() < 3 || word.size() > 8) return false;
  static constexpr std::string_view kArguments = "xyztnuvk";
  const bool tail = kArguments.find(word.back()) != std::string_view::npos;
  if (tail && word != "cost") {
    const Name* name = FindWord(word.substr(0, word.size() - 1));
    if (name != nullptr && name->type == Tok::kFunction) {
      EmitName(*name, begin, begin + word.size() - 1);
      return Letter(word.back(), begin + word.size() - 1);
    }
  }
  if (kArguments.find(word[0]) != std::string_view::npos) {
    const Name* name = FindWord(word.substr(1));
    if (name != nullptr && word.size() >= 4 &&
        (name->type == Tok::kFunction || name->type == Tok::kSqrt)) {
      Letter(word[0], begin);
      return EmitName(*name, begin + 1, begin + word.size());
    }
  }
  return false;
}

// A run of letters is a product where it cannot be a word: up to three
// letters, or letters in alphabetic order, or without a vowel.
bool IsProduct(std::string_view word) {
  if (word.size() > 8) return false;
  bool sorted = true;
  bool vowel = false;
  for (size_t i = 0; i < word.size(); ++i) {
    const char c = word[i];
    if (!IsAsciiLetter(c)) return false;
    if (i > 0) sorted = sorted && word[i - 1] < c;
    const char lower = static_cast<char>(c | 0x20);
    vowel = vowel || lower == 'a' || lower == 'e' || lower == 'i' ||
            lower == 'o' || lower == 'u' || lower == 'y';
  }
  if (word.size() > 3) return sorted || !vowel;
  if (IsProseWord(word)) return false;
  const bool capitalised = word.size() == 3 && word[0] <= 'Z' &&
                           word[1] >= 'a' && word[2] >= 'a' && vowel;
  return !capitalised;
}

bool Lexer::PlainWord(std::string_view word, size_t begin) {
  const size_t end = begin + word.size();
  if (SplitFunction(word, begin)) return true;
  const bool product = IsProduct(word);
  at_ = end;
  Emit(Tok::kWord, begin, end, product ? static_cast<uint16_t>(word.size()) : 0,
       word)
      .flags |= kLetters;
  if (!product) return true;
  for (size_t i = 0; i < word.size(); ++i) Letter(word[i], begin + i);
  return true;
}

}  // namespace

bool Lex(std::string_view text, const ParseOptions& options, Arena* arena,
         Tokens* tokens, LexError* error) {
  return Lexer(text, options, arena, tokens, error).Run();
}

}  // namespace assay::math
