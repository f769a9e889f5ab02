// The typed tree of a mathematical answer, in an arena.
//
//   Arena arena;
//   absl::StatusOr<const Expr*> e = Parse(R"(\frac{1}{2}+x)", &arena);
//   (*e)->kind;        // Kind::kAdd
//   (*e)->children[1]  // kSymbol "x"
//
// The tree says what was written, without evaluating anything: `2+2` is an
// Add, `\frac{4}{2}` a Divide. Meaning is given by structure.h (policies),
// exact.h (numbers) and compile.h (tapes).
//
// Bounds: Arena::kNodesMax nodes and kDepthMax depth a tree; the parser
// refuses more. So recursion over a tree is bounded.
// Ownership: nodes and their texts live as long as the arena.
// Threads: an arena belongs to one thread at a time; a finished tree may be
// read by many.
#ifndef VERIFIER_MATH_EXPR_H_
#define VERIFIER_MATH_EXPR_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace assay::math {

enum class Kind : uint8_t {
  // Atoms.
  kNumber,    // See Number.
  kConstant,  // detail: Constant.
  kSymbol,    // text: the canonical name, e.g. "x", "alpha", "x_1", "f'".
              // detail 1: written in bold.
  kText,      // text: words; \text{...} or prose that is not mathematics.
  kBoolean,   // detail: 0 or 1; true, false, yes, no.
  kChoice,    // detail: 0 for A; "(B)", only where a choice is expected.
  kEllipsis,  // \ldots among items.
  kNamedSet,  // detail: NamedSet.
  kUnit,      // text: canonical name, e.g. "cm", "km/h", "degree", "$".
  // Arithmetic. Children in the order written.
  kAdd,        // n-ary; subtraction is a kNegate child. detail 1: a mixed
               // number, `1\frac{1}{2}`, of two children.
  kMultiply,   // n-ary.
  kNegate,     // 1
  kDivide,     // numerator, denominator
  kPower,      // base, exponent
  kRoot,       // radicand, index; a square root has no index child.
  kPlusMinus,  // 1 or 2: (+-)a, a +- b; detail 1: -+.
  kFactorial,  // 1; detail: number of '!' (2 is the double factorial).
  kPercent,    // 1; detail 1: per mille.
  kQuantity,   // value, kUnit; currency too.
  kFunction,   // detail: Function; its arguments.
  kApply,      // an unknown function: kSymbol, then arguments.
  kModulo,     // a mod b; as congruence see kRelation.
  // Collections.
  kList,          // bare commas (or "and", "or", ";"); detail 1: "or".
  kTuple,         // ( ... ), at least 2; may be read as an open interval.
                  // detail 1: [ ... ] of at least 3.
  kSet,           // { ... }; empty braces: the empty set.
  kInterval,      // low, high; detail: bit 0 low closed, bit 1 high closed.
                  // Both open is written as kTuple of 2 unless the notation
                  // is unambiguous (]a,b[).
  kMatrix,        // row-major; detail: number of columns; text: "p", "b",
                  // "v" (a determinant) or "" as in \begin{vmatrix}.
  kVector,        // <a, b, c>
  kUnion,         // n-ary
  kIntersection,  // n-ary
  kDifference,    // a \ b
  kSetBuilder,    // element, condition...
  kRatio,         // a:b(:c)
  // Statements.
  kRelation,    // left, right; detail: Relation.
  kChain,       // c0 r0 c1 r1 c2: children c_i, text: one Relation code a
                // byte; at least two relations.
  kLabelled,    // kSymbol or kText label, value: "Paolo: 18", "(a) 5".
  kAnd,         // n-ary; words and symbols.
  kOr,          // n-ary
  kNot,         // 1
  kQuantifier,  // detail 0 for all, 1 exists; variable or relation, body.
  kPiecewise,   // value, condition, value, condition, ..., [otherwise]
  // Binders. The first child is the bound kSymbol.
  kSum,         // variable, low, high, body; children low, high may be null
  kProduct,     // when absent.
  kIntegral,    // variable, low, high, body.
  kLimit,       // variable, point, body; detail: 0 both, 1 from above, 2 below.
  kDerivative,  // variable, body; detail: order.
};

enum class Constant : uint8_t { kPi, kE, kI, kInfinity, kUndefined };

enum class NamedSet : uint8_t {
  kEmpty,
  kNaturals,
  kIntegers,
  kRationals,
  kReals,
  kComplex,
  kPositiveIntegers,
  kPrimes,
};

enum class Relation : uint8_t {
  kEqual,
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kApproximate,
  kIn,
  kNotIn,
  kSubset,
  kSubsetEqual,
  kCongruent,
  kParallel,
  kPerpendicular,
  kImplies,
  kIff,
  kMapsTo,
  kProportional,
  kDivides,
};

enum class Function : uint8_t {
  kSqrt,
  kExp,
  kLn,
  kLog,  // kLog: argument, base; one argument: base 10.
  kSin,
  kCos,
  kTan,
  kCot,
  kSec,
  kCsc,
  kArcsin,
  kArccos,
  kArctan,
  kArccot,
  kArcsec,
  kArccsc,
  kSinh,
  kCosh,
  kTanh,
  kCoth,
  kSech,
  kCsch,
  kArsinh,
  kArcosh,
  kArtanh,
  kAbs,
  kFloor,
  kCeil,
  kRound,
  kSign,
  kMin,
  kMax,
  kGcd,
  kLcm,
  kBinomial,
  kPermutations,
  kGamma,
  kRe,
  kIm,
  kConjugate,
  kArg,
  kDeterminant,
  kTranspose,
  kNorm,
  kCross,
};

// A literal as it was written: value = (digits / base^fraction_digits) *
// 10^exponent, the last `repeating_digits` of the fraction repeating.
struct Number {
  // Without point, sign or separators; not empty. Above base 10, capital
  // letters are digits too.
  std::string_view digits;
  uint32_t fraction_digits = 0;
  uint32_t repeating_digits = 0;
  int64_t exponent = 0;    // Power of ten; 0 unless scientific.
  uint8_t base = 10;       // 2 to 36.
  bool has_point = false;  // A decimal: `2.0` differs in kind from `2`.
  bool grouped = false;    // Had thousands separators.
  // Of "1,234": could also be read as the decimal 1.234, or as two items.
  bool ambiguous_comma = false;
};

// What a tree holds anywhere, its root included: a bit for each kind,
// constant and function, so that most questions need no walk.
struct Contents {
  uint64_t kinds = 0;
  uint64_t functions = 0;
  uint8_t constants = 0;

  bool Has(Kind kind) const { return (kinds & Bit(kind)) != 0; }
  bool Has(Constant constant) const { return (constants & Bit(constant)) != 0; }
  bool Has(Function function) const { return (functions & Bit(function)) != 0; }
  // No kind but those of the mask.
  bool Only(uint64_t mask) const { return (kinds & ~mask) == 0; }

  template <typename Enum>
  static constexpr uint64_t Bit(Enum e) {
    return uint64_t{1} << static_cast<unsigned>(e);
  }
};

struct Expr {
  Kind kind = Kind::kText;
  uint16_t detail = 0;
  uint16_t depth = 1;        // Of the subtree.
  uint32_t begin_bytes = 0;  // The span of the source text.
  uint32_t end_bytes = 0;
  std::string_view text;
  const Number* number = nullptr;  // kNumber alone.
  const Expr* const* children_begin = nullptr;
  uint32_t children_count = 0;
  Contents contents;

  struct Children {
    const Expr* const* first;
    uint32_t count;
    const Expr* operator[](size_t i) const { return first[i]; }
    size_t size() const { return count; }
    bool empty() const { return count == 0; }
    const Expr* const* begin() const { return first; }
    const Expr* const* end() const { return first + count; }
  };
  Children children() const { return {children_begin, children_count}; }
  const Expr& child(size_t i) const { return *children_begin[i]; }
};

// Allocates nodes; frees them all at once.
class Arena {
 public:
  static constexpr size_t kNodesMax = 1 << 16;
  static constexpr uint16_t kDepthMax = 256;
  static constexpr size_t kBytesMax = size_t{32} << 20;

  Arena() = default;
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  // Null when a bound is reached; the caller then refuses the text.
  Expr* New(Kind kind, uint16_t detail = 0);
  // Copies `count` children into the arena, sets the depth and adds their
  // contents. Once for a node, whose kind and detail then stay.
  bool SetChildren(Expr* node, const Expr* const* children, size_t count);
  // A copy of `text` that lives as long as the arena; empty at a bound.
  std::string_view Copy(std::string_view text);
  // Bytes to write to, unaligned; null at a bound.
  char* AllocateBytes(size_t bytes);
  // Null at a bound.
  Number* NewNumber();
  // Forgets all nodes and keeps the memory.
  void Reset();
  size_t nodes_count() const { return nodes_count_; }

 private:
  struct Block {
    std::unique_ptr<char[]> bytes;
    size_t size_bytes = 0;
  };

  void* Allocate(size_t bytes, size_t alignment);

  std::vector<Block> blocks_;
  size_t block_index_ = 0;
  size_t block_used_ = 0;
  size_t bytes_reserved_ = 0;
  size_t nodes_count_ = 0;
};

}  // namespace assay::math

#endif  // VERIFIER_MATH_EXPR_H_
