#include "verifier/math/parser.h"

namespace assay::math {

// \begin{pmatrix} a & b \\ c & d \end{pmatrix} and its kin.
const Expr* Parser::ParseEnvironment() {
  Nest nest(this);
  if (nest.TooDeep()) return Exhausted();
  const Token& token = Peek();
  const uint32_t begin = token.begin;
  if (token.detail == 1) return ParseCases(begin);
  Advance();
  Inside inside(this);
  ++bracket_nesting_;
  Nodes cells;
  size_t columns = 0;
  size_t row_cells = 0;
  while (Next() != Tok::kEndEnvironment) {
    const Expr* cell = ParseItems(Until::kCell);
    if (cell == nullptr) return nullptr;
    cells.push_back(cell);
    ++row_cells;
    if (Accept(Tok::kAmpersand)) continue;
    if (Next() != Tok::kRowEnd && Next() != Tok::kEndEnvironment) {
      return Fail("& or \\\\");
    }
    if (columns == 0) columns = row_cells;
    if (row_cells != columns) return Fail("rows of one length");
    row_cells = 0;
    while (Accept(Tok::kRowEnd)) {
    }
  }
  if (Peek().text != token.text) return Fail("the end of the environment");
  Advance();
  --bracket_nesting_;
  if (cells.empty()) return Fail("cells of a matrix");
  Expr* matrix = New(Kind::kMatrix, begin, static_cast<uint16_t>(columns));
  if (matrix == nullptr) return nullptr;
  if (!arena_->SetChildren(matrix, cells.data(), cells.size())) {
    return Exhausted();
  }
  const size_t at = token.text.find("matrix");
  if (at != std::string_view::npos && at > 0 && token.text[0] != 's') {
    matrix->text = token.text.substr(0, 1);
  }
  return matrix;
}

// \left\{ \begin{array}{l} ... \end{array} \right.: a column is a system, two
// are values and conditions.
const Expr* Parser::ParseSystem(const Expr* array, uint32_t begin) {
  if (array->kind == Kind::kList) return array;
  if (array->kind != Kind::kMatrix || !array->text.empty() ||
      array->detail > 2) {
    return Fail("a column or two of cases");
  }
  const Nodes parts(array->children().begin(), array->children().end());
  return MakeAll(array->detail == 1 ? Kind::kList : Kind::kPiecewise, begin,
                 parts);
}

// \begin{cases} value & condition \\ ... \end{cases}; rows without & are a
// system.
const Expr* Parser::ParseCases(uint32_t begin) {
  Advance();
  Inside inside(this);
  ++bracket_nesting_;
  Nodes parts;
  bool system = false;
  bool piecewise = false;
  while (Next() != Tok::kEndEnvironment) {
    const Expr* value = ParseItems(Until::kCell);
    if (value == nullptr) return nullptr;
    parts.push_back(value);
    if (Accept(Tok::kAmpersand)) {
      piecewise = true;
      const Expr* condition = ParseItems(Until::kCell);
      if (condition == nullptr) return nullptr;
      const bool otherwise =
          condition->kind == Kind::kText &&
          (condition->text == "otherwise" || condition->text == "else" ||
           condition->text == "elsewhere");
      if (!otherwise) parts.push_back(condition);
    } else {
      system = true;
    }
    if (Next() != Tok::kRowEnd && Next() != Tok::kEndEnvironment) {
      return Fail("\\\\ after a case");
    }
    while (Accept(Tok::kRowEnd)) {
    }
  }
  Advance();
  --bracket_nesting_;
  if (parts.empty() || (system && piecewise)) return Fail("cases");
  if (!system) return MakeAll(Kind::kPiecewise, begin, parts);
  if (parts.size() == 1) return parts[0];
  return MakeAll(Kind::kList, begin, parts);
}

}  // namespace assay::math
