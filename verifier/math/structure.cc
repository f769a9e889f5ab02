#include "verifier/math/structure.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "verifier/math/canonical.h"
#include "verifier/math/conditions.h"
#include "verifier/math/differentials.h"
#include "verifier/math/ellipsis.h"
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

// a < b < c: every member is a name.
bool IsOrderOfNames(const Expr& e) {
  for (const Expr* c : e.children()) {
    if (c->kind != Kind::kSymbol) return false;
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
  if (!IsScalar(e)) return false;
  for (Function f :
       {Function::kAbs, Function::kMax, Function::kMin, Function::kFloor,
        Function::kCeil, Function::kSign, Function::kSqrt}) {
    if (e.contents.Has(f)) return true;
  }
  return e.contents.Has(Kind::kRoot);
}

// 2k, k \ge 1, and 2k, k = 1, 2, 3, ...: not all integers.
void BoundIntegers(const Expr& e, Declared* declared) {
  if (e.kind != Kind::kList) return;
  for (const Expr* c : e.children()) {
    const bool listed =
        IsRelation(*c, Relation::kEqual) && c->child(0).kind == Kind::kSymbol &&
        IsParameterName(c->child(0).text) &&
        c->child(1).kind == Kind::kNumber && e.contents.Has(Kind::kEllipsis);
    if (!IsOrder(*c) && !listed && !IsRelation(*c, Relation::kNotEqual)) {
      continue;
    }
    std::set<std::string> names;
    FreeSymbols(*c, &names);
    for (const std::string& name : names) {
      const bool whole = declared->whole.erase(name) > 0;
      if (whole || (IsParameterName(name) && c != &e.child(0))) {
        declared->partial.insert(name);
      }
    }
  }
}

// x = y = z = 1 beside a tuple or statements of several letters: one
// statement a letter. Null where the arena is full.
const Expr* NamesApart(const Expr& e, const Expr& other, Arena* arena) {
  if (e.kind != Kind::kChain) return &e;
  const bool several =
      other.kind == Kind::kChain || other.kind == Kind::kTuple ||
      IsCollection(other) ||
      (IsRelation(other, Relation::kEqual) &&
       (other.child(0).kind == Kind::kTuple ||
        (IsPlainLetter(other.child(0)) && IsPlainLetter(e.child(0)) &&
         IsPlainLetter(e.child(1)))));
  if (!several) return &e;
  Rewriter w(arena);
  const Expr& value = e.child(e.children_count - 1);
  std::set<std::string> names;
  FreeSymbols(value, &names);
  std::vector<const Expr*> parts;
  for (size_t i = 0; i + 1 < e.children_count; ++i) {
    if (!names.empty() || e.text[i] != static_cast<char>(Relation::kEqual) ||
        e.child(i).kind != Kind::kSymbol) {
      return &e;
    }
    parts.push_back(w.Node(Kind::kRelation, {&e.child(i), &value},
                           static_cast<uint16_t>(Relation::kEqual)));
    if (parts.back() == nullptr) return nullptr;
  }
  return w.Node(Kind::kList, parts);
}

// What has several parts that share their letters.
bool IsOneThing(const Expr& e) {
  switch (e.kind) {
    case Kind::kTuple:
    case Kind::kVector:
    case Kind::kMatrix:
    case Kind::kInterval:
    case Kind::kChain:
    case Kind::kPiecewise:
    case Kind::kAnd:
    case Kind::kSetBuilder:
      return true;
    case Kind::kList:
      // x = 2t + 1, y = 3t - 1, and not x = 2k\pi, x = \pi/3 + k\pi.
      return e.detail == 0 && e.children_count > 1 &&
             IsRelation(e.child(0), Relation::kEqual) &&
             IsRelation(e.child(1), Relation::kEqual) &&
             e.child(0).child(0).text != e.child(1).child(0).text;
    case Kind::kRelation:
      return e.child(1).kind == Kind::kTuple ||
             e.child(1).kind == Kind::kMatrix ||
             e.child(1).kind == Kind::kVector;
    default:
      return false;
  }
}

// 3k for integers and 3k for reals, 2k - 1 from k = 0 and from k = 1: where
// both sides say which numbers a letter stands for.
std::optional<Finding> OtherSets(const Declared& gold, const Declared& answer,
                                 const Expr& g, const Expr& a, Arena* arena) {
  auto compare = [&](NamedSet x, NamedSet y) -> std::optional<Finding> {
    if (x == y) return std::nullopt;
    if (IsIntegral(x) != IsIntegral(y)) {
      return Finding::Different("a letter that stands for other numbers");
    }
    if (!IsIntegral(x)) {
      return Finding::Undecided("structure", "a letter of other sets");
    }
    // N and N^* of an index are not always told apart.
    bool indexed = false;
    for (const Expr* side : {&g, &a}) {
      const Expr* label = SplitLabel(*side, arena).label;
      indexed |= label != nullptr && IsIndexed(*label);
    }
    const bool naturals =
        x != NamedSet::kIntegers && y != NamedSet::kIntegers && IsIntegral(x);
    if (indexed || !naturals) return std::nullopt;
    return Finding::Undecided("structure", "a letter of other sets");
  };
  for (const auto& [name, set] : gold.sets) {
    const auto it = answer.sets.find(name);
    if (it == answer.sets.end()) continue;
    if (auto f = compare(set, it->second)) return f;
  }
  if (gold.sets.size() == 1 && answer.sets.size() == 1) {
    return compare(gold.sets.begin()->second, answer.sets.begin()->second);
  }
  return std::nullopt;
}

}  // namespace

std::string_view Structure::Source(const Expr& e, std::string_view text) const {
  if (e.begin_bytes >= e.end_bytes || e.end_bytes > text.size()) return {};
  return text.substr(e.begin_bytes, e.end_bytes - e.begin_bytes);
}

Finding Structure::Compare(const Expr& gold, const Expr& answer) {
  if (IsPlainNumber(gold) && IsPlainNumber(answer)) {
    return Scalars(gold, answer);
  }
  Declared g_own, a_own;
  Arena* arena = ladder_->arena();
  const Expr* g = NamesApart(gold, answer, arena);
  const Expr* a = NamesApart(answer, gold, arena);
  if (g != nullptr) g = Simplified(*g, arena, &g_own);
  if (a != nullptr) a = Simplified(*a, arena, &a_own);
  if (g == nullptr || a == nullptr) {
    return Finding::Undecided("structure", "the trees are too large");
  }
  BoundIntegers(*g, &g_own);
  BoundIntegers(*a, &a_own);
  const Declared* declared[] = {&g_own, &a_own};
  for (size_t i = 0; i < 2; ++i) {
    whole_[i] = declared[i]->whole;
    partial_[i] = declared[i]->partial;
    for (const auto* names : {&whole_[i], &partial_[i]}) {
      for (const std::string& name : *names) ladder_->DeclareInteger(name);
    }
  }
  if (std::optional<Finding> f = OtherSets(g_own, a_own, *g, *a, arena)) {
    return *std::move(f);
  }
  std::vector<std::string> notes;
  Resolve(&g, &a, ladder_->arena(), &notes);
  for (const std::string& note : notes) ladder_->Trace("structure: " + note);
  g = NamedDifferentials(*g, gold_text_, arena);
  a = NamedDifferentials(*a, answer_text_, arena);
  if (g == nullptr || a == nullptr) {
    return Finding::Undecided("structure", "the trees are too large");
  }
  roots_[0] = g;
  roots_[1] = a;
  Finding f = Dotted(*g, *a);
  if (!f.equal()) return f;
  f.notes.insert(f.notes.end(), notes.begin(), notes.end());
  return f;
}

// Where dots stand, what they stand for is compared: of n terms, for some n.
Finding Structure::Dotted(const Expr& gold, const Expr& answer) {
  if (!gold.contents.Has(Kind::kEllipsis) &&
      !answer.contents.Has(Kind::kEllipsis)) {
    return Any(gold, answer);
  }
  if (std::optional<std::string> x = CanonicalText(gold, ladder_->budget())) {
    if (CanonicalText(answer, ladder_->budget()) == x) {
      return Finding::Equal(Proof::kIdentical, "canonical");
    }
  }
  Arena* arena = ladder_->arena();
  std::string name = LetterOfEllipsis(gold);
  const std::string other = LetterOfEllipsis(answer);
  if (name.empty()) name = other;
  if (!other.empty() && other != name) return Any(gold, answer);
  constexpr int64_t kFirst = 4, kLast = 7;
  Finding total = Finding::Equal(Proof::kIdentical, "structure");
  for (int64_t n = kFirst; n <= (name.empty() ? kFirst : kLast); ++n) {
    const Expr* g = WrittenOut(gold, name, n, arena, ladder_->budget());
    const Expr* a = g == nullptr
                        ? nullptr
                        : WrittenOut(answer, name, n, arena, ladder_->budget());
    if (a == nullptr) return Any(gold, answer);
    auto endless = [](const Expr& e) {
      return e.children_count == kEndlessTerms + 1 &&
             e.child(kEndlessTerms).kind == Kind::kEllipsis;
    };
    Finding f;
    if (endless(*g) && endless(*a)) {
      f = InOrder(ChildrenOf(*g), ChildrenOf(*a));
    } else {
      f = Any(*g, *a);
    }
    if (!f.equal()) {
      ladder_->Trace("structure: dots written out, " + name + " = " +
                     std::to_string(n));
      return f;
    }
    total = Both(std::move(total), std::move(f));
  }
  if (name.empty()) return std::move(total).Note("dots written out");
  total.proof = Proof::kSampled;
  if (ladder_->policy().strict) {
    return Finding::Undecided("structure", "sampled, not proved");
  }
  return std::move(total).Note("dots written out for " + name + " = 4 to 7");
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
  if (!tied_ && ladder_->HasIntegers() && IsOneThing(gold) &&
      IsOneThing(answer)) {
    return Tied(gold, answer);
  }
  return AnyInside(gold, answer);
}

Finding Structure::AnyInside(const Expr& gold, const Expr& answer) {
  if (IsShape(gold) && IsShape(answer)) {
    return LabelText(gold, ladder_->budget()) ==
                   LabelText(answer, ladder_->budget())
               ? Finding::Equal(Proof::kIdentical, "text")
               : Finding::Different("another angle or triangle");
  }
  if (IsPlain(gold) && IsPlain(answer)) return Scalars(gold, answer);
  if (gold.kind == Kind::kModulo && answer.kind == Kind::kModulo &&
      gold.children_count == 2 && answer.children_count == 2 &&
      !Any(gold.child(1), answer.child(1)).equal()) {
    return Finding::Undecided("structure", "another modulus");
  }
  if (std::optional<bool> same =
          CompareTruth(gold, answer, ladder_->budget())) {
    ladder_->Trace("structure: truth tables compared");
    return *same ? Finding::Equal(Proof::kIdentical, "structure")
                 : Finding::Different("the truth tables differ");
  }
  if (std::optional<Finding> f = Words(gold, answer)) return *std::move(f);
  if (std::optional<Finding> f = Congruences(gold, answer)) {
    return *std::move(f);
  }
  if (std::optional<Finding> f = Solutions(gold, answer)) return *std::move(f);
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
  if (pieces && (IsScalar(gold) || IsScalar(answer))) {
    if (std::optional<Finding> f = ByPieces(gold, answer)) return *std::move(f);
  }
  if (pieces && HasPieces(gold.kind == Kind::kPiecewise ? answer : gold)) {
    return Finding::Undecided("structure", "pieces against one formula");
  }
  if (IsScalar(gold) != IsScalar(answer)) {
    return Finding::Different("a value against a structure");
  }
  return Finding::Different("structures of other kinds");
}

bool Structure::KnowBoth(const std::string& x, const std::string& y) const {
  if (x.empty() || y.empty() || x == y) return false;
  for (const Expr* root : roots_) {
    std::set<std::string> names;
    if (root != nullptr) FreeSymbols(*root, &names);
    if (names.count(x) == 0 || names.count(y) == 0) return false;
  }
  return true;
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
  // "the function is odd" and "odd"
  if (!SpeaksInSymbols(x) || !SpeaksInSymbols(y)) {
    const std::string& word = SpeaksInSymbols(x) || x.size() > y.size() ? y : x;
    const std::string& sentence = &word == &x ? y : x;
    if (!word.empty() && SaidOfSubject(sentence) == word) {
      ladder_->Trace("text: what the sentence says is \"" + word + "\"");
      return Finding::Equal(Proof::kIdentical, "text")
          .Note("a sentence and what it says");
    }
  }
  if (ladder_->tracing()) {
    ladder_->Trace("text: \"" + x + "\" is not \"" + y + "\"");
  }
  return Finding::Different("the words differ");
}

std::optional<Finding> Structure::Sets(const Expr& gold, const Expr& answer) {
  if (!IsRealSet(gold) && !IsRealSet(answer)) return std::nullopt;
  if (gold.kind == Kind::kChain && answer.kind == Kind::kChain) {
    std::set<std::string> names;
    FreeSymbols(gold, &names);
    FreeSymbols(answer, &names);
    if (names.size() > 1 && !ReadRealSet(gold, ladder_)) return std::nullopt;
    // a < b < c is an order of three, no interval of b.
    if (names.size() > 1 && IsOrderOfNames(gold)) return std::nullopt;
  }
  if (IsOrder(gold) && IsOrder(answer)) {
    std::set<std::string> names;
    FreeSymbols(gold, &names);
    FreeSymbols(answer, &names);
    if (names.size() > 1) return CompareInequalities(gold, answer, ladder_);
  }
  const char g = NumbersOf(gold), a = NumbersOf(answer);
  if (g != a && g != ' ' && a != ' ') {
    return Finding::Different("sets of other kinds of numbers");
  }
  // A list of the elements is their set.
  auto braced = [this](const Expr& e, const Expr& other) {
    const bool list = e.kind == Kind::kList && other.kind == Kind::kSetBuilder;
    return list ? Rewriter(ladder_->arena()).Node(Kind::kSet, ChildrenOf(e))
                : &e;
  };
  const Expr* g_set = braced(gold, answer);
  const Expr* a_set = braced(answer, gold);
  if (g_set == nullptr || a_set == nullptr) return std::nullopt;
  std::optional<RealSet> x = ReadRealSet(*g_set, ladder_);
  std::optional<RealSet> y = ReadRealSet(*a_set, ladder_);
  if (x && y) {
    if (KnowBoth(x->variable, y->variable)) {
      return Finding::Different("inequalities in " + x->variable + " and in " +
                                y->variable);
    }
    Finding f = CompareRealSets(
        *x, *y, [this](const Expr& x, const Expr& y) { return Any(x, y); },
        ladder_);
    if (f.equal() && gold.kind != answer.kind) {
      f.notes.push_back("interval notation equals inequalities");
    }
    return f;
  }
  // A set against a lone value: another kind.
  if (x.has_value() != y.has_value()) {
    const Expr& other = x ? answer : gold;
    if (IsScalar(other) && !other.contents.Has(Kind::kPlusMinus)) {
      return Finding::Different("a set against a value");
    }
  }
  return std::nullopt;
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
  if (gold.contents.Has(Kind::kPlusMinus) ||
      answer.contents.Has(Kind::kPlusMinus)) {
    // (\pm 1, \mp 2) has its upper signs together.
    const std::vector<const Expr*> x = Alternatives(gold, ladder_->arena());
    const std::vector<const Expr*> y = Alternatives(answer, ladder_->arena());
    if (x.back() == nullptr || y.back() == nullptr) {
      return Finding::Undecided("structure", "too large");
    }
    return Match(x, y, false);
  }
  return InOrder(ChildrenOf(gold), ChildrenOf(answer));
}

}  // namespace assay::math
