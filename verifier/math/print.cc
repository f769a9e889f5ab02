#include <utility>

#include "verifier/math/parse.h"
#include "verifier/math/printer.h"

namespace assay::math {

Printer::Level Printer::LevelOf(const Expr& e) {
  switch (e.kind) {
    case Kind::kList:
      return kItems;
    case Kind::kLabelled:
    case Kind::kQuantifier:
      return kStatement;
    case Kind::kRelation:
      return e.detail == static_cast<uint16_t>(Relation::kImplies) ||
                     e.detail == static_cast<uint16_t>(Relation::kIff)
                 ? kImplication
                 : kComparison;
    case Kind::kOr:
      return kDisjunction;
    case Kind::kAnd:
      return kConjunction;
    case Kind::kNot:
      return kNegation;
    case Kind::kChain:
      return kComparison;
    case Kind::kRatio:
      return kRatioLevel;
    case Kind::kUnion:
    case Kind::kDifference:
      return kUnionLevel;
    case Kind::kIntersection:
      return kIntersectionLevel;
    case Kind::kModulo:
      return kModuloLevel;
    case Kind::kAdd:
      return e.detail == 1 ? kTerm : kSumLevel;
    case Kind::kPlusMinus:
      return e.children_count == 2 ? kSumLevel : kSigned;
    case Kind::kNegate:
      return kSigned;
    case Kind::kPercent:
      return kMeasured;
    case Kind::kQuantity:
      return e.child(1).text == "degree" ? kPostfix : kMeasured;
    case Kind::kMultiply:
    case Kind::kSum:
    case Kind::kProduct:
    case Kind::kIntegral:
    case Kind::kLimit:
    case Kind::kDerivative:
      return kTerm;
    case Kind::kPower:
    case Kind::kFactorial:
      return kPostfix;
    default:
      return kAtom;
  }
}

void Printer::Write(const Expr& e, Level least) {
  const bool brackets = LevelOf(e) < least;
  if (brackets) Add("(");
  Node(e);
  if (brackets) Add(")");
}

void Printer::Join(const Expr& e, std::string_view separator, Level least,
                   size_t from) {
  for (size_t i = from; i < e.children_count; ++i) {
    if (i > from) Add(separator);
    Write(e.child(i), least);
  }
}

void Printer::Node(const Expr& e) {
  switch (e.kind) {
    case Kind::kNumber:
    case Kind::kConstant:
    case Kind::kSymbol:
    case Kind::kText:
    case Kind::kBoolean:
    case Kind::kChoice:
    case Kind::kEllipsis:
    case Kind::kNamedSet:
    case Kind::kUnit:
      return Atom(e);
    case Kind::kFunction:
    case Kind::kApply:
      return Call(e);
    case Kind::kList:
    case Kind::kTuple:
    case Kind::kSet:
    case Kind::kInterval:
    case Kind::kMatrix:
    case Kind::kVector:
    case Kind::kUnion:
    case Kind::kIntersection:
    case Kind::kDifference:
    case Kind::kSetBuilder:
    case Kind::kRatio:
      return Collection(e);
    case Kind::kRelation:
    case Kind::kChain:
    case Kind::kLabelled:
    case Kind::kAnd:
    case Kind::kOr:
    case Kind::kNot:
    case Kind::kQuantifier:
    case Kind::kPiecewise:
      return Statement(e);
    case Kind::kSum:
    case Kind::kProduct:
    case Kind::kIntegral:
    case Kind::kLimit:
    case Kind::kDerivative:
      return Binder(e);
    default:
      return Arithmetic(e);
  }
}

void Printer::Arithmetic(const Expr& e) {
  switch (e.kind) {
    case Kind::kAdd:
      return Sum(e);
    case Kind::kMultiply:
      return Join(e, " \\cdot ", kFactor);
    case Kind::kNegate:
      Add("-");
      return Write(e.child(0), kMeasured);
    case Kind::kDivide:
      Add("\\frac{");
      Write(e.child(0), kStatement);
      Add("}{");
      Write(e.child(1), kStatement);
      return Add("}");
    case Kind::kPower:
      Write(e.child(0), kAtom);
      Add("^{");
      Write(e.child(1), kStatement);
      return Add("}");
    case Kind::kRoot:
      Add("\\sqrt");
      if (e.children_count == 2) {
        Add("[");
        Write(e.child(1), kSumLevel);
        Add("]");
      }
      Add("{");
      Write(e.child(0), kStatement);
      return Add("}");
    case Kind::kPlusMinus:
      return PlusMinus(e);
    case Kind::kFactorial:
      Write(e.child(0), kAtom);
      return out_.append(e.detail, '!'), void();
    case Kind::kPercent:
      Write(e.child(0), kTerm);
      return Add(e.detail == 1 ? "\\permille " : "\\%");
    case Kind::kQuantity:
      return Quantity(e);
    case Kind::kModulo:
      Write(e.child(0), kSumLevel);
      Add(" \\bmod ");
      return Write(e.child(1), kSumLevel);
    default:
      return;
  }
}

void Printer::Sum(const Expr& e) {
  if (e.detail == 1) {  // A mixed number.
    Write(e.child(0), kAtom);
    return Write(e.child(1), kAtom);
  }
  for (size_t i = 0; i < e.children_count; ++i) {
    const Expr& term = e.child(i);
    const bool negative = term.kind == Kind::kNegate;
    if (i > 0) {
      Add(negative ? " - " : " + ");
      const Expr& value = negative ? term.child(0) : term;
      Write(value, kTerm);
      continue;
    }
    const bool leads =
        term.kind == Kind::kPlusMinus && term.children_count == 2;
    Write(term, leads ? kSumLevel : kSigned);
  }
}

void Printer::PlusMinus(const Expr& e) {
  const std::string_view sign = e.detail == 1 ? "\\mp " : "\\pm ";
  if (e.children_count == 2) {
    const Expr& left = e.child(0);
    const bool sum = left.kind == Kind::kAdd || left.kind == Kind::kPlusMinus;
    Write(left, sum ? kSumLevel : kSigned);
    Add(" ");
    Add(sign);
    return Write(e.child(1), kTerm);
  }
  Add(sign);
  Write(e.child(0), kMeasured);
}

void Printer::Quantity(const Expr& e) {
  const std::string_view unit = e.child(1).text;
  if (unit == "degree") {
    Write(e.child(0), kAtom);
    return Add("^{\\circ}");
  }
  Write(e.child(0), kTerm);
  Add("\\text{ ");
  for (char c : unit) {
    if (c == '$' || c == '%') Add("\\");
    out_.push_back(c);
  }
  Add("}");
}

std::string Print(const Expr& expr) {
  Printer printer;
  printer.Write(expr, Printer::kItems);
  return printer.Take();
}

}  // namespace assay::math
