#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "verifier/math/parse.h"
#include "verifier/math/printer.h"

namespace assay::math {
namespace {

constexpr const char* kKindNames[] = {
    "number",     "constant",    "symbol",    "text",     "boolean",
    "choice",     "ellipsis",    "named set", "unit",     "add",
    "multiply",   "negate",      "divide",    "power",    "root",
    "plus-minus", "factorial",   "percent",   "quantity", "function",
    "apply",      "modulo",      "list",      "tuple",    "set",
    "interval",   "matrix",      "vector",    "union",    "intersection",
    "difference", "set builder", "ratio",     "relation", "chain",
    "labelled",   "and",         "or",        "not",      "quantifier",
    "piecewise",  "sum",         "product",   "integral", "limit",
    "derivative"};

// In the order of the enumeration.
constexpr const char* kRelationNames[] = {"=",
                                          "!=",
                                          "<",
                                          "<=",
                                          ">",
                                          ">=",
                                          "~",
                                          "in",
                                          "not in",
                                          "subset",
                                          "subset or equal",
                                          "congruent",
                                          "parallel",
                                          "perpendicular",
                                          "implies",
                                          "iff",
                                          "maps to",
                                          "proportional",
                                          "divides"};
static_assert(std::size(kRelationNames) ==
              static_cast<size_t>(Relation::kDivides) + 1);

// What `detail` says of this kind of node, in words where it has some.
void AppendDetail(const Expr& expr, std::string* out) {
  switch (expr.kind) {
    case Kind::kConstant:
    case Kind::kNamedSet:
    case Kind::kBoolean:
    case Kind::kChoice:
      absl::StrAppend(out, " ", absl::StripAsciiWhitespace(Print(expr)));
      return;
    case Kind::kFunction: {
      const std::string_view name =
          FunctionName(static_cast<Function>(expr.detail));
      absl::StrAppend(out, " ", absl::string_view(name.data(), name.size()));
      return;
    }
    case Kind::kRelation:
      absl::StrAppend(out, " ", kRelationNames[expr.detail]);
      return;
    default:
      if (expr.detail != 0) absl::StrAppend(out, " #", expr.detail);
  }
}

void Append(const Expr* expr, size_t indent, std::string* out) {
  out->append(2 * indent, ' ');
  if (expr == nullptr) {
    out->append("absent\n");
    return;
  }
  out->append(kKindNames[static_cast<size_t>(expr->kind)]);
  if (expr->kind == Kind::kNumber) {
    const Number& n = *expr->number;
    absl::StrAppend(out, " ",
                    absl::string_view(n.digits.data(), n.digits.size()));
    if (n.has_point) absl::StrAppend(out, " point ", n.fraction_digits);
    if (n.repeating_digits > 0) {
      absl::StrAppend(out, " repeating ", n.repeating_digits);
    }
    if (n.exponent != 0) absl::StrAppend(out, " exponent ", n.exponent);
    if (n.base != 10) absl::StrAppend(out, " base ", n.base);
  } else if (expr->kind == Kind::kChain) {
    for (char c : expr->text) {
      absl::StrAppend(out, " ", kRelationNames[static_cast<size_t>(c)]);
    }
  } else if (!expr->text.empty()) {
    absl::StrAppend(out, " \"",
                    absl::string_view(expr->text.data(), expr->text.size()),
                    "\"");
  }
  AppendDetail(*expr, out);
  out->push_back('\n');
  for (const Expr* child : expr->children()) Append(child, indent + 1, out);
}

// Printed on one line, where it is short.
std::string Short(const Expr& expr, size_t bytes_max) {
  constexpr uint16_t kPrintedDepthMax = 24;
  if (expr.depth > kPrintedDepthMax) return "";
  std::string text(absl::StripAsciiWhitespace(Print(expr)));
  if (text.size() > bytes_max || text.find('\n') != std::string::npos)
    return "";
  return text;
}

std::string KindOf(const Expr& expr) {
  std::string name = kKindNames[static_cast<size_t>(expr.kind)];
  if (expr.kind == Kind::kFunction) {
    const std::string_view function =
        FunctionName(static_cast<Function>(expr.detail));
    name.assign(function.data(), function.size());
  } else if (expr.kind == Kind::kRelation) {
    absl::StrAppend(&name, " ", kRelationNames[expr.detail]);
  }
  return name;
}

// One line for the node, then its children below lines of `prefix`.
void Draw(const Expr* expr, const std::string& prefix, std::string_view own,
          size_t kind_width, int* lines, std::string* out) {
  constexpr size_t kShortBytes = 56;
  constexpr uint16_t kSimpleDepth = 2;
  if (*lines >= kDrawnLinesMax) return;
  if (++*lines == kDrawnLinesMax) {
    absl::StrAppend(out, prefix, "...\n");
    return;
  }
  absl::StrAppend(out, absl::string_view(own.data(), own.size()));
  if (expr == nullptr) {
    out->append("absent\n");
    return;
  }
  const std::string kind = KindOf(*expr);
  const std::string text = Short(*expr, kShortBytes);
  out->append(kind);
  if (!text.empty()) {
    const size_t width = kind_width > kind.size() ? kind_width : kind.size();
    out->append(width - kind.size() + 2, ' ');
    out->append(text);
  }
  out->push_back('\n');
  if (expr->depth <= kSimpleDepth && !text.empty()) return;
  size_t width = 0;
  for (const Expr* child : expr->children()) {
    if (child != nullptr) width = std::max(width, KindOf(*child).size());
  }
  for (size_t i = 0; i < expr->children_count; ++i) {
    const bool last = i + 1 == expr->children_count;
    Draw(expr->children()[i], prefix + (last ? "   " : "\xE2\x94\x82  "),
         prefix +
             (last ? "\xE2\x94\x94\xE2\x94\x80 " : "\xE2\x94\x9C\xE2\x94\x80 "),
         width, lines, out);
  }
}

}  // namespace

std::string Drawing(const Expr& expr) {
  std::string out;
  int lines = 0;
  Draw(&expr, "", "", 0, &lines, &out);
  return out;
}

std::string Outline(const Expr& expr) {
  std::string out;
  Append(&expr, 0, &out);
  return out;
}

bool Same(const Expr& a, const Expr& b) {
  if (a.kind != b.kind || a.detail != b.detail || a.text != b.text ||
      a.children_count != b.children_count) {
    return false;
  }
  if (a.kind == Kind::kNumber) {
    const Number& m = *a.number;
    const Number& n = *b.number;
    if (m.digits != n.digits || m.fraction_digits != n.fraction_digits ||
        m.repeating_digits != n.repeating_digits || m.exponent != n.exponent ||
        m.base != n.base || m.has_point != n.has_point) {
      return false;
    }
  }
  for (size_t i = 0; i < a.children_count; ++i) {
    const Expr* x = a.children_begin[i];
    const Expr* y = b.children_begin[i];
    if ((x == nullptr) != (y == nullptr)) return false;
    if (x != nullptr && !Same(*x, *y)) return false;
  }
  return true;
}

}  // namespace assay::math
