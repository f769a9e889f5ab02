// The parser's state; its rules stand in the parse_*.cc files, a level of
// the grammar each:
//   parse.cc            the whole text; Parse itself
//   parse_statement.cc  lists, logic, chains of relations, ratios, sets
//   parse_prose.cc      words alone, labels
//   parse_term.cc       sums, products, signs, powers, postfixes
//   parse_primary.cc    atoms, fractions, roots, words
//   parse_bracket.cc    brackets, bars, sets, intervals
//   parse_function.cc   functions and applications
//   parse_binder.cc     sums, integrals, limits, derivatives
//   parse_matrix.cc     environments
//   parse_unit.cc       units and words after a value
//   parse_notation.cc   counting, probability
//   parse_python.cc     calls in the spelling of SymPy
//
// Every rule returns null after Fail. Recursion is bounded by kNestingMax.
#ifndef VERIFIER_MATH_PARSER_H_
#define VERIFIER_MATH_PARSER_H_

#include <string_view>

#include "absl/container/inlined_vector.h"
#include "verifier/math/expr.h"
#include "verifier/math/parse.h"
#include "verifier/math/token.h"

namespace assay::math {

using Nodes = absl::InlinedVector<const Expr*, 8>;

// Pieces of a text that is joined in the arena.
class Pieces {
 public:
  // Beyond the bound, pieces are refused by Join.
  void Add(std::string_view piece) {
    if (count_ < kPiecesMax) pieces_[count_] = piece;
    ++count_;
    bytes_ += piece.size();
  }
  // Empty where the arena is full, or nothing or too much was added.
  std::string_view Join(Arena* arena) const {
    if (count_ > kPiecesMax || bytes_ == 0) return {};
    char* out = arena->AllocateBytes(bytes_);
    if (out == nullptr) return {};
    size_t used = 0;
    for (size_t i = 0; i < count_; ++i) {
      used += pieces_[i].copy(out + used, pieces_[i].size());
    }
    return {out, used};
  }

 private:
  static constexpr size_t kPiecesMax = 32;
  std::string_view pieces_[kPiecesMax];
  size_t count_ = 0;
  size_t bytes_ = 0;
};

class Parser {
 public:
  // `offsets` maps a byte of `text` to one of the original, null if equal.
  Parser(std::string_view text, const uint32_t* offsets, const Tokens& tokens,
         const ParseOptions& options, Arena* arena)
      : text_(text),
        offsets_(offsets),
        tokens_(tokens),
        options_(options),
        arena_(arena) {}

  const Expr* ParseWhole();

  size_t error_offset() const { return Original(error_offset_); }
  const char* error() const { return error_; }
  bool exhausted() const { return exhausted_; }

 private:
  // A level of brackets passes several rules that count.
  static constexpr int kNestingMax = 5 * Arena::kDepthMax;
  // Where a list of items ends.
  enum class Until : uint8_t { kWhole, kGroup, kCell };

  struct Separator {
    Tok type;
  };

  // --- tokens
  const Token& Peek(size_t ahead = 0) const {
    const size_t i = at_ + ahead;
    return tokens_[i < tokens_.size() ? i : tokens_.size() - 1];
  }
  Tok Next() const { return tokens_[at_].type; }
  void Advance() {
    if (at_ + 1 < tokens_.size()) ++at_;
  }
  bool Accept(Tok type) {
    if (Next() != type) return false;
    Advance();
    return true;
  }
  bool Expect(Tok type, const char* message);
  // The index after the word token at `i` and its letters.
  size_t AfterWord(size_t i) const {
    return i + 1 + (tokens_[i].type == Tok::kWord ? tokens_[i].detail : 0);
  }
  size_t Original(size_t offset) const {
    return offsets_ == nullptr ? offset : offsets_[offset];
  }

  // --- nodes
  const Expr* Fail(const char* message);
  const Expr* Exhausted();
  Expr* New(Kind kind, uint32_t begin, uint16_t detail = 0);
  const Expr* Make(Kind kind, uint32_t begin,
                   std::initializer_list<const Expr*> children,
                   uint16_t detail = 0);
  const Expr* MakeAll(Kind kind, uint32_t begin, const Nodes& children,
                      uint16_t detail = 0);
  const Expr* MakeText(Kind kind, uint32_t begin, std::string_view text,
                       uint16_t detail = 0);
  const Expr* MakeNumber(uint32_t begin, const Number* number);
  const Expr* MakeInteger(uint32_t begin, std::string_view digits);
  uint32_t PreviousEnd() const { return at_ == 0 ? 0 : tokens_[at_ - 1].end; }

  // --- parse.cc
  const Expr* ParseChoice();
  const Expr* ParseRoman();

  // --- parse_statement.cc
  const Expr* ParseItems(Until until);
  const Expr* ParseOver(const Expr* first, uint32_t begin);
  bool AtItemsEnd(Until until) const;
  bool AcceptSeparator(Until until, Tok* kind);
  const Expr* CombineItems(uint32_t begin, const Nodes& items,
                           const absl::InlinedVector<Tok, 8>& separators);
  const Expr* CombineFlat(uint32_t begin, const Nodes& items,
                          const absl::InlinedVector<Tok, 8>& separators);
  const Expr* ParseStatement();
  const Expr* ParseLabel();
  size_t WordsEnd(bool* word, size_t* words) const;
  bool EndsProse(size_t i) const;
  const Expr* ParseDate();
  const Expr* ParseProse();
  const Expr* ParseQuantifier();
  const Expr* ParseLogic(int level);
  const Expr* ParseChain();
  const Expr* ParseSetLetter();
  const Expr* ParseModulus(const Expr* relation);
  const Expr* ParseRatio();
  const Expr* ParseUnion();
  const Expr* ParseIntersection();
  const Expr* AsSet(const Expr* e, bool group);
  const Expr* ParseModulo();

  // --- parse_term.cc
  const Expr* ParseSum();
  const Expr* ParseTerm();
  bool ContinueTerm(Nodes* factors, uint32_t begin, bool* more);
  bool Wrap(Kind kind, uint32_t begin, const Expr* other, Nodes* factors,
            uint16_t detail);
  bool AddQuantity(Nodes* factors);
  bool EndsInUnit(const Expr& e) const;
  bool Juxtapose(Nodes* factors);
  const Expr* MixedNumber(const Expr* whole);
  const Expr* AddMinutes(const Expr* angle);
  const Expr* ParseUnary();
  const Expr* ParsePower();
  const Expr* ParsePostfix(const Expr* base, uint32_t begin);
  const Expr* FeetAndInches(const Expr* feet, uint32_t begin);
  std::string_view DegreeUnit();
  std::string_view CurrencyWord() const;
  const Expr* ParseExponent(const Expr* base, uint32_t begin);
  const Expr* ApplyExponent(const Expr* base, const Expr* exponent,
                            uint32_t begin);
  bool StartsOperand() const;
  bool AtDifferential() const;
  bool AtInnerDifferential() const {
    return AtDifferential() && inner_differential_ == nullptr &&
           bracket_nesting_ > integral_nesting_;
  }
  const Expr* Product(uint32_t begin, const Nodes& factors);

  // --- parse_unit.cc
  bool AtUnit(const Expr* value) const;
  bool AtCompound(const Expr* value) const;
  const Expr* ParseFinerUnit(std::string_view unit);
  bool AtPowerWord() const;
  const Expr* ParsePowerWord(const Expr* base);
  std::string_view MicroUnit() const;
  // After a currency sign, "per hour" goes on.
  const Expr* ParseUnit(std::string_view currency_before_text = {});
  bool ParseUnitPower(Pieces* unit);

  // --- parse_primary.cc
  const Expr* ParsePrimary();
  const Expr* ParseNumber();
  const Expr* ParseSymbol();
  struct FunctionPower {
    std::string_view text;
    size_t tokens = 0;
  };
  FunctionPower AtFunctionPower(std::string_view name) const;
  bool Primes(size_t* primes);
  bool Subscript(std::string_view* text);
  const Expr* ParseNamedSet();
  const Expr* ParseArgument(bool lists = false);
  const Expr* ParseBound();
  const Expr* ParseFraction();
  const Expr* ParseRoot();
  const Expr* ParseBinomial();
  bool AtProbability() const;
  const Expr* ParseConjugate();
  const Expr* ParseAccent();
  const Expr* ParseWord();
  const Expr* ParseNumberWords();

  // --- parse_notation.cc
  const Expr* ParsePrescript();
  const Expr* ParseCompactCount(const Expr* n);
  const Expr* ParseScriptedCount();
  bool ComposedIndex() const;
  const Expr* ParseScripts(Function function);
  bool AtBaseOfPower(const Token& letter) const;
  const Expr* ParseComplement();
  const Expr* ParseCis(uint32_t begin);
  const Expr* ParseProbability(const Expr* symbol, uint32_t begin);

  // --- parse_python.cc
  bool AtPythonCall() const;
  const Expr* ParsePythonCall();
  Nodes Listed(const Nodes& arguments);
  const Expr* PythonBinder(uint32_t begin, const Nodes& a, int call);
  const Expr* PythonDerivative(uint32_t begin, const Nodes& a);
  const Expr* PythonMatrix(uint32_t begin, const Expr* rows, bool column);
  const Expr* PythonPieces(uint32_t begin, const Nodes& a);

  // --- parse_bracket.cc
  const Expr* ParseGroup();
  const Expr* ParseParen();
  const Expr* ParseBracket();
  const Expr* ParseReversedInterval();
  const Expr* ParseSet();
  const Expr* ParseSetBuilder(const Expr* element, uint32_t begin, Tok close);
  bool HoldsCondition() const;
  bool HoldsOneColon() const;
  const Expr* ParseBars();
  const Expr* ParseAngle();
  const Expr* ParseDelimited(Tok close, Function function);
  bool ClosesBar() const;
  bool ParseCommaList(Nodes* items);

  // --- parse_function.cc
  const Expr* ParseFunction();
  bool IsOfOne(const Expr& e) const;
  const Expr* OfOne(const Expr* function);
  const Expr* FunctionArgument(Function function, uint32_t begin,
                               const Expr* base);
  const Expr* InverseOf(Function function, Function* inverse);
  bool IsApplied(const Token& symbol, std::string_view name) const;
  const Expr* ParseApply(const Expr* symbol, uint32_t begin);

  // --- parse_binder.cc
  const Expr* ParseBigSum();
  bool ParseBounds(const Expr** variable, const Expr** low, const Expr** high);
  const Expr* ParseIntegral();
  const Expr* Differential();
  const Expr* ParseLimit();
  const Expr* ParseDerivative(bool* matched);
  size_t DifferentialAt(size_t i) const;

  // --- parse_matrix.cc
  const Expr* ParseEnvironment();
  const Expr* ParseCases(uint32_t begin);
  const Expr* ParseSystem(const Expr* array, uint32_t begin);

  // Counts one level of nesting while it lives.
  class Nest {
   public:
    explicit Nest(Parser* parser) : parser_(parser) { ++parser_->nesting_; }
    ~Nest() { --parser_->nesting_; }
    bool TooDeep() const { return parser_->nesting_ > kNestingMax; }

   private:
    Parser* parser_;
  };
  // What the innermost bracket changes; saved and restored around it.
  struct Scope {
    int bars = 0;                  // Open |.
    bool stop_at_bar = false;      // A set builder's condition follows | or :.
    bool stop_at_greater = false;  // Inside <a, b>.
    bool stop_at_open_bracket = false;  // ]a, b[
    int norm_bars = 0;
    bool colon_divides = false;  // Inside (a : b).
  };
  class Inside {
   public:
    explicit Inside(Parser* parser) : parser_(parser), saved_(parser->scope_) {
      parser_->scope_ = Scope();
    }
    ~Inside() { parser_->scope_ = saved_; }

   private:
    Parser* parser_;
    Scope saved_;
  };

  std::string_view text_;
  const uint32_t* offsets_;
  const Tokens& tokens_;
  const ParseOptions& options_;
  Arena* arena_;
  size_t at_ = 0;
  int nesting_ = 0;
  int bracket_nesting_ = 0;
  int argument_nesting_ = 0;  // Arguments of commands that are open.
  Scope scope_;
  int integral_nesting_ = -1;  // bracket_nesting_ of the open integral.
  const Expr* inner_differential_ = nullptr;
  int bound_i_ = 0;  // Binders of "i" that are open.
  const char* error_ = nullptr;
  size_t error_offset_ = 0;
  bool exhausted_ = false;
};

}  // namespace assay::math

#endif  // VERIFIER_MATH_PARSER_H_
