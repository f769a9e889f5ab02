// Random formulas with a meaning of their own: written in many spellings,
// rewritten without changing the value, changed so that it does, and
// enclosed by Arb without the verifier's code.
//
//   Formulas f(seed);
//   int e = f.Random(3);              // A formula of depth 3.
//   int same = f.Rewritten(e, 4);     // Equal wherever both are defined.
//   int other = f.Perturbed(e);       // One place changed.
//   if (f.ProvedDifferent(e, other)) Use(f.Write(e), f.Write(other));
//
// Formulas are numbers of nodes in a pool; Clear forgets them all.
// Threads: an object belongs to one thread.
#ifndef TESTS_VERIFIER_MATH_FORMULA_H_
#define TESTS_VERIFIER_MATH_FORMULA_H_

#include <acb.h>

#include <array>
#include <cstdint>
#include <initializer_list>
#include <random>
#include <string>
#include <vector>

namespace assay::math {

class Formulas {
 public:
  enum class Op : uint8_t {
    kNumber,    // numerator / denominator
    kVariable,  // number: which
    kPi,
    kE,
    kI,
    kAdd,
    kMultiply,
    kNegate,
    kDivide,
    kPower,  // a^number, an integer
    kSqrt,
    kCubeRoot,
    kSin,
    kCos,
    kTan,
    kLn,
    kExp,
    kAbs,
    kArctan,
    kSinh,
    kCosh,
  };
  // What a formula is made of.
  enum class Kind : uint8_t { kRational, kRadical, kElementary, kComplex };

  explicit Formulas(uint64_t seed) : random_(seed) {}

  void Clear() { nodes_.clear(); }
  void set_kind(Kind kind) { kind_ = kind; }
  // How many variables may occur; 0: constants alone.
  void set_variables(int count) { variables_ = count; }

  int Random(int depth);
  int Rewritten(int e, int steps);
  int Perturbed(int e);
  // Arb encloses both at a point of the reals, and the enclosures are
  // disjoint.
  bool ProvedDifferent(int a, int b);

  // LaTeX or plain text, spelled at random.
  std::string Write(int e);

  int Number(int64_t numerator, int64_t denominator = 1);
  int Variable(int index);
  int Make(Op op, std::initializer_list<int> children, int64_t number = 0);
  int Add(int a, int b) { return Make(Op::kAdd, {a, b}); }
  int Multiply(int a, int b) { return Make(Op::kMultiply, {a, b}); }
  int Negate(int a) { return Make(Op::kNegate, {a}); }
  int Divide(int a, int b) { return Make(Op::kDivide, {a, b}); }
  int Power(int a, int64_t n) { return Make(Op::kPower, {a}, n); }

  uint64_t Pick(uint64_t count) { return random_() % count; }
  bool Chance(int percent) {
    return Pick(100) < static_cast<uint64_t>(percent);
  }

 private:
  static constexpr size_t kNodesMax = 4000;
  struct Node {
    Op op;
    uint8_t count;
    std::array<int, 2> child;
    int64_t number;       // Numerator, index or exponent.
    int64_t denominator;  // Of a number.
  };
  struct Style {
    bool latex;
    const char* times;
    const char* pi;
    bool braces_power;  // (a)^{n} rather than (a)^n
    bool slash;         // a/b rather than \frac{a}{b}
    bool star_power;    // a**n
    bool sized;         // \left( \right)
    bool spaced;
  };
  static constexpr int kVariables = 6;

  int Leaf();
  // Rewrites at the root; -1 where the rule does not fit.
  int RewriteHere(int e);
  int RewriteAny(int e);
  int RewriteNumber(const Node& n);
  int RewriteSum(const Node& n);
  int RewriteProduct(const Node& n);
  int RewritePower(const Node& n);
  int RewriteFunction(const Node& n);
  int PerturbHere(int e);
  // A copy of `e` in which the k-th node (in order) is replaced by `f(node)`.
  template <typename F>
  int Replace(int e, int* k, const F& f);
  int Size(int e) const;

  bool Enclose(int e, const std::array<int64_t, kVariables>& point, slong bits,
               acb_t value) const;
  bool Call(Op op, slong bits, acb_t z) const;

  Style RandomStyle();
  void Print(int e, int level, const Style& style, std::string* out);
  void PrintPower(const Node& n, const Style& style, std::string* out);
  void PrintCall(const Node& n, const Style& style, std::string* out);
  void PrintNumber(const Node& n, int level, const Style& style,
                   std::string* out);

  std::mt19937_64 random_;
  std::vector<Node> nodes_;
  Kind kind_ = Kind::kRational;
  int variables_ = 2;
};

}  // namespace assay::math

#endif  // TESTS_VERIFIER_MATH_FORMULA_H_
