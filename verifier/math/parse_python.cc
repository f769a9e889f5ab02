// Calls in the spelling of SymPy, NumPy and Python: Rational(1, 2),
// Matrix([[1, 2], [3, 4]]), Sum(k, (k, 1, n)), Interval.open(0, 1).
#include "verifier/math/names.h"
#include "verifier/math/parser.h"

namespace assay::math {
namespace {

enum class Call : uint8_t {
  kDivide,
  kValue,
  kSum,
  kProduct,
  kIntegral,
  kDerivative,
  kLimit,
  kMatrix,
  kArray,
  kSet,
  kTuple,
  kInterval,
  kUnion,
  kIntersection,
  kComplement,
  kRelation,
  kAnd,
  kOr,
  kNot,
  kPiecewise,
  kModulo,
  kFunction,
};

struct PythonName {
  std::string_view name;
  Call call;
  uint16_t detail = 0;
};

constexpr uint16_t R(Relation r) { return static_cast<uint16_t>(r); }
constexpr uint16_t F(Function f) { return static_cast<uint16_t>(f); }

constexpr PythonName kNames[] = {
    {"Rational", Call::kDivide},
    {"Fraction", Call::kDivide},
    {"Integer", Call::kValue},
    {"Float", Call::kValue},
    {"Sum", Call::kSum},
    {"sum", Call::kSum},
    {"summation", Call::kSum},
    {"Product", Call::kProduct},
    {"product", Call::kProduct},
    {"Integral", Call::kIntegral},
    {"integrate", Call::kIntegral},
    {"Derivative", Call::kDerivative},
    {"diff", Call::kDerivative},
    {"Limit", Call::kLimit},
    {"limit", Call::kLimit},
    {"Matrix", Call::kMatrix},
    {"ImmutableMatrix", Call::kMatrix},
    {"array", Call::kArray},
    {"matrix", Call::kArray},
    {"set", Call::kSet},
    {"frozenset", Call::kSet},
    {"FiniteSet", Call::kSet},
    {"Tuple", Call::kTuple},
    {"Point", Call::kTuple},
    {"Point2D", Call::kTuple},
    {"Point3D", Call::kTuple},
    {"Interval", Call::kInterval, 3},
    {"Interval.open", Call::kInterval, 0},
    {"Interval.Lopen", Call::kInterval, 2},
    {"Interval.Ropen", Call::kInterval, 1},
    {"Union", Call::kUnion},
    {"Intersection", Call::kIntersection},
    {"Complement", Call::kComplement},
    {"Eq", Call::kRelation, R(Relation::kEqual)},
    {"Equality", Call::kRelation, R(Relation::kEqual)},
    {"Ne", Call::kRelation, R(Relation::kNotEqual)},
    {"Lt", Call::kRelation, R(Relation::kLess)},
    {"Le", Call::kRelation, R(Relation::kLessEqual)},
    {"Gt", Call::kRelation, R(Relation::kGreater)},
    {"Ge", Call::kRelation, R(Relation::kGreaterEqual)},
    {"Implies", Call::kRelation, R(Relation::kImplies)},
    {"Equivalent", Call::kRelation, R(Relation::kIff)},
    {"And", Call::kAnd},
    {"Or", Call::kOr},
    {"Not", Call::kNot},
    {"Piecewise", Call::kPiecewise},
    {"Mod", Call::kModulo},
    {"re", Call::kFunction, F(Function::kRe)},
    {"im", Call::kFunction, F(Function::kIm)},
    {"gamma", Call::kFunction, F(Function::kGamma)},
    {"Transpose", Call::kFunction, F(Function::kTranspose)},
    {"Determinant", Call::kFunction, F(Function::kDeterminant)},
};

const PythonName* Find(std::string_view name) {
  for (const PythonName& row : kNames) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

bool IsTrue(const Expr* e) {
  return e->kind == Kind::kBoolean && e->detail == 1;
}

}  // namespace

// Whether a call of Python's begins here: a known name with its bracket.
bool Parser::AtPythonCall() const {
  const Token& token = Peek();
  if (!token.Has(kLetters) && token.type != Tok::kMod) return false;
  const std::string_view name =
      text_.substr(token.begin, token.end - token.begin);
  const size_t open = AfterWord(at_);
  if (open >= tokens_.size() || tokens_[open].type != Tok::kOpenParen ||
      tokens_[open].begin != token.end || token.Has(kUprightText)) {
    return false;
  }
  return Find(name) != nullptr;
}

const Expr* Parser::ParsePythonCall() {
  Nest nest(this);
  if (nest.TooDeep()) return Exhausted();
  const Token& token = Peek();
  const uint32_t begin = token.begin;
  const PythonName& name =
      *Find(text_.substr(token.begin, token.end - token.begin));
  at_ = AfterWord(at_) + 1;
  Nodes a;
  {
    Inside inside(this);
    if (Next() != Tok::kCloseParen && !ParseCommaList(&a)) return nullptr;
    if (!Expect(Tok::kCloseParen, "a )")) return nullptr;
  }
  const size_t count = a.size();
  switch (name.call) {
    case Call::kDivide:
      if (count == 1) return a[0];
      return count == 2 ? Make(Kind::kDivide, begin, {a[0], a[1]})
                        : Fail("two arguments");
    case Call::kValue:
      return count >= 1 ? a[0] : Fail("an argument");
    case Call::kSum:
    case Call::kProduct:
    case Call::kIntegral:
      return PythonBinder(begin, a, static_cast<int>(name.call));
    case Call::kDerivative:
      return PythonDerivative(begin, a);
    case Call::kLimit:
      if (count < 3 || a[1]->kind != Kind::kSymbol) break;
      return Make(Kind::kLimit, begin, {a[1], a[2], a[0]});
    case Call::kMatrix:
    case Call::kArray:
      return count >= 1 ? PythonMatrix(begin, a[0], name.call == Call::kMatrix)
                        : Fail("rows");
    case Call::kSet:
      return MakeAll(Kind::kSet, begin, Listed(a));
    case Call::kTuple:
      return MakeAll(Kind::kTuple, begin, Listed(a));
    case Call::kInterval: {
      uint16_t closed = name.detail;
      if (count == 4) {
        closed = (IsTrue(a[2]) ? 0 : 1) | (IsTrue(a[3]) ? 0 : 2);
      } else if (count != 2) {
        break;
      }
      return Make(Kind::kInterval, begin, {a[0], a[1]}, closed);
    }
    case Call::kUnion:
    case Call::kIntersection:
    case Call::kAnd:
    case Call::kOr:
      if (count == 1) return a[0];
      if (count == 0) break;
      return MakeAll(name.call == Call::kUnion          ? Kind::kUnion
                     : name.call == Call::kIntersection ? Kind::kIntersection
                     : name.call == Call::kAnd          ? Kind::kAnd
                                                        : Kind::kOr,
                     begin, a);
    case Call::kComplement:
      if (count != 2) break;
      return Make(Kind::kDifference, begin, {a[0], a[1]});
    case Call::kRelation:
      if (count != 2) break;
      return Make(Kind::kRelation, begin, {a[0], a[1]}, name.detail);
    case Call::kNot:
      if (count != 1) break;
      return Make(Kind::kNot, begin, {a[0]});
    case Call::kModulo:
      if (count != 2) break;
      return Make(Kind::kModulo, begin, {a[0], a[1]});
    case Call::kPiecewise:
      return PythonPieces(begin, a);
    case Call::kFunction:
      if (count != 1) break;
      return Make(Kind::kFunction, begin, {a[0]}, name.detail);
  }
  return Fail("as many arguments as the call takes");
}

// f([a, b]) as f(a, b).
Nodes Parser::Listed(const Nodes& arguments) {
  if (arguments.size() != 1) return arguments;
  const Expr* e = arguments[0];
  const bool list = e->kind == Kind::kTuple || e->kind == Kind::kSet ||
                    e->kind == Kind::kInterval;
  if (!list) return arguments;
  return Nodes(e->children().begin(), e->children().end());
}

// body, (variable, low, high) or body, variable.
const Expr* Parser::PythonBinder(uint32_t begin, const Nodes& a, int call) {
  const bool integral = call == static_cast<int>(Call::kIntegral);
  const Kind kind = integral                                   ? Kind::kIntegral
                    : call == static_cast<int>(Call::kProduct) ? Kind::kProduct
                                                               : Kind::kSum;
  if (a.size() != 2) return Fail("a body and its bounds");
  const Expr* bounds = a[1];
  if (bounds->kind == Kind::kSymbol && integral) {
    return Make(kind, begin, {bounds, nullptr, nullptr, a[0]});
  }
  if (bounds->kind != Kind::kTuple || bounds->children_count != 3 ||
      bounds->child(0).kind != Kind::kSymbol) {
    return Fail("a variable and its bounds");
  }
  return Make(kind, begin,
              {&bounds->child(0), &bounds->child(1), &bounds->child(2), a[0]});
}

// f, x or f, x, 2 or f, (x, 2).
const Expr* Parser::PythonDerivative(uint32_t begin, const Nodes& a) {
  if (a.size() < 2 || a.size() > 3) return Fail("a variable");
  const Expr* variable = a[1];
  const Expr* order = a.size() == 3 ? a[2] : nullptr;
  if (variable->kind == Kind::kTuple && variable->children_count == 2) {
    order = &variable->child(1);
    variable = &variable->child(0);
  }
  uint16_t times = 1;
  if (order != nullptr) {
    if (order->kind != Kind::kNumber || order->number->digits.size() != 1 ||
        order->number->digits[0] < '1') {
      return Fail("the order of the derivative");
    }
    times = static_cast<uint16_t>(order->number->digits[0] - '0');
  }
  if (variable->kind != Kind::kSymbol) return Fail("a variable");
  return Make(Kind::kDerivative, begin, {variable, a[0]}, times);
}

// Rows of one length; a flat list is a column of Matrix, a vector of array.
const Expr* Parser::PythonMatrix(uint32_t begin, const Expr* rows,
                                 bool column) {
  if (rows->kind == Kind::kMatrix) return rows;
  if (rows->kind != Kind::kTuple && rows->kind != Kind::kInterval) {
    return Fail("rows");
  }
  const Nodes cells(rows->children().begin(), rows->children().end());
  if (!column) return MakeAll(Kind::kVector, begin, cells);
  Expr* matrix = New(Kind::kMatrix, begin, 1);
  if (matrix == nullptr) return nullptr;
  if (!arena_->SetChildren(matrix, cells.data(), cells.size())) {
    return Exhausted();
  }
  matrix->text = "b";
  return matrix;
}

// (value, condition), ...; True stands for "otherwise".
const Expr* Parser::PythonPieces(uint32_t begin, const Nodes& a) {
  Nodes parts;
  for (size_t i = 0; i < a.size(); ++i) {
    if (a[i]->kind != Kind::kTuple || a[i]->children_count != 2) {
      return Fail("a value and its condition");
    }
    parts.push_back(&a[i]->child(0));
    const bool otherwise = IsTrue(&a[i]->child(1));
    if (otherwise && i + 1 < a.size()) return Fail("the last piece");
    if (!otherwise) parts.push_back(&a[i]->child(1));
  }
  if (parts.empty()) return Fail("pieces");
  return MakeAll(Kind::kPiecewise, begin, parts);
}

}  // namespace assay::math
