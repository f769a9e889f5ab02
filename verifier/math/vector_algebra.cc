#include "verifier/math/vector_algebra.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "verifier/math/rewrite.h"

namespace assay::math {
namespace {

constexpr size_t kCellsMax = 64;
constexpr int kPowerMax = 8;

struct Block {
  // No cells: a scalar, `scalar`.
  std::vector<const Expr*> cells;
  size_t columns = 0;
  bool flat = false;   // A tuple or vector: rows and columns as needed.
  bool tuple = false;  // (1,2)(3,4) may be cycles: it has no product.
  const Expr* scalar = nullptr;

  bool is_scalar() const { return cells.empty(); }
  size_t rows() const { return columns == 0 ? 0 : cells.size() / columns; }
};

bool HoldsBlock(const Expr& e) {
  const Contents& c = e.contents;
  const bool may = c.Has(Kind::kTuple) || c.Has(Kind::kVector) ||
                   c.Has(Kind::kMatrix) || c.Has(math::Function::kTranspose);
  return may && Contains(e, [](const Expr& x) {
           return x.kind == Kind::kTuple || x.kind == Kind::kVector ||
                  (x.kind == Kind::kMatrix && x.text != "v") ||
                  (IsFunction(x, math::Function::kTranspose) &&
                   x.child(0).kind == Kind::kInterval);
         });
}

class Algebra {
 public:
  explicit Algebra(Arena* arena) : w_(arena) {}

  std::optional<Block> Of(const Expr& e);

  const Expr* Written(const Block& b) {
    if (b.is_scalar()) return b.scalar;
    if (b.flat) return w_.Node(Kind::kVector, b.cells);
    return w_.Node(Kind::kMatrix, b.cells, static_cast<uint16_t>(b.columns),
                   "b");
  }

 private:
  std::optional<Block> Scalar(const Expr* e) {
    if (e == nullptr) return std::nullopt;
    Block b;
    b.scalar = e;
    return b;
  }
  std::optional<Block> Literal(const Expr& e);
  std::optional<Block> Sum(const Expr& e);
  std::optional<Block> Product(const Block& a, const Block& b);
  std::optional<Block> Scaled(const Block& b, const Expr* factor, bool divide);
  std::optional<Block> Cross(const Block& a, const Block& b);
  std::optional<Block> Power(const Block& base, const Expr& exponent);
  std::optional<Block> Inverse(const Block& m);
  std::optional<Block> Function(const Expr& e);
  const Expr* Dot(const std::vector<const Expr*>& a,
                  const std::vector<const Expr*>& b);
  const Expr* Determinant(const Block& m);

  Rewriter w_;
};

std::optional<Block> Algebra::Literal(const Expr& e) {
  Block b;
  b.cells.assign(e.children().begin(), e.children().end());
  if (b.cells.empty() || b.cells.size() > kCellsMax) return std::nullopt;
  for (const Expr* c : b.cells) {
    if (c->kind == Kind::kEllipsis || c->kind == Kind::kRelation ||
        c->kind == Kind::kText) {
      return std::nullopt;
    }
  }
  b.flat = e.kind != Kind::kMatrix;
  b.tuple = e.kind == Kind::kTuple && e.detail == 0;
  b.columns = b.flat ? 1 : e.detail;
  if (b.columns == 0 || b.cells.size() % b.columns != 0) return std::nullopt;
  return b;
}

const Expr* Algebra::Dot(const std::vector<const Expr*>& a,
                         const std::vector<const Expr*>& b) {
  std::vector<const Expr*> terms;
  for (size_t i = 0; i < a.size(); ++i) {
    terms.push_back(w_.Multiply({a[i], b[i]}));
  }
  return terms.size() == 1 ? terms[0] : w_.Add(terms);
}

std::optional<Block> Algebra::Sum(const Expr& e) {
  std::optional<Block> total;
  for (const Expr* c : e.children()) {
    std::optional<Block> b = Of(*c);
    if (!b) return b;
    if (!total) {
      total = std::move(b);
      continue;
    }
    if (total->is_scalar() != b->is_scalar()) return std::nullopt;
    if (total->is_scalar()) {
      total = Scalar(w_.Add({total->scalar, b->scalar}));
      if (!total) return total;
      continue;
    }
    const bool fits =
        total->cells.size() == b->cells.size() &&
        (total->columns == b->columns || (b->flat && total->rows() == 1) ||
         (total->flat && b->rows() == 1));
    if (!fits) return std::nullopt;
    for (size_t i = 0; i < b->cells.size(); ++i) {
      total->cells[i] = w_.Add({total->cells[i], b->cells[i]});
      if (total->cells[i] == nullptr) return std::nullopt;
    }
    total->flat = total->flat && b->flat;
    if (!b->flat) total->columns = b->columns;
  }
  return total;
}

std::optional<Block> Algebra::Scaled(const Block& b, const Expr* factor,
                                     bool divide) {
  Block result = b;
  for (const Expr*& cell : result.cells) {
    cell = divide ? w_.Divide(cell, factor) : w_.Multiply({factor, cell});
    if (cell == nullptr) return std::nullopt;
  }
  return result;
}

std::optional<Block> Algebra::Product(const Block& a, const Block& b) {
  if (a.is_scalar() && b.is_scalar()) {
    return Scalar(w_.Multiply({a.scalar, b.scalar}));
  }
  if (a.is_scalar()) return Scaled(b, a.scalar, false);
  if (b.is_scalar()) return Scaled(a, b.scalar, false);
  if (a.flat && b.flat) {
    if (a.cells.size() != b.cells.size() || a.tuple || b.tuple) {
      return std::nullopt;
    }
    return Scalar(Dot(a.cells, b.cells));
  }
  // A flat vector before a matrix is a row, after one a column.
  const size_t a_columns = a.flat ? a.cells.size() : a.columns;
  const size_t a_rows = a.cells.size() / a_columns;
  const size_t b_columns = b.columns;
  const size_t b_rows = b.cells.size() / b_columns;
  if (a_columns != b_rows || a_rows * b_columns > kCellsMax) {
    return std::nullopt;
  }
  Block result;
  result.columns = b_columns;
  for (size_t i = 0; i < a_rows; ++i) {
    for (size_t j = 0; j < b_columns; ++j) {
      std::vector<const Expr*> row, column;
      for (size_t k = 0; k < a_columns; ++k) {
        row.push_back(a.cells[i * a_columns + k]);
        column.push_back(b.cells[k * b_columns + j]);
      }
      result.cells.push_back(Dot(row, column));
      if (result.cells.back() == nullptr) return std::nullopt;
    }
  }
  if (result.cells.size() == 1) return Scalar(result.cells[0]);
  result.flat = a.flat || b.flat;
  if (result.flat) result.columns = 1;
  return result;
}

const Expr* Algebra::Determinant(const Block& m) {
  const size_t n = m.columns;
  if (m.flat || m.cells.size() != n * n || n > 4) return nullptr;
  if (n == 1) return m.cells[0];
  std::vector<const Expr*> terms;
  for (size_t j = 0; j < n; ++j) {
    Block minor;
    minor.columns = n - 1;
    for (size_t r = 1; r < n; ++r) {
      for (size_t c = 0; c < n; ++c) {
        if (c != j) minor.cells.push_back(m.cells[r * n + c]);
      }
    }
    const Expr* term = w_.Multiply({m.cells[j], Determinant(minor)});
    terms.push_back(j % 2 == 0 ? term : w_.Negate(term));
  }
  return w_.Add(terms);
}

std::optional<Block> Algebra::Inverse(const Block& m) {
  const size_t n = m.columns;
  const Expr* determinant = Determinant(m);
  if (determinant == nullptr || n > 3) return std::nullopt;
  Block result;
  result.columns = n;
  for (size_t i = 0; i < n; ++i) {
    for (size_t j = 0; j < n; ++j) {
      // The cofactor of the transposed place.
      Block minor;
      minor.columns = n - 1;
      for (size_t r = 0; r < n; ++r) {
        for (size_t c = 0; c < n; ++c) {
          if (r != j && c != i) minor.cells.push_back(m.cells[r * n + c]);
        }
      }
      const Expr* cell = n == 1 ? w_.Integer(1) : Determinant(minor);
      if ((i + j) % 2 == 1) cell = w_.Negate(cell);
      result.cells.push_back(w_.Divide(cell, determinant));
      if (result.cells.back() == nullptr) return std::nullopt;
    }
  }
  return result;
}

std::optional<Block> Algebra::Power(const Block& base, const Expr& exponent) {
  const bool minus = exponent.kind == Kind::kNegate;
  const Expr& n = minus ? exponent.child(0) : exponent;
  if (base.flat || n.kind != Kind::kNumber || n.number->has_point ||
      n.number->digits.size() != 1) {
    return std::nullopt;
  }
  const int power = n.number->digits[0] - '0';
  if (power < 1 || power > kPowerMax || base.rows() != base.columns) {
    return std::nullopt;
  }
  std::optional<Block> result = base;
  for (int i = 1; i < power && result; ++i) result = Product(*result, base);
  return minus && result ? Inverse(*result) : result;
}

std::optional<Block> Algebra::Cross(const Block& a, const Block& b) {
  if (a.cells.size() != 3 || b.cells.size() != 3) return std::nullopt;
  Block result;
  result.flat = true;
  result.columns = 1;
  for (size_t i = 0; i < 3; ++i) {
    const size_t j = (i + 1) % 3, k = (i + 2) % 3;
    result.cells.push_back(w_.Subtract(w_.Multiply({a.cells[j], b.cells[k]}),
                                       w_.Multiply({a.cells[k], b.cells[j]})));
    if (result.cells.back() == nullptr) return std::nullopt;
  }
  return result;
}

std::optional<Block> Algebra::Function(const Expr& e) {
  if (IsFunction(e, math::Function::kCross) && e.children_count == 2) {
    std::optional<Block> a = Of(e.child(0)), b = Of(e.child(1));
    return a && b ? Cross(*a, *b) : std::nullopt;
  }
  if (e.children_count != 1) return std::nullopt;
  std::optional<Block> b = Of(e.child(0));
  if (!b || b->is_scalar()) return std::nullopt;
  switch (static_cast<math::Function>(e.detail)) {
    case math::Function::kTranspose: {
      if (b->flat) return b;
      Block result;
      result.columns = b->rows();
      for (size_t c = 0; c < b->columns; ++c) {
        for (size_t r = 0; r < b->rows(); ++r) {
          result.cells.push_back(b->cells[r * b->columns + c]);
        }
      }
      return result;
    }
    case math::Function::kDeterminant:
      return Scalar(Determinant(*b));
    case math::Function::kAbs:
    case math::Function::kNorm:
      if (!b->flat && b->columns != 1 && b->rows() != 1) return std::nullopt;
      return Scalar(w_.Call(math::Function::kSqrt, {Dot(b->cells, b->cells)}));
    default:
      return std::nullopt;
  }
}

std::optional<Block> Algebra::Of(const Expr& e) {
  if (!HoldsBlock(e)) return Scalar(&e);
  switch (e.kind) {
    case Kind::kTuple:
    case Kind::kVector:
    case Kind::kMatrix:
    case Kind::kInterval:
      return Literal(e);
    case Kind::kAdd:
      return Sum(e);
    case Kind::kNegate: {
      std::optional<Block> b = Of(e.child(0));
      const Expr* minus = w_.Negate(w_.Integer(1));
      if (!b || minus == nullptr) return std::nullopt;
      return b->is_scalar() ? Scalar(w_.Negate(b->scalar))
                            : Scaled(*b, minus, false);
    }
    case Kind::kMultiply: {
      std::optional<Block> total = Of(e.child(0));
      for (size_t i = 1; i < e.children_count && total; ++i) {
        std::optional<Block> next = Of(e.child(i));
        if (!next) return next;
        total = Product(*total, *next);
      }
      return total;
    }
    case Kind::kDivide: {
      std::optional<Block> a = Of(e.child(0));
      std::optional<Block> b = Of(e.child(1));
      if (!a || !b || !b->is_scalar()) return std::nullopt;
      return a->is_scalar() ? Scalar(w_.Divide(a->scalar, b->scalar))
                            : Scaled(*a, b->scalar, true);
    }
    case Kind::kPower: {
      std::optional<Block> base = Of(e.child(0));
      if (!base) return base;
      if (base->is_scalar()) {
        return Scalar(w_.Power(base->scalar, &e.child(1)));
      }
      return Power(*base, e.child(1));
    }
    case Kind::kFunction:
      return Function(e);
    default:
      return std::nullopt;
  }
}

// t(3, 4) beside a tuple is t times it, no application.
const Expr* ScaledTuples(const Expr& e, Arena* arena) {
  if (e.kind != Kind::kAdd) return &e;
  Rewriter w(arena);
  return w.Transform(e, [&w](const Expr& x) -> const Expr* {
    if (x.kind != Kind::kApply || x.children_count < 3 ||
        x.child(0).text.size() != 1 || x.child(0).text[0] < 'i') {
      return nullptr;
    }
    std::vector<const Expr*> cells(x.children().begin() + 1,
                                   x.children().end());
    return w.Multiply({&x.child(0), w.Node(Kind::kTuple, cells)});
  });
}

// 0, 1, 2 for i, j, k in any dress; -1 for other trees.
int BasisIndex(const Expr& e) {
  if (IsConstant(e, Constant::kI)) return 0;
  if (e.kind != Kind::kSymbol) return -1;
  std::string_view name = e.text;
  for (std::string_view accent : {"hat{", "vec{", "bar{"}) {
    if (name.substr(0, accent.size()) == accent && name.back() == '}') {
      name = name.substr(accent.size(), name.size() - accent.size() - 1);
    }
  }
  if (name == "i" || name == "imath") return 0;
  if (name == "j" || name == "jmath") return 1;
  return name == "k" ? 2 : -1;
}

}  // namespace

const Expr* VectorAlgebra(const Expr& e, Arena* arena) {
  if (!HoldsBlock(e)) return nullptr;
  Algebra algebra(arena);
  const Expr* read = ScaledTuples(e, arena);
  if (read == nullptr) return nullptr;
  std::optional<Block> b = algebra.Of(*read);
  return b ? algebra.Written(*b) : nullptr;
}

bool BasisComponents(const Expr& e, size_t count, Arena* arena,
                     std::vector<const Expr*>* components) {
  if (count < 2 || count > 3) return false;
  Rewriter w(arena);
  components->assign(count, nullptr);
  std::vector<const Expr*> terms = {&e};
  if (e.kind == Kind::kAdd) {
    terms.assign(e.children().begin(), e.children().end());
  }
  bool beyond_i = false;
  for (const Expr* term : terms) {
    const bool minus = term->kind == Kind::kNegate;
    if (minus) term = &term->child(0);
    std::vector<const Expr*> factors = {term};
    if (term->kind == Kind::kMultiply) {
      factors.assign(term->children().begin(), term->children().end());
    }
    int index = -1;
    std::vector<const Expr*> rest;
    for (const Expr* f : factors) {
      const int i = BasisIndex(*f);
      if (i < 0) {
        rest.push_back(f);
      } else if (index >= 0) {
        return false;
      } else {
        index = i;
      }
    }
    if (index < 0 || index >= static_cast<int>(count)) return false;
    beyond_i = beyond_i || index > 0;
    const Expr* value = rest.empty()       ? w.Integer(1)
                        : rest.size() == 1 ? rest[0]
                                           : w.Multiply(rest);
    if (minus) value = w.Negate(value);
    const Expr*& cell = (*components)[index];
    cell = cell == nullptr ? value : w.Add({cell, value});
    if (cell == nullptr) return false;
  }
  for (const Expr*& cell : *components) {
    if (cell == nullptr) cell = w.Integer(0);
    if (cell == nullptr) return false;
  }
  return beyond_i || e.kind != Kind::kAdd;
}

}  // namespace assay::math
