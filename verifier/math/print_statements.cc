#include "absl/strings/str_cat.h"
#include "verifier/math/printer.h"

namespace assay::math {
namespace {

std::string_view RelationSign(Relation r) {
  switch (r) {
    case Relation::kEqual:
      return " = ";
    case Relation::kNotEqual:
      return " \\ne ";
    case Relation::kLess:
      return " < ";
    case Relation::kLessEqual:
      return " \\le ";
    case Relation::kGreater:
      return " > ";
    case Relation::kGreaterEqual:
      return " \\ge ";
    case Relation::kApproximate:
      return " \\approx ";
    case Relation::kIn:
      return " \\in ";
    case Relation::kNotIn:
      return " \\notin ";
    case Relation::kSubset:
      return " \\subset ";
    case Relation::kSubsetEqual:
      return " \\subseteq ";
    case Relation::kCongruent:
      return " \\equiv ";
    case Relation::kParallel:
      return " \\parallel ";
    case Relation::kPerpendicular:
      return " \\perp ";
    case Relation::kImplies:
      return " \\implies ";
    case Relation::kIff:
      return " \\iff ";
    case Relation::kMapsTo:
      return " \\mapsto ";
    case Relation::kProportional:
      return " \\propto ";
    case Relation::kDivides:
      return " \\mid ";
  }
  return "";
}

}  // namespace

void Printer::Collection(const Expr& e) {
  switch (e.kind) {
    case Kind::kList: {
      bool nested = false;
      for (const Expr* item : e.children()) {
        nested = nested || item->kind == Kind::kList;
      }
      return Join(e,
                  e.detail == 1 ? " \\text{ or } "
                  : nested      ? "; "
                                : ", ",
                  nested ? kItems : kStatement);
    }
    case Kind::kTuple:
      Add(e.detail == 1 ? "[" : "(");
      Join(e, ", ", kStatement);
      return Add(e.detail == 1 ? "]" : ")");
    case Kind::kSet:
      Add("\\{");
      Join(e, ", ", kStatement);
      return Add("\\}");
    case Kind::kInterval:
      Add(e.detail & 1 ? "[" : e.detail == 2 ? "(" : "]");
      Join(e, ", ", kStatement);
      return Add(e.detail & 2 ? "]" : e.detail == 1 ? ")" : "[");
    case Kind::kMatrix:
      return Matrix(e);
    case Kind::kVector:
      Add("\\langle ");
      Join(e, ", ", kStatement);
      return Add(" \\rangle ");
    case Kind::kUnion:
      return Join(e, " \\cup ", kIntersectionLevel);
    case Kind::kIntersection:
      return Join(e, " \\cap ", kModuloLevel);
    case Kind::kDifference:
      return Join(e, " \\setminus ", kIntersectionLevel);
    case Kind::kRatio:
      return Join(e, " : ", kUnionLevel);
    default:  // A set builder.
      Add("\\{");
      Write(e.child(0), kStatement);
      Add(" \\mid ");
      Join(e, ", ", e.children_count == 2 ? kItems : kStatement, 1);
      return Add("\\}");
  }
}

void Printer::Matrix(const Expr& e) {
  absl::StrAppend(&out_, "\\begin{", std::string(e.text), "matrix}");
  for (size_t i = 0; i < e.children_count; ++i) {
    if (i > 0) Add(i % e.detail == 0 ? " \\\\ " : " & ");
    Write(e.child(i), kItems);
  }
  absl::StrAppend(&out_, "\\end{", std::string(e.text), "matrix}");
}

void Printer::Statement(const Expr& e) {
  switch (e.kind) {
    case Kind::kRelation:
      return Relate(e);
    case Kind::kChain:
      for (size_t i = 0; i < e.children_count; ++i) {
        if (i > 0) Add(RelationSign(static_cast<Relation>(e.text[i - 1])));
        Write(e.child(i), kRatioLevel);
      }
      return;
    case Kind::kLabelled:
      return Labelled(e);
    case Kind::kAnd:
      return Join(e, " \\land ", kNegation);
    case Kind::kOr:
      return Join(e, " \\lor ", kConjunction);
    case Kind::kNot:
      Add("\\lnot ");
      return Write(e.child(0), kNegation);
    case Kind::kQuantifier:
      Add(e.detail == 1 ? "\\exists " : "\\forall ");
      Write(e.child(0), kComparison);
      Add(", ");
      return Write(e.child(1), kStatement);
    default:
      return Piecewise(e);
  }
}

void Printer::Relate(const Expr& e) {
  const Relation relation = static_cast<Relation>(e.detail);
  const bool weak =
      relation == Relation::kImplies || relation == Relation::kIff;
  const bool text = e.child(0).kind == Kind::kText;
  Write(e.child(0), weak ? kImplication : kRatioLevel);
  Add(RelationSign(relation));
  Write(e.child(1), weak ? kDisjunction : text ? kDisjunction : kRatioLevel);
  if (e.children_count != 3) return;
  Add(" \\pmod{");
  Write(e.child(2), kStatement);
  Add("}");
}

void Printer::Labelled(const Expr& e) {
  const Expr& label = e.child(0);
  if (label.text.size() == 1) {
    Add("(");
    Add(label.text);
    Add(") ");
  } else {
    Write(label, kAtom);
    Add(": ");
  }
  Write(e.child(1), kStatement);
}

void Printer::Piecewise(const Expr& e) {
  Add("\\begin{cases}");
  for (size_t i = 0; i < e.children_count; i += 2) {
    if (i > 0) Add(" \\\\ ");
    Write(e.child(i), kItems);
    Add(" & ");
    if (i + 1 < e.children_count) {
      Write(e.child(i + 1), kItems);
    } else {
      Add("\\text{otherwise}");
    }
  }
  Add("\\end{cases}");
}

void Printer::Binder(const Expr& e) {
  const auto scripts = [&](const Expr* low, const Expr* high) {
    if (low != nullptr) {
      Add("_{");
      Write(*low, kSumLevel);
      Add("}");
    }
    if (high != nullptr) {
      Add("^{");
      Write(*high, kSumLevel);
      Add("}");
    }
  };
  const auto variable = [&](const Expr& symbol) {
    symbol.text == "i" ? Add("i") : Symbol(symbol.text);
  };
  switch (e.kind) {
    case Kind::kSum:
    case Kind::kProduct:
      Add(e.kind == Kind::kSum ? "\\sum_{" : "\\prod_{");
      variable(e.child(0));
      if (e.children_begin[1] != nullptr) {
        Add(" = ");
        Write(e.child(1), kSumLevel);
      }
      Add("}");
      scripts(nullptr, e.children_begin[2]);
      Add(" ");
      return Write(e.child(3), kTerm);
    case Kind::kIntegral:
      Add("\\int");
      scripts(e.children_begin[1], e.children_begin[2]);
      Add(" ");
      Write(e.child(3), kSumLevel);
      Add(" \\, d");
      return variable(e.child(0));
    case Kind::kLimit:
      Add("\\lim_{");
      variable(e.child(0));
      Add(" \\to ");
      Write(e.child(1), e.detail == 0 ? kSumLevel : kAtom);
      if (e.detail != 0) Add(e.detail == 1 ? "^{+}" : "^{-}");
      Add("} ");
      return Write(e.child(2), kTerm);
    default: {
      const std::string order =
          e.detail > 1 ? absl::StrCat("^{", e.detail, "}") : "";
      absl::StrAppend(&out_, "\\frac{d", order, "}{d");
      variable(e.child(0));
      absl::StrAppend(&out_, order, "} ");
      return Write(e.child(1), kTerm);
    }
  }
}

}  // namespace assay::math
