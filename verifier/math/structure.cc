#include "verifier/math/structure.h"

#include <algorithm>
#include <map>
#include <utility>

#include "verifier/math/canonical.h"
#include "verifier/math/equations.h"
#include "verifier/math/prose.h"
#include "verifier/math/real_sets.h"
#include "verifier/math/resolve.h"
#include "verifier/math/rewrite.h"
#include "verifier/math/structure_kinds.h"
#include "verifier/math/truth.h"
#include "verifier/math/words.h"

namespace assay::math {
namespace {

bool IsWords(const Expr& e) {
  return e.kind == Kind::kText || e.kind == Kind::kBoolean ||
         e.kind == Kind::kChoice;
}

// Digits or single letters among the words.
bool SpeaksInSymbols(std::string_view words) {
  size_t length = 0;
  for (size_t i = 0; i <= words.size(); ++i) {
    const char c = i < words.size() ? words[i] : ' ';
    if (c >= '0' && c <= '9') return true;
    if (c != ' ') {
      ++length;
      continue;
    }
    if (length == 1 && words.size() > 1) return true;
    length = 0;
  }
  return false;
}

// A matrix of one row or one column, or no matrix.
bool IsFlat(const Expr& e) {
  return e.kind != Kind::kMatrix || e.detail <= 1 ||
         e.children_count == e.detail;
}

// p and q, as opposed to "x = 1 and x = 2", a way to write a list.
bool JoinsPropositions(const Expr& e) {
  if (e.kind != Kind::kAnd && e.kind != Kind::kOr) return false;
  for (const Expr* c : e.children()) {
    if (c->kind != Kind::kSymbol && c->kind != Kind::kNot &&
        !JoinsPropositions(*c)) {
      return false;
    }
  }
  return true;
}

// Which numbers a set is made of, where it says so: 'z' integers, 'q'
// rationals, 'r' reals, else ' '.
char NumbersOf(const Expr& e) {
  switch (e.kind) {
    case Kind::kInterval:
    case Kind::kTuple:
    case Kind::kUnion:
      return 'r';
    case Kind::kNamedSet:
      switch (static_cast<NamedSet>(e.detail)) {
        case NamedSet::kIntegers:
        case NamedSet::kNaturals:
        case NamedSet::kPositiveIntegers:
          return 'z';
        case NamedSet::kRationals:
          return 'q';
        case NamedSet::kReals:
          return 'r';
        default:
          return ' ';
      }
    case Kind::kSetBuilder: {
      for (const Expr* c : e.children()) {
        if (!IsRelation(*c, Relation::kIn)) continue;
        const char numbers = NumbersOf(c->child(1));
        if (numbers != ' ') return numbers;
      }
      return ' ';
    }
    case Kind::kRelation:
      return IsRelation(e, Relation::kIn) ? NumbersOf(e.child(1)) : ' ';
    default:
      return ' ';
  }
}

// |x| and its kin are made of pieces, though written as one formula.
bool HasPieces(const Expr& e) {
  return IsScalar(e) && Contains(e, [](const Expr& x) {
           return IsFunction(x, Function::kAbs) ||
                  IsFunction(x, Function::kMax) ||
                  IsFunction(x, Function::kMin) ||
                  IsFunction(x, Function::kFloor) ||
                  IsFunction(x, Function::kCeil) ||
                  IsFunction(x, Function::kSign) ||
                  IsFunction(x, Function::kSqrt) || x.kind == Kind::kRoot;
         });
}

bool IsSequence(const Expr& e) {
  return e.kind == Kind::kTuple || e.kind == Kind::kVector ||
         (e.kind == Kind::kMatrix && e.text != "v");
}

std::string LabelText(const Expr& label, Budget* budget) {
  // f(x) and f(t) are one label: its arguments may be renamed.
  if (label.kind == Kind::kApply) return std::string(label.child(0).text);
  if (label.kind == Kind::kText) return NormalizedWords(label.text);
  return CanonicalText(label, budget).value_or("");
}

const Expr* Stripped(const Expr* e, Arena* arena) {
  return SplitLabel(*e, arena).value;
}

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

}  // namespace

std::string_view Structure::Source(const Expr& e, std::string_view text) const {
  if (e.begin_bytes >= e.end_bytes || e.end_bytes > text.size()) return {};
  return text.substr(e.begin_bytes, e.end_bytes - e.begin_bytes);
}

Finding Structure::Compare(const Expr& gold, const Expr& answer) {
  std::set<std::string> integers;
  const Expr* g = Simplified(gold, ladder_->arena(), &integers);
  const Expr* a = Simplified(answer, ladder_->arena(), &integers);
  if (g == nullptr || a == nullptr) {
    return Finding::Undecided("structure", "the trees are too large");
  }
  for (const std::string& name : integers) ladder_->DeclareInteger(name);
  std::vector<std::string> notes;
  Resolve(&g, &a, ladder_->arena(), &notes);
  for (const std::string& note : notes) ladder_->Trace("structure: " + note);
  Finding f = Any(*g, *a);
  if (!f.equal()) return f;
  f.notes.insert(f.notes.end(), notes.begin(), notes.end());
  return f;
}

Finding Structure::Any(const Expr& gold, const Expr& answer) {
  struct Depth {
    explicit Depth(int* d) : d_(d) { ++*d_; }
    ~Depth() { --*d_; }
    int* d_;
  } depth(&depth_);
  if (depth_ > kDepthMax) {
    return Finding::Undecided("structure", "nested too deeply");
  }
  if (ladder_->budget()->exhausted()) {
    return Finding::Undecided("structure", "the operations budget is spent");
  }
  if (std::optional<bool> same =
          CompareTruth(gold, answer, ladder_->budget())) {
    ladder_->Trace("structure: truth tables compared");
    return *same ? Finding::Equal(Proof::kIdentical, "structure")
                 : Finding::Different("the truth tables differ");
  }
  if (std::optional<Finding> f = Words(gold, answer)) return *std::move(f);
  if (std::optional<Finding> f = Labels(gold, answer)) return *std::move(f);
  if (std::optional<Finding> f = Sets(gold, answer)) return *std::move(f);
  if (std::optional<Finding> f = Collections(gold, answer)) {
    return *std::move(f);
  }
  if (std::optional<Finding> f = Sequences(gold, answer)) {
    return *std::move(f);
  }
  if (std::optional<Finding> f = Statements(gold, answer)) {
    return *std::move(f);
  }
  if (IsScalar(gold) && IsScalar(answer)) return Scalars(gold, answer);
  if (gold.kind == answer.kind) return SameKind(gold, answer);
  const bool pieces =
      gold.kind == Kind::kPiecewise || answer.kind == Kind::kPiecewise;
  if (pieces && HasPieces(gold.kind == Kind::kPiecewise ? answer : gold)) {
    return Finding::Undecided("structure", "pieces against one formula");
  }
  if (IsScalar(gold) != IsScalar(answer)) {
    return Finding::Different("a value against a structure");
  }
  return Finding::Different("structures of other kinds");
}

std::optional<Finding> Structure::Words(const Expr& gold, const Expr& answer) {
  if (!IsWords(gold) && !IsWords(answer)) return std::nullopt;
  if (gold.kind == answer.kind && gold.kind != Kind::kText) {
    return gold.detail == answer.detail
               ? Finding::Equal(Proof::kIdentical, "text")
               : Finding::Different("another choice or truth value");
  }
  auto source = [this](const Expr& e, std::string_view text) {
    return e.kind == Kind::kText ? e.text : Source(e, text);
  };
  const std::string_view g = source(gold, gold_text_);
  const std::string_view a = source(answer, answer_text_);
  const std::string x = CanonicalPhrase(NormalizedWords(g));
  const std::string y = CanonicalPhrase(NormalizedWords(a));
  // Around numbers and single letters brackets count: P(A|B), [1, 2).
  const bool brackets = SpeaksInSymbols(x) && BracketsOf(g) != BracketsOf(a);
  if (!x.empty() && x == y && !brackets) {
    ladder_->Trace("text: the same words");
    return Finding::Equal(Proof::kIdentical, "text");
  }
  ladder_->Trace("text: \"" + x + "\" is not \"" + y + "\"");
  return Finding::Different("the words differ");
}

Finding Structure::BothLabelled(const Expr& gold, const Labelled& g,
                                const Expr& answer, const Labelled& a) {
  const std::string x = LabelText(*g.label, ladder_->budget());
  const std::string y = LabelText(*a.label, ladder_->budget());
  Rewriter w(ladder_->arena());
  if (x == y) {
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
      return CompareEquations(gold, answer, ladder_);
    }
    if (IsCollection(gold) && IsCollection(answer)) return std::nullopt;
    ladder_->Trace("structure: a label on one side is stripped");
    return Any(*g.value, *a.value);
  }
  return std::nullopt;
}

std::optional<Finding> Structure::Sets(const Expr& gold, const Expr& answer) {
  if (!IsRealSet(gold) && !IsRealSet(answer)) return std::nullopt;
  if (IsOrder(gold) && IsOrder(answer)) {
    std::set<std::string> names;
    FreeSymbols(gold, &names);
    FreeSymbols(answer, &names);
    if (names.size() > 1) return CompareInequalities(gold, answer, ladder_);
  }
  std::optional<RealSet> x = ReadRealSet(gold, ladder_);
  std::optional<RealSet> y = ReadRealSet(answer, ladder_);
  if (x && y) {
    const char g = NumbersOf(gold), a = NumbersOf(answer);
    if (g != a && g != ' ' && a != ' ') {
      return Finding::Different("sets of other kinds of numbers");
    }
    Finding f = CompareRealSets(
        *x, *y, [this](const Expr& g, const Expr& a) { return Any(g, a); },
        ladder_);
    if (f.equal() && gold.kind != answer.kind) {
      f.notes.push_back("interval notation equals inequalities");
    }
    return f;
  }
  // A set against a lone value: another kind.
  if (x.has_value() != y.has_value()) {
    const Expr& other = x ? answer : gold;
    if (IsScalar(other) && !ContainsKind(other, Kind::kPlusMinus)) {
      return Finding::Different("a set against a value");
    }
  }
  return std::nullopt;
}

std::optional<Finding> Structure::Collections(const Expr& gold,
                                              const Expr& answer) {
  if (!IsCollection(gold) && !IsCollection(answer)) return std::nullopt;
  Arena* arena = ladder_->arena();
  std::vector<const Expr*> x, y;
  if (!Members(gold, arena, &x) || !Members(answer, arena, &y)) {
    return Finding::Undecided("structure", "too many items");
  }
  if (gold.kind != answer.kind && JoinsPropositions(gold) &&
      JoinsPropositions(answer)) {
    return Finding::Different("and against or");
  }
  if (IsCollection(gold) != IsCollection(answer)) {
    const Expr& other = IsCollection(gold) ? answer : gold;
    std::vector<const Expr*>& items = IsCollection(gold) ? x : y;
    const Expr* inner = Stripped(&other, arena);
    if (IsSequence(*inner) && !IsFlat(*inner)) {
      return Finding::Different("a matrix against a list");
    }
    const Expr& collection = IsCollection(gold) ? gold : answer;
    if (IsSequence(*inner) && collection.kind == Kind::kSet &&
        items.size() > 1) {
      return Finding::Different("a set against a tuple");
    }
    if (IsSequence(*inner) && inner->children_count == items.size() &&
        items.size() > 1 && !ContainsKind(*inner, Kind::kPlusMinus)) {
      std::vector<const Expr*> members = ChildrenOf(*inner);
      return &items == &x ? ListAndTuple(items, members)
                          : ListAndTuple(members, items);
    }
  }
  auto labelled = [arena](const std::vector<const Expr*>& items) {
    return !items.empty() &&
           std::all_of(items.begin(), items.end(), [arena](const Expr* e) {
             return SplitLabel(*e, arena).label != nullptr;
           });
  };
  const bool by_label = labelled(x) && labelled(y);
  if (!by_label) {
    for (std::vector<const Expr*>* items : {&x, &y}) {
      for (const Expr*& e : *items) e = Stripped(e, arena);
    }
  }
  const bool sets = gold.kind == Kind::kSet || answer.kind == Kind::kSet;
  if (by_label) return ByLabel(std::move(x), std::move(y));
  if (ladder_->policy().ordered_lists && !sets) return InOrder(x, y);
  return Match(std::move(x), std::move(y), sets);
}

// Every item has a label, and equal items have equal labels.
Finding Structure::ByLabel(std::vector<const Expr*> gold,
                           std::vector<const Expr*> answer) {
  Arena* arena = ladder_->arena();
  auto groups = [&](const std::vector<const Expr*>& items) {
    std::map<std::string, std::vector<const Expr*>> result;
    for (const Expr* e : items) {
      const Labelled l = SplitLabel(*e, arena);
      result[LabelText(*l.label, ladder_->budget())].push_back(e);
    }
    return result;
  };
  const auto x = groups(gold), y = groups(answer);
  bool same = x.size() == y.size();
  for (const auto& [label, items] : x) same &= y.count(label) > 0;
  if (!same) {
    for (std::vector<const Expr*>* items : {&gold, &answer}) {
      for (const Expr*& e : *items) e = Stripped(e, arena);
    }
    Finding f = Match(std::move(gold), std::move(answer), false);
    if (!f.equal()) return f;
    return Finding::Undecided("structure", "equal values, other labels");
  }
  Finding total = Finding::Equal(Proof::kIdentical, "structure");
  for (const auto& [label, items] : x) {
    Finding f = Match(items, y.at(label), false);
    if (f.different()) return f;
    total = Both(std::move(total), std::move(f));
  }
  return total;
}

Finding Structure::ListAndTuple(const std::vector<const Expr*>& gold,
                                const std::vector<const Expr*>& answer) {
  std::vector<const Expr*> x = gold, y = answer;
  for (std::vector<const Expr*>* items : {&x, &y}) {
    for (const Expr*& e : *items) e = Stripped(e, ladder_->arena());
  }
  Finding f = InOrder(x, y);
  if (f.equal()) return std::move(f).Note("a tuple read as a list");
  if (Match(x, y, false).equal()) {
    return Finding::Undecided("structure", "a tuple and a list in other order");
  }
  return f;
}

Finding Structure::InOrder(const std::vector<const Expr*>& gold,
                           const std::vector<const Expr*>& answer) {
  if (gold.size() != answer.size()) {
    return Finding::Different("another number of items");
  }
  Finding total = Finding::Equal(Proof::kIdentical, "structure");
  for (size_t i = 0; i < gold.size(); ++i) {
    Finding f = Any(*gold[i], *answer[i]);
    if (f.different()) return f;
    total = Both(std::move(total), std::move(f));
  }
  return total;
}

// As multisets, or as sets: first by canonical text, then pair by pair.
Finding Structure::Match(std::vector<const Expr*> gold,
                         std::vector<const Expr*> answer, bool as_sets) {
  auto open_ended = [](const std::vector<const Expr*>& items) {
    return std::any_of(items.begin(), items.end(), [](const Expr* e) {
      return e->kind == Kind::kEllipsis;
    });
  };
  const bool endless = open_ended(gold) || open_ended(answer);
  if (!as_sets && gold.size() != answer.size() && !endless) {
    return Finding::Different(std::to_string(gold.size()) + " items against " +
                              std::to_string(answer.size()));
  }
  ladder_->Trace("structure: " + std::to_string(gold.size()) + " and " +
                 std::to_string(answer.size()) + " items, in any order");
  if (!ladder_->budget()->Spend(8 * (gold.size() + answer.size()))) {
    return Finding::Undecided("structure", "the operations budget is spent");
  }
  std::map<std::string, std::vector<size_t>> waiting;
  std::vector<bool> met(answer.size(), false);
  for (size_t j = 0; j < answer.size(); ++j) {
    if (auto text = CanonicalText(*answer[j], ladder_->budget())) {
      waiting[*text].push_back(j);
    }
  }
  std::vector<const Expr*> left;
  for (const Expr* g : gold) {
    auto text = CanonicalText(*g, ladder_->budget());
    auto it = text ? waiting.find(*text) : waiting.end();
    if (it == waiting.end() || it->second.empty()) {
      left.push_back(g);
      continue;
    }
    if (as_sets) {
      for (size_t j : it->second) met[j] = true;
    } else {
      met[it->second.back()] = true;
      it->second.pop_back();
    }
  }
  std::vector<size_t> open;
  for (size_t j = 0; j < answer.size(); ++j) {
    if (!met[j]) open.push_back(j);
  }
  if (left.size() > kPairwiseItemsMax || open.size() > kPairwiseItemsMax) {
    return Finding::Undecided("structure", "too many items to compare");
  }
  if (endless && !(left.empty() && open.empty())) {
    return Finding::Undecided("structure", "a list that goes on");
  }
  Finding total = Finding::Equal(Proof::kIdentical, "structure");
  std::string undecided;
  auto partner = [&](const Expr& g, const Expr& a) {
    Finding f = Any(g, a);
    if (f.undecided()) undecided = f.reason;
    if (!f.equal()) return false;
    total = Both(std::move(total), std::move(f));
    return true;
  };
  auto missing = [&]() {
    if (!undecided.empty()) return Finding::Undecided("structure", undecided);
    return Finding::Different("an item has no equal on the other side");
  };
  std::vector<bool> used(open.size(), false);
  for (const Expr* g : left) {
    bool found = false;
    for (size_t k = 0; k < open.size() && !found; ++k) {
      if (used[k] && !as_sets) continue;
      if (partner(*g, *answer[open[k]])) found = used[k] = true;
    }
    if (found) continue;
    if (as_sets) {
      // It may repeat an item that another one met already.
      for (size_t j = 0; j < answer.size() && !found; ++j) {
        if (met[j]) found = partner(*g, *answer[j]);
      }
      if (found) continue;
    }
    return missing();
  }
  for (size_t k = 0; k < open.size(); ++k) {
    if (used[k]) continue;
    bool found = false;
    for (size_t i = 0; as_sets && i < gold.size() && !found; ++i) {
      found = partner(*gold[i], *answer[open[k]]);
    }
    if (!found) return missing();
  }
  return total;
}

std::optional<Finding> Structure::Sequences(const Expr& gold,
                                            const Expr& answer) {
  if (!IsSequence(gold) || !IsSequence(answer)) return std::nullopt;
  if (gold.kind == Kind::kMatrix && answer.kind == Kind::kMatrix) {
    const bool same = gold.detail == answer.detail;
    if (!same || gold.children_count != answer.children_count) {
      return Finding::Different("matrices of other shapes");
    }
  } else if (!IsFlat(gold) || !IsFlat(answer)) {
    return Finding::Different("a matrix against a vector");
  }
  return InOrder(ChildrenOf(gold), ChildrenOf(answer));
}

}  // namespace assay::math
