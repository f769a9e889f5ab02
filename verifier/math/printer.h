// Writes a tree as LaTeX that the parser reads back to an equal tree.
//
// Threads: plain. Recursion is bounded by Arena::kDepthMax.
#ifndef VERIFIER_MATH_PRINTER_H_
#define VERIFIER_MATH_PRINTER_H_

#include <string>
#include <string_view>

#include "verifier/math/expr.h"

namespace assay::math {

// "sin"; what \operatorname{} takes.
std::string_view FunctionName(Function f);

class Printer {
 public:
  // How tightly a node binds as it is written; higher binds tighter.
  enum Level {
    kItems,
    kStatement,
    kImplication,
    kDisjunction,
    kConjunction,
    kNegation,
    kComparison,
    kRatioLevel,
    kUnionLevel,
    kIntersectionLevel,
    kModuloLevel,
    kSumLevel,
    kSigned,
    kMeasured,
    kTerm,
    kFactor,
    kPostfix,
    kAtom,
  };

  // `e` in brackets where it binds less tightly than `least`.
  void Write(const Expr& e, Level least);
  std::string Take() { return std::move(out_); }

 private:
  static Level LevelOf(const Expr& e);
  void Join(const Expr& e, std::string_view separator, Level least,
            size_t from = 0);
  void Node(const Expr& e);
  void Arithmetic(const Expr& e);
  void Sum(const Expr& e);
  void PlusMinus(const Expr& e);
  void Quantity(const Expr& e);
  void Call(const Expr& e);
  void Collection(const Expr& e);
  void Matrix(const Expr& e);
  void Statement(const Expr& e);
  void Relate(const Expr& e);
  void Labelled(const Expr& e);
  void Piecewise(const Expr& e);
  void Binder(const Expr& e);
  void Atom(const Expr& e);
  void NumberText(const Number& n);
  void Symbol(std::string_view name);
  void Add(std::string_view s) { out_.append(s); }

  std::string out_;
};

}  // namespace assay::math

#endif  // VERIFIER_MATH_PRINTER_H_
