#include "verifier/math/parser.h"

namespace assay::math {
namespace {

// f^{-1} of the functions that have a named inverse.
bool Inverse(Function function, Function* inverse) {
  switch (function) {
    case Function::kSin:
      *inverse = Function::kArcsin;
      return true;
    case Function::kCos:
      *inverse = Function::kArccos;
      return true;
    case Function::kTan:
      *inverse = Function::kArctan;
      return true;
    case Function::kCot:
      *inverse = Function::kArccot;
      return true;
    case Function::kSec:
      *inverse = Function::kArcsec;
      return true;
    case Function::kCsc:
      *inverse = Function::kArccsc;
      return true;
    case Function::kSinh:
      *inverse = Function::kArsinh;
      return true;
    case Function::kCosh:
      *inverse = Function::kArcosh;
      return true;
    case Function::kTanh:
      *inverse = Function::kArtanh;
      return true;
    default:
      return false;
  }
}

bool IsMinusOne(const Expr* e) {
  return e->kind == Kind::kNegate && e->child(0).kind == Kind::kNumber &&
         e->child(0).number->digits == "1";
}

// Functions of several numbers, by which one number may be called.
bool NamesOne(Function function) {
  return function == Function::kMin || function == Function::kMax ||
         function == Function::kGcd || function == Function::kLcm;
}

// How many arguments a function takes.
bool TakesCount(Function function, size_t count) {
  switch (function) {
    case Function::kMin:
    case Function::kMax:
    case Function::kGcd:
    case Function::kLcm:
      return count >= 1;
    case Function::kLog:
    case Function::kRound:
      return count == 1 || count == 2;
    case Function::kBinomial:
    case Function::kPermutations:
    case Function::kCross:
      return count == 2;
    default:
      return count == 1;
  }
}

}  // namespace

// \sin x, sin(x), \sin^2 x, \sin^{-1} x, \log_2 8, \max(1, 2), log2(8).
const Expr* Parser::ParseFunction() {
  Nest nest(this);
  if (nest.TooDeep()) return Exhausted();
  const Token& token = Peek();
  const uint32_t begin = token.begin;
  Advance();
  if (token.detail == 0x100) {  // factorial(n)
    const Expr* n = ParseArgument();
    return n == nullptr ? nullptr : Make(Kind::kFactorial, begin, {n}, 1);
  }
  if (token.detail == 0x101) return ParseCis(begin);
  Function function = static_cast<Function>(token.detail);
  if (NamesOne(function) && Next() == Tok::kRelation) {  // max = 7
    return MakeText(Kind::kText, begin, text_.substr(begin, token.end - begin));
  }
  const Expr* exponent = nullptr;
  const Expr* base = nullptr;
  bool primed = true;
  while (primed) {
    primed = false;
    if (Next() == Tok::kCaret && exponent == nullptr) {
      Advance();
      const uint32_t sign = Peek().begin;
      const bool minus = Accept(Tok::kMinus);
      exponent = ParseArgument();
      if (exponent != nullptr && minus) {
        exponent = Make(Kind::kNegate, sign, {exponent});
      }
      if (exponent == nullptr) return nullptr;
      primed = true;
    } else if (Next() == Tok::kUnderscore && base == nullptr &&
               function == Function::kLog) {
      Advance();
      base = ParseArgument();
      if (base == nullptr) return nullptr;
      primed = true;
    }
  }
  if (function == Function::kLog && Next() == Tok::kNumber &&
      !Peek().Has(kSpaceBefore) && Peek(1).type == Tok::kOpenParen &&
      !Peek(1).Has(kSpaceBefore) && token.Has(kLetters)) {
    base = ParseNumber();
    if (base == nullptr) return nullptr;
  }
  Function inverse;
  if (exponent != nullptr && IsMinusOne(exponent) &&
      Inverse(function, &inverse)) {
    function = inverse;
    exponent = nullptr;
  }
  const Expr* value = FunctionArgument(function, begin, base);
  if (value == nullptr) return value;
  if (exponent == nullptr) return IsOfOne(*value) ? OfOne(value) : value;
  return Make(Kind::kPower, begin, {value, exponent});
}

// Of "max 5, min -3" and of "max f = 5": no function of one number.
bool Parser::IsOfOne(const Expr& e) const {
  return e.kind == Kind::kFunction && e.children_count == 1 &&
         NamesOne(static_cast<Function>(e.detail)) &&
         tokens_[at_ - 1].type != Tok::kCloseParen;
}

// The label of a number, or the label alone before an equals sign; the
// function where it stands in a formula.
const Expr* Parser::OfOne(const Expr* function) {
  const Expr& argument = function->child(0);
  const Expr& number =
      argument.kind == Kind::kNegate ? argument.child(0) : argument;
  const bool ends = Next() == Tok::kEnd || Next() == Tok::kComma ||
                    Next() == Tok::kSemicolon || Next() == Tok::kAndWord;
  const bool value = number.kind == Kind::kNumber && ends;
  if (!value && Next() != Tok::kRelation) return function;
  const uint32_t begin = function->begin_bytes;
  const uint32_t end = value ? argument.begin_bytes : PreviousEnd();
  const Expr* label = MakeText(Kind::kText, begin,
                               arena_->Copy(text_.substr(begin, end - begin)));
  if (!value || label == nullptr) return label;
  return Make(Kind::kLabelled, begin, {label, &argument});
}

// The argument: what brackets hold; else the factors up to an operator or
// the next function.
const Expr* Parser::FunctionArgument(Function function, uint32_t begin,
                                     const Expr* base) {
  Nodes arguments;
  const uint16_t detail = static_cast<uint16_t>(function);
  const bool set_braces = Next() == Tok::kOpenSet;
  if (Next() == Tok::kOpenParen || set_braces) {
    Advance();
    Inside inside(this);
    if (!ParseCommaList(&arguments)) return nullptr;
    if (!Expect(set_braces ? Tok::kCloseSet : Tok::kCloseParen, "a )")) {
      return nullptr;
    }
  } else if (Next() == Tok::kOpenGroup) {
    const Expr* e = ParseArgument(true);
    if (e == nullptr) return nullptr;
    if ((e->kind == Kind::kTuple && !TakesCount(function, 1)) ||
        e->kind == Kind::kList) {
      arguments.assign(e->children().begin(), e->children().end());
    } else {
      arguments.push_back(e);
    }
  } else {
    const uint32_t first = Peek().begin;
    Nodes factors;
    bool negative = false;
    while (Next() == Tok::kMinus || Next() == Tok::kPlus) {
      negative ^= Next() == Tok::kMinus;
      Advance();
    }
    do {
      const Expr* factor = ParsePower();
      if (factor == nullptr) return nullptr;
      factors.push_back(factor);
      if (Next() == Tok::kFraction && factor->kind == Kind::kNumber) {
        const Expr* mixed = MixedNumber(factor);
        if (error_ != nullptr) return nullptr;
        if (mixed != nullptr) factors.back() = mixed;
      }
    } while (StartsOperand() && Next() != Tok::kFunction &&
             Next() != Tok::kOpenParen && Next() != Tok::kSum &&
             Next() != Tok::kIntegral && Next() != Tok::kOpenBracket &&
             !AtDifferential() && factors.back()->kind != Kind::kText);
    const Expr* e = Product(first, factors);
    // \sin x/2 keeps x; \sin \pi/3 is the sine of a third of pi.
    if (e != nullptr && negative) e = Make(Kind::kNegate, first, {e});
    if (e == nullptr) return nullptr;
    arguments.push_back(e);
  }
  if (base != nullptr) arguments.push_back(base);
  if (!TakesCount(function, arguments.size())) {
    return Fail("as many arguments as the function takes");
  }
  for (const Expr* e : arguments) {
    if (e->kind == Kind::kText) return Fail("a mathematical argument");
  }
  return MakeAll(Kind::kFunction, begin, arguments, detail);
}

// Whether a letter before "(" names a function: f(x), \Phi(x, y), T(10).
bool Parser::IsApplied(const Token& symbol, std::string_view name) const {
  const Token& inner = Peek(1);
  const size_t after = at_ + 2;
  const bool single =
      (inner.type == Tok::kSymbol || inner.type == Tok::kNumber ||
       inner.type == Tok::kWord) &&
      after < tokens_.size() && tokens_[after].type == Tok::kCloseParen;
  if (name.back() == '\'' || symbol.type == Tok::kWord) return true;
  const char c = name[0];
  if (name.size() == 1 || name[1] == '_' || name[1] == '^') {
    // mg(h - R), \rho g(h_1 + h_2), h(\nu - \nu_0)
    const std::string_view before = at_ < 2 ? "" : tokens_[at_ - 2].text;
    const bool factor =
        (c == 'g' && (before == "m" || before == "M" || before == "rho")) ||
        (c == 'h' && (before == "g" || inner.text == "nu"));
    if (c == 'f' || c == 'g' || c == 'h' || c == 'F' || c == 'G' || c == 'H') {
      return !factor;
    }
    // y(2) is a value of y, u(t - 1) a step.
    constexpr std::string_view kValued = "yuJsvxV";
    if (single && inner.type == Tok::kNumber &&
        kValued.find(c) != kValued.npos) {
      return true;
    }
    if (c == 'u' && inner.text == "t") return true;
    if (single && c == 'E' && inner.type == Tok::kSymbol &&
        inner.text[0] <= 'Z') {
      return true;
    }
    if (single && (c == 'P' || c == 'Q' || c == 'T' || c == 'p' || c == 'q'))
      return true;
  }
  if (name == "phi" || name == "Phi" || name == "psi" || name == "Psi" ||
      name == "zeta" || name == "delta" || name == "Omega" || name == "Var" ||
      name == "Gamma" || name == "sigma" || name == "Pr") {
    return true;
  }
  if (single && inner.type == Tok::kNumber &&
      (name == "mu" || name == "tau" || name == "omega")) {
    return true;
  }
  // letters(...) alone on the left of an equals sign; commas inside.
  int depth = 0;
  size_t i = at_;
  constexpr size_t kLookahead = 48;
  bool comma = false;
  for (; i < tokens_.size() && i < at_ + kLookahead; ++i) {
    const Tok t = tokens_[i].type;
    if (t == Tok::kOpenParen) ++depth;
    if (t == Tok::kCloseParen && --depth == 0) break;
    if (t == Tok::kComma && depth == 1) comma = true;
    if (t == Tok::kRelation && depth == 1) comma = true;  // P(X > 1)
    if (t == Tok::kEnd) return false;
  }
  if (i + 1 >= tokens_.size() || i >= at_ + kLookahead) return false;
  if (comma) return true;
  const Token& next = tokens_[i + 1];
  const bool starts = at_ == 1 || tokens_[at_ - 2].type == Tok::kComma;
  return starts && next.type == Tok::kRelation &&
         next.detail == static_cast<uint16_t>(Relation::kEqual) &&
         (single || inner.type == Tok::kMinus);
}

const Expr* Parser::ParseApply(const Expr* symbol, uint32_t begin) {
  Advance();
  Inside inside(this);
  Nodes parts = {symbol};
  Nodes arguments;
  if (!ParseCommaList(&arguments)) return nullptr;
  if (!Expect(Tok::kCloseParen, "a )")) return nullptr;
  if (symbol->text == "Gamma" && arguments.size() == 1) {
    return MakeAll(Kind::kFunction, begin, arguments,
                   static_cast<uint16_t>(Function::kGamma));
  }
  for (const Expr* e : arguments) parts.push_back(e);
  return MakeAll(Kind::kApply, begin, parts);
}

}  // namespace assay::math
