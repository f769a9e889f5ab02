// Labels: "x = 3" against "x = 3", "y = 3" and 3.
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "verifier/math/equations.h"
#include "verifier/math/label_words.h"
#include "verifier/math/rewrite.h"
#include "verifier/math/structure.h"
#include "verifier/math/structure_kinds.h"
#include "verifier/math/words.h"

namespace assay::math {
namespace {

// (x, y) = (1, 2) as x = 1, y = 2.
bool Zip(const Expr& e, Rewriter* w, std::vector<const Expr*>* items) {
  if (!IsRelation(e, Relation::kEqual) || e.child(0).kind != Kind::kTuple ||
      e.child(1).kind != Kind::kTuple ||
      e.child(0).children_count != e.child(1).children_count) {
    return false;
  }
  for (size_t i = 0; i < e.child(0).children_count; ++i) {
    items->push_back(w->Node(Kind::kRelation,
                             {&e.child(0).child(i), &e.child(1).child(i)},
                             e.detail));
    if (items->back() == nullptr) return false;
  }
  return true;
}

bool IsShortWord(const Expr& e) {
  return e.kind == Kind::kText && NormalizedWords(e.text).size() <= 3 &&
         NormalizedWords(e.text).find_first_not_of("abcdefghijvx0123456789") ==
             std::string::npos;
}

// Of what both speak in words.
LabelWords CompareInWords(const Expr& a, const Expr& b) {
  if (a.kind == Kind::kText && b.kind == Kind::kText) {
    return CompareLabelWords(a.text, b.text);
  }
  const Expr& words = a.kind == Kind::kText ? a : b;
  return words.kind == Kind::kText && SaysNot(words.text)
             ? LabelWords::kOpposite
             : LabelWords::kAlike;
}

// Words of another script, whose kin nothing here knows.
bool IsForeign(const Expr& e) {
  return e.kind == Kind::kText && !e.text.empty() && (e.text[0] & 0x80) != 0;
}

// "(A) 3" and "(B) 3", f(2) = 5 and f(3) = 5, one angle and another: a value
// of one is none of the other.
bool NameOneOfMany(const Expr& a, const Expr& b) {
  if (IsShortWord(a) && IsShortWord(b)) return true;
  if (IsShape(a) && IsShape(b)) return true;
  return a.kind == Kind::kApply && b.kind == Kind::kApply &&
         a.child(0).text == b.child(0).text;
}

}  // namespace

Finding Structure::BothLabelled(const Expr& gold, const Labelled& g,
                                const Expr& answer, const Labelled& a) {
  std::string x = LabelText(*g.label, ladder_->budget());
  std::string y = LabelText(*a.label, ladder_->budget());
  // \angle A is called A.
  if (IsShape(*g.label) && x == "angle " + std::string(a.label->text)) y = x;
  if (IsShape(*a.label) && y == "angle " + std::string(g.label->text)) x = y;
  const LabelWords words =
      x == y ? LabelWords::kAlike : CompareInWords(*g.label, *a.label);
  if (x != y &&
      (NameOneOfMany(*g.label, *a.label) || words == LabelWords::kOpposite ||
       (IsForeign(*g.label) && IsForeign(*a.label)))) {
    return Finding::Different("another label");
  }
  const bool was_indexed = is_indexed_;
  const LabelKind was_label = label_;
  is_indexed_ = is_indexed_ || IsIndexed(*g.label) || IsIndexed(*a.label);
  label_ = IsUnknown(*g.label) && IsUnknown(*a.label) ? LabelKind::kUnknown
                                                      : LabelKind::kOther;
  Finding f = ByTheirLabels(gold, g, x == y, answer, a);
  is_indexed_ = was_indexed;
  label_ = was_label;
  if (f.equal() && words == LabelWords::kOther) {
    return Finding::Undecided("structure", "equal values, other labels");
  }
  return f;
}

Finding Structure::ByTheirLabels(const Expr& gold, const Labelled& g,
                                 bool alike, const Expr& answer,
                                 const Labelled& a) {
  Rewriter w(ladder_->arena());
  if (alike) {
    const Expr* value = a.value;
    if (g.label->kind == Kind::kApply && a.label->kind == Kind::kApply &&
        g.label->children_count == a.label->children_count) {
      // f(t) = t^2 + 1 is f(x) = x^2 + 1.
      for (size_t i = 1; i < g.label->children_count; ++i) {
        const Expr& from = a.label->child(i);
        const Expr& to = g.label->child(i);
        if (from.kind != Kind::kSymbol || to.kind != Kind::kSymbol ||
            from.text == to.text) {
          continue;
        }
        // In f(t) = 2x the x is no argument.
        const Expr* other = w.Symbol(std::string(to.text) + "~");
        if (other != nullptr) value = w.Substitute(*value, to.text, *other);
        if (other == nullptr || value == nullptr) {
          return Finding::Undecided("structure", "too large");
        }
        value = w.Substitute(*value, from.text, to);
        if (value == nullptr) {
          return Finding::Undecided("structure", "too large");
        }
      }
    }
    ladder_->Trace("structure: both labelled alike");
    return Any(*g.value, *value);
  }
  // x : y = 1 : 2 and y : x = 2 : 1.
  const bool ratios =
      (g.label->kind == Kind::kRatio || g.label->kind == Kind::kDivide) &&
      (a.label->kind == Kind::kRatio || a.label->kind == Kind::kDivide) &&
      g.label->children_count == 2 && a.label->children_count == 2;
  if (ratios && IsRelation(gold, Relation::kEqual) &&
      IsRelation(answer, Relation::kEqual)) {
    return CompareEquations(gold, answer, ladder_);
  }
  std::vector<const Expr*> xs, ys;
  if (Zip(gold, &w, &xs) && Zip(answer, &w, &ys)) {
    return ByLabel(std::move(xs), std::move(ys));
  }
  const bool named =
      g.label->kind == Kind::kText || a.label->kind == Kind::kText;
  if (!named && IsRelation(gold, Relation::kEqual) &&
      IsRelation(answer, Relation::kEqual) && IsScalar(*g.value) &&
      IsScalar(*a.value) && IsScalar(*g.label) && IsScalar(*a.label)) {
    std::set<std::string> names;
    FreeSymbols(*g.value, &names);
    FreeSymbols(*a.value, &names);
    const bool function =
        (g.label->kind == Kind::kApply) != (a.label->kind == Kind::kApply);
    if (!names.empty() && !(function && Any(*g.value, *a.value).equal())) {
      return CompareEquations(gold, answer, ladder_);
    }
  }
  Finding f = Any(*g.value, *a.value);
  // f(x) = E and y = E, where y is no argument.
  const bool function =
      (g.label->kind == Kind::kApply && a.label->kind == Kind::kSymbol) ||
      (g.label->kind == Kind::kSymbol && a.label->kind == Kind::kApply);
  if (f.equal() && function) {
    return std::move(f).Note("a function and its value: one label");
  }
  if (f.equal() && !named) {
    return Finding::Undecided("structure", "equal values, other labels");
  }
  return f;
}

std::optional<Finding> Structure::Labels(const Expr& gold, const Expr& answer) {
  const Labelled g = SplitLabel(gold, ladder_->arena());
  const Labelled a = SplitLabel(answer, ladder_->arena());
  if (g.label != nullptr && a.label != nullptr) {
    return BothLabelled(gold, g, answer, a);
  }
  if (g.value != &gold || a.value != &answer) {
    // An equation without a label against y = E.
    const Expr& other = g.label != nullptr ? *a.value : *g.value;
    const Expr& labelled = g.label != nullptr ? gold : answer;
    Rewriter w(ladder_->arena());
    std::vector<const Expr*> items;
    if (IsCollection(other) && Zip(labelled, &w, &items)) {
      std::vector<const Expr*> others;
      if (!Members(other, ladder_->arena(), &others)) return std::nullopt;
      const bool gold_first = g.label != nullptr;
      if (others.size() == items.size()) {
        bool all = true;
        for (const Expr* o : others) {
          all &= SplitLabel(*o, ladder_->arena()).label != nullptr;
        }
        if (all) {
          return gold_first ? ByLabel(std::move(items), std::move(others))
                            : ByLabel(std::move(others), std::move(items));
        }
      }
    }
    if ((g.label != nullptr || a.label != nullptr) &&
        IsRelation(other, Relation::kEqual) &&
        IsRelation(labelled, Relation::kEqual)) {
      // Two equations each.
      if (gold.contents.Has(Kind::kPlusMinus) ||
          answer.contents.Has(Kind::kPlusMinus)) {
        return std::nullopt;
      }
      return CompareEquations(gold, answer, ladder_);
    }
    if (IsCollection(gold) && IsCollection(answer)) return std::nullopt;
    ladder_->Trace("structure: a label on one side is stripped");
    const bool was_indexed = is_indexed_;
    const Expr* label = g.label != nullptr ? g.label : a.label;
    const LabelKind was_label = label_;
    if (label != nullptr && label->kind == Kind::kText &&
        SaysNot(label->text)) {
      return Finding::Different("a label that denies the value");
    }
    if (label != nullptr) {
      is_indexed_ = is_indexed_ || IsIndexed(*label);
      label_ = IsUnknown(*label) ? LabelKind::kUnknown : LabelKind::kOther;
    }
    Finding f = Any(*g.value, *a.value);
    is_indexed_ = was_indexed;
    label_ = was_label;
    return f;
  }
  return std::nullopt;
}

}  // namespace assay::math
