// Builds and transforms trees; every result lives in the writer's arena.
//
//   Rewriter w(&arena);
//   const Expr* e = w.Add({w.Symbol("x"), w.Integer(1)});
//   const Expr* f = w.Substitute(*e, "x", *w.Integer(3));   // 3 + 1
//
// Errors: null when the arena is full; every function takes null operands
// and then gives null, so that one test at the end is enough.
// Threads: as the arena.
#ifndef VERIFIER_MATH_REWRITE_H_
#define VERIFIER_MATH_REWRITE_H_

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "verifier/math/exact.h"
#include "verifier/math/expr.h"

namespace assay::math {

class Rewriter {
 public:
  explicit Rewriter(Arena* arena) : arena_(arena) {}

  const Expr* Node(Kind kind, const std::vector<const Expr*>& children,
                   uint16_t detail = 0, std::string_view text = {});
  const Expr* Integer(int64_t n);
  const Expr* Value(const Rational& value);
  const Expr* Symbol(std::string_view name);
  const Expr* Constant(math::Constant c);
  const Expr* Add(const std::vector<const Expr*>& terms) {
    return Node(Kind::kAdd, terms);
  }
  const Expr* Multiply(const std::vector<const Expr*>& factors) {
    return Node(Kind::kMultiply, factors);
  }
  const Expr* Negate(const Expr* e) { return Node(Kind::kNegate, {e}); }
  const Expr* Subtract(const Expr* a, const Expr* b) {
    return Add({a, Negate(b)});
  }
  const Expr* Divide(const Expr* a, const Expr* b) {
    return Node(Kind::kDivide, {a, b});
  }
  const Expr* Power(const Expr* a, const Expr* b) {
    return Node(Kind::kPower, {a, b});
  }
  const Expr* Call(Function f, const std::vector<const Expr*>& arguments) {
    return Node(Kind::kFunction, arguments, static_cast<uint16_t>(f));
  }
  // The same node with other children; `e` itself where none changed.
  const Expr* With(const Expr& e, const std::vector<const Expr*>& children);
  // Free occurrences of the symbol replaced; binders of that name shield.
  const Expr* Substitute(const Expr& e, std::string_view name,
                         const Expr& replacement);
  // Bottom-up: `f` may replace a node (its children already rewritten) or
  // return null to keep it.
  const Expr* Transform(const Expr& e,
                        absl::FunctionRef<const Expr*(const Expr&)> f);

 private:
  Arena* arena_;
};

// True where some node satisfies `f`.
bool Contains(const Expr& e, absl::FunctionRef<bool(const Expr&)> f);
// Names of symbols that no binder binds.
void FreeSymbols(const Expr& e, std::set<std::string>* names);
// The first child is a bound symbol.
bool IsBinder(Kind kind);
// "a_k" mentions k, "x_{n+1}" mentions n: its value changes with it.
bool SubscriptMentions(std::string_view symbol, std::string_view name);
bool IsConstant(const Expr& e, Constant c);
bool IsFunction(const Expr& e, Function f);

}  // namespace assay::math

#endif  // VERIFIER_MATH_REWRITE_H_
