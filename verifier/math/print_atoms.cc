#include <iterator>

#include "absl/strings/str_cat.h"
#include "verifier/math/names.h"
#include "verifier/math/printer.h"

namespace assay::math {
namespace {

// In the order of the enumeration.
constexpr std::string_view kFunctionNames[] = {
    "sqrt",      "exp",    "ln",          "log",       "sin",    "cos",
    "tan",       "cot",    "sec",         "csc",       "arcsin", "arccos",
    "arctan",    "arccot", "arcsec",      "arccsc",    "sinh",   "cosh",
    "tanh",      "coth",   "sech",        "csch",      "arsinh", "arcosh",
    "artanh",    "abs",    "floor",       "ceil",      "round",  "sign",
    "min",       "max",    "gcd",         "lcm",       "binom",  "permutations",
    "Gamma",     "Re",     "Im",          "conjugate", "arg",    "det",
    "transpose", "norm",   "crossproduct"};
static_assert(std::size(kFunctionNames) ==
              static_cast<size_t>(Function::kCross) + 1);

}  // namespace

std::string_view FunctionName(Function f) {
  return kFunctionNames[static_cast<size_t>(f)];
}

void Printer::NumberText(const Number& n) {
  const size_t fraction = n.has_point ? n.fraction_digits : 0;
  const size_t integer =
      n.digits.size() > fraction ? n.digits.size() - fraction : 0;
  Add(n.digits.substr(0, integer));
  if (n.has_point) {
    Add(".");
    const std::string_view digits = n.digits.substr(integer);
    const size_t once = digits.size() - n.repeating_digits;
    Add(digits.substr(0, once));
    if (n.repeating_digits > 0) {
      Add("\\overline{");
      Add(digits.substr(once));
      Add("}");
    }
  }
  if (n.exponent != 0) absl::StrAppend(&out_, "e", n.exponent);
  if (n.base != 10) absl::StrAppend(&out_, "_{", n.base, "}");
}

// "x_1", "alpha", "vec{a}", "f'": the canonical name as LaTeX.
void Printer::Symbol(std::string_view name) {
  if (name == "i") return Add("\\imath ");
  size_t head = 0;
  while (head < name.size() && name[head] != '_' && name[head] != '\'' &&
         name[head] != '{' && name[head] != '^') {
    ++head;
  }
  const std::string_view word = name.substr(0, head);
  const std::string_view tail = name.substr(head);
  if (word.size() == 1) {
    Add(word);
  } else if (const Name* command = FindCommand(word);
             command != nullptr && (command->type == Tok::kSymbol ||
                                    command->type == Tok::kConstant ||
                                    command->type == Tok::kAccent)) {
    Add("\\");
    Add(word);
    if (tail.empty()) Add(" ");
  } else {
    Add("\\operatorname{");
    Add(word);
    Add("}");
  }
  Add(tail);
}

void Printer::Atom(const Expr& e) {
  switch (e.kind) {
    case Kind::kNumber:
      return NumberText(*e.number);
    case Kind::kSymbol:
      return Symbol(e.text);
    case Kind::kConstant:
      switch (static_cast<Constant>(e.detail)) {
        case Constant::kPi:
          return Add("\\pi ");
        case Constant::kE:
          return Add("e");
        case Constant::kI:
          return Add("i");
        case Constant::kInfinity:
          return Add("\\infty ");
        case Constant::kUndefined:
          return Add("\\text{undefined}");
      }
      return;
    case Kind::kNamedSet:
      switch (static_cast<NamedSet>(e.detail)) {
        case NamedSet::kEmpty:
          return Add("\\emptyset ");
        case NamedSet::kNaturals:
          return Add("\\mathbb{N}");
        case NamedSet::kIntegers:
          return Add("\\mathbb{Z}");
        case NamedSet::kRationals:
          return Add("\\mathbb{Q}");
        case NamedSet::kReals:
          return Add("\\mathbb{R}");
        case NamedSet::kComplex:
          return Add("\\mathbb{C}");
        case NamedSet::kPositiveIntegers:
          return Add("\\mathbb{Z}^{+}");
        case NamedSet::kPrimes:
          return Add("\\mathbb{P}");
      }
      return;
    case Kind::kBoolean:
      return Add(e.detail == 1 ? "\\text{true}" : "\\text{false}");
    case Kind::kChoice:
      Add("(");
      out_.push_back(static_cast<char>('A' + e.detail));
      return Add(")");
    case Kind::kEllipsis:
      return Add("\\ldots ");
    default:  // Words and units.
      Add("\\text{");
      Add(e.text);
      return Add("}");
  }
}

void Printer::Call(const Expr& e) {
  if (e.kind == Kind::kApply) {
    Symbol(e.child(0).text);
    Add("(");
    Join(e, ", ", kStatement, 1);
    return Add(")");
  }
  const Function f = static_cast<Function>(e.detail);
  switch (f) {
    case Function::kAbs:
    case Function::kNorm: {
      const std::string_view bar = f == Function::kAbs ? "|" : "\\|";
      Add("\\left");
      Add(bar);
      Write(e.child(0), kUnionLevel);
      Add("\\right");
      return Add(bar);
    }
    case Function::kFloor:
    case Function::kCeil:
      Add(f == Function::kFloor ? "\\lfloor " : "\\lceil ");
      Write(e.child(0), kUnionLevel);
      return Add(f == Function::kFloor ? " \\rfloor " : " \\rceil ");
    case Function::kBinomial:
      Add("\\binom{");
      Write(e.child(0), kStatement);
      Add("}{");
      Write(e.child(1), kStatement);
      return Add("}");
    case Function::kGamma:
      Add("\\Gamma(");
      Join(e, ", ", kStatement);
      return Add(")");
    case Function::kLog:
      Add("\\log");
      if (e.children_count == 2) {
        Add("_{");
        Write(e.child(1), kStatement);
        Add("}");
      }
      Add("(");
      Write(e.child(0), kStatement);
      return Add(")");
    default:
      Add("\\operatorname{");
      Add(FunctionName(f));
      Add("}(");
      Join(e, ", ", kStatement);
      return Add(")");
  }
}

}  // namespace assay::math
