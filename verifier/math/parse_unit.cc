#include "verifier/math/names.h"
#include "verifier/math/parser.h"

namespace assay::math {
namespace {

constexpr size_t kUnitWordsMax = 4;

bool EndsUnit(Tok type) {
  switch (type) {
    case Tok::kEnd:
    case Tok::kComma:
    case Tok::kSemicolon:
    case Tok::kAndWord:
    case Tok::kOrWord:
    case Tok::kRelation:
    case Tok::kCaret:
    case Tok::kSlash:
    case Tok::kPlus:
    case Tok::kMinus:
    case Tok::kPeriod:
    case Tok::kCloseGroup:
    case Tok::kCloseParen:
    case Tok::kCloseBracket:
    case Tok::kColon:
    case Tok::kRowEnd:
      return true;
    default:
      return false;
  }
}

// The power that "square" or "cubic" before a unit gives it.
std::string_view PowerWord(std::string_view word) {
  if (word == "square" || word == "sq") return "^2";
  if (word == "cubic" || word == "cu") return "^3";
  return {};
}

// What "squared" and its kin raise what stands before to; 0 for other words.
int PowerAfter(std::string_view word) {
  struct Raises {
    std::string_view word;
    int power;
  };
  constexpr Raises kRaises[] = {
      {"squared", 2}, {"cubed", 3}, {"的平方", 2}, {"的立方", 3}};
  for (const Raises& r : kRaises) {
    if (word == r.word) return r.power;
  }
  return 0;
}

// A word that makes another value of the one before it, and so is no unit:
// of Chinese words those that say so anywhere, as in "元以上".
bool Operates(std::string_view word) {
  constexpr std::string_view kWords[] = {"squared", "cubed",      "doubled",
                                         "tripled", "quadrupled", "halved"};
  constexpr std::string_view kParts[] = {
      "以上",   "以下",   "以内",   "以外",     "不到",     "多于",
      "少于",   "的平方", "的立方", "的倒数",   "的一半",   "的两倍",
      "的倍数", "的阶乘", "的因数", "的相反数", "的绝对值", "分之"};
  for (std::string_view w : kWords) {
    if (word == w) return true;
  }
  if (word.empty() || (word[0] & 0x80) == 0) return false;
  for (std::string_view part : kParts) {
    if (word.find(part) != word.npos) return true;
  }
  return false;
}

bool IsRational(const Expr* e) {
  if (e->kind == Kind::kDivide) {
    return e->child(0).kind == Kind::kNumber &&
           e->child(1).kind == Kind::kNumber;
  }
  return e->kind == Kind::kNumber || (e->kind == Kind::kAdd && e->detail == 1);
}

bool IsValue(const Expr* e) {
  return e->kind != Kind::kText && e->kind != Kind::kSet &&
         e->kind != Kind::kTuple && e->kind != Kind::kInterval &&
         e->kind != Kind::kQuantity && e->kind != Kind::kNamedSet;
}

// Units that are said together, the larger first: 2 h 30 min.
struct Compound {
  std::string_view larger, finer;
};
constexpr Compound kCompounds[] = {
    {"week", "day"}, {"day", "h"}, {"day", "min"},    {"h", "min"},
    {"h", "s"},      {"min", "s"}, {"year", "month"}, {"mi", "yd"},
    {"mi", "ft"},    {"yd", "ft"}, {"yd", "in"},      {"ft", "in"},
    {"km", "m"},     {"m", "cm"},  {"m", "mm"},       {"cm", "mm"},
    {"kg", "g"},     {"lb", "oz"}, {"L", "mL"},       {"gal", "qt"},
    {"gal", "pt"},   {"qt", "pt"}, {"tbsp", "tsp"},   {"month", "day"},
    {"year", "day"}};

// The unit that is meant by a word beside a larger one; empty for others. "3h
// 5m" are minutes, and d is a day.
std::string_view FinerUnit(std::string_view larger, std::string_view word) {
  std::string_view unit = CanonicalUnit(word);
  if (word == "m" && larger == "h") unit = "min";
  if (word == "d") unit = "day";
  for (const Compound& c : kCompounds) {
    if (c.larger == larger && c.finer == unit) return c.finer;
  }
  return {};
}

}  // namespace

// "2 h" of "2 h 30 min": a number and a finer unit follow.
bool Parser::AtCompound(const Expr* value) const {
  const Token& token = Peek();
  if (value->kind != Kind::kNumber || !token.Has(kLetters)) return false;
  const size_t next = AfterWord(at_);
  if (next + 1 >= tokens_.size() || tokens_[next].type != Tok::kNumber ||
      !tokens_[next].Has(kSpaceBefore) || !tokens_[next + 1].Has(kLetters)) {
    return false;
  }
  const std::string_view unit =
      token.text == "d" ? "day" : CanonicalUnit(token.text);
  return !FinerUnit(unit, tokens_[next + 1].text).empty();
}

// The second unit of a compound; null without an error where none is there.
const Expr* Parser::ParseFinerUnit(std::string_view larger) {
  if (!Peek().Has(kLetters)) return nullptr;
  const std::string_view unit = FinerUnit(larger, Peek().text);
  if (unit.empty()) return nullptr;
  const uint32_t begin = Peek().begin;
  at_ = AfterWord(at_);
  return MakeText(Kind::kUnit, begin, unit);
}

// "sq cm", "sq. cm", "cu ft".
bool Parser::AtPowerWord() const {
  if (PowerWord(Peek().text).empty()) return false;
  const size_t next = AfterWord(at_);
  const Token& after = tokens_[next < tokens_.size() ? next : at_];
  const bool dot = after.type == Tok::kPeriod;
  const Token& unit =
      dot && next + 1 < tokens_.size() ? tokens_[next + 1] : after;
  return unit.Has(kLetters) && !CanonicalUnit(unit.text).empty();
}

// "17 squared", "17的平方"; at the word. Null without an error: none of these.
const Expr* Parser::ParsePowerWord(const Expr* base) {
  if (Next() != Tok::kWord) return nullptr;
  const int power = PowerAfter(Peek().text);
  if (power == 0 || !IsValue(base)) return nullptr;
  at_ = AfterWord(at_);
  const uint32_t begin = base->begin_bytes;
  const Expr* exponent = MakeInteger(begin, power == 2 ? "2" : "3");
  return exponent == nullptr ? nullptr
                             : Make(Kind::kPower, begin, {base, exponent});
}

// "\mu\text{m}", "\mathrm{\mu m}": the prefix of an upright unit, which
// follows; empty where there is none.
std::string_view Parser::MicroUnit() const {
  const Token& unit = Peek(1);
  if (Next() != Tok::kSymbol || Peek().text != "mu" ||
      !unit.Has(kUprightText) || !unit.Has(kLetters) ||
      !EndsUnit(tokens_[AfterWord(at_ + 1)].type)) {
    return {};
  }
  constexpr std::string_view kUnits[][2] = {
      {"m", "um"}, {"g", "ug"}, {"s", "us"},     {"L", "uL"},
      {"A", "uA"}, {"V", "uV"}, {"F", "ufarad"}, {"C", "ucoulomb"}};
  for (const auto& row : kUnits) {
    if (unit.text == row[0]) return row[1];
  }
  return {};
}

// Whether a unit, or words that count something, stand here after `value`.
bool Parser::AtUnit(const Expr* value) const {
  const Token& token = Peek();
  if (token.type == Tok::kCurrency) return IsValue(value);
  if (!IsValue(value)) return false;
  if (!MicroUnit().empty()) return value->kind != Kind::kSymbol;
  if (!token.Has(kLetters) || Operates(token.text)) return false;
  if (AtCompound(value)) return true;
  const size_t after_at = AfterWord(at_);
  const Token& after =
      tokens_[after_at < tokens_.size() ? after_at : tokens_.size() - 1];
  const bool known = !CanonicalUnit(token.text).empty();
  switch (token.type) {
    case Tok::kRelation:  // "5 in"
      return token.text == "in" && value->kind != Kind::kSymbol &&
             EndsUnit(after.type);
    case Tok::kFunction:  // "5 min", "5 sec"
      return known && EndsUnit(after.type) && after.type != Tok::kCaret;
    case Tok::kSymbol: {
      if (!known || token.Has(kUprightText)) return known;
      // "9.8 m/s^2": a letter alone stays a variable.
      const std::string_view below = Peek(2).text;
      return value->kind == Kind::kNumber && token.Has(kSpaceBefore) &&
             after.type == Tok::kSlash &&
             (below == "s" || below == "h" || below == "min");
    }
    case Tok::kWord:
      break;
    default:
      return false;
  }
  if (token.detail == 0) {
    if (IsProseWord(token.text)) return token.text == "of";
    // Letters are not counted in plain words: "D Alina".
    return value->kind != Kind::kSymbol || token.Has(kUprightText) || known;
  }
  if (!token.Has(kSpaceBefore) && CanonicalUnit(token.text) == "ordinal") {
    return value->kind == Kind::kNumber;
  }
  if (AtPowerWord()) return IsRational(value);
  // "12 red balls": words follow that are no products.
  if (after.type == Tok::kWord && after.detail == 0 &&
      after.Has(kSpaceBefore) && token.Has(kSpaceBefore) &&
      !IsProseWord(after.text) && !IsProseWord(token.text)) {
    return IsRational(value);
  }
  // \frac{2mg}{k}, 2mg/k: a product in a formula.
  const Token& below = Peek(after_at + 1 - at_);
  const bool factor =
      !token.Has(kUprightText) &&
      (argument_nesting_ > 0 ||
       (after.type == Tok::kSlash && below.type == Tok::kSymbol &&
        CanonicalUnit(below.text).empty()));
  return IsRational(value) && EndsUnit(after.type) && known && !factor;
}

// "cm^2", "km/h", "miles per hour", "square feet", "chocolate candies".
const Expr* Parser::ParseUnit(std::string_view currency_before_text) {
  const bool currency_before = !currency_before_text.empty();
  const uint32_t begin = Peek().begin;
  Pieces unit;
  std::string_view power;
  bool after_operator = true;
  if (currency_before) unit.Add(currency_before_text);
  for (size_t words = 0; words < kUnitWordsMax;) {
    const Token& token = Peek();
    const bool currency = token.type == Tok::kCurrency;
    if (const std::string_view micro = MicroUnit(); !micro.empty()) {
      at_ = AfterWord(at_ + 1);
      if (!after_operator) unit.Add(" ");
      unit.Add(micro);
      ++words;
      after_operator = false;
      if (!ParseUnitPower(&unit)) return nullptr;
      continue;
    }
    const bool word_token =
        token.Has(kLetters) &&
        (token.type == Tok::kWord || token.type == Tok::kFunction ||
         token.type == Tok::kSymbol ||
         (token.type == Tok::kRelation && words == 0));
    if (!currency && !word_token) break;
    const std::string_view word = token.text;
    if (IsProseWord(word) && word != "of" && word != "the")
      return Fail("a unit, not prose");
    if (const int raised = PowerAfter(word); raised != 0 && !after_operator) {
      unit.Add(raised == 2 ? "^2" : "^3");
      at_ = AfterWord(at_);
      continue;
    }
    if (Operates(word)) return Fail("a unit, not an operation");
    at_ = AfterWord(at_);
    if (word == "d" && words == 0) {  // AtCompound alone lets it be a unit.
      return MakeText(Kind::kUnit, begin, "day");
    }
    if (word == "per" && (words > 0 || currency_before)) {
      unit.Add("/");
      after_operator = true;
      continue;
    }
    power = PowerWord(word);
    if (!power.empty() && Next() == Tok::kPeriod && Peek(1).Has(kLetters)) {
      Advance();
    }
    if (!power.empty() && Peek().Has(kLetters)) {
      if (!after_operator) unit.Add(" ");
      after_operator = true;
      const std::string_view next = CanonicalUnit(Peek().text);
      unit.Add(next.empty() ? Peek().text : next);
      unit.Add(power);
      at_ = AfterWord(at_);
    } else {
      const std::string_view canonical =
          currency ? std::string_view() : CanonicalUnit(word);
      if (!after_operator) unit.Add(" ");
      unit.Add(canonical.empty() ? word : canonical);
    }
    ++words;
    after_operator = false;
    if (!ParseUnitPower(&unit)) return nullptr;
    const Tok next = Next();
    if ((next == Tok::kSlash || next == Tok::kTimes) && Peek(1).Has(kLetters)) {
      unit.Add(next == Tok::kSlash ? "/" : "*");
      after_operator = true;
      Advance();
    }
  }
  if (after_operator) return Fail("a unit");
  std::string_view text = unit.Join(arena_);
  if (text == "degree degC" || text == "degree C") text = "degC";
  if (text == "degree degF" || text == "degree F") text = "degF";
  return text.empty() ? Exhausted() : MakeText(Kind::kUnit, begin, text);
}

// The ^2 of "cm^2".
bool Parser::ParseUnitPower(Pieces* unit) {
  if (Next() != Tok::kCaret) return true;
  const bool group = Peek(1).type == Tok::kOpenGroup;
  const bool minus = Peek(group ? 2 : 1).type == Tok::kMinus;
  const size_t at = (group ? 2 : 1) + (minus ? 1 : 0);
  const Token& exponent = Peek(at);
  if (exponent.type != Tok::kNumber) return true;
  unit->Add(minus ? "^-" : "^");
  unit->Add(exponent.number->digits);
  at_ += at + 1;
  return !group || Expect(Tok::kCloseGroup, "a }");
}

}  // namespace assay::math
