#include "verifier/math/meaning.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "verifier/math/conditions.h"
#include "verifier/math/prose.h"
#include "verifier/math/rewrite.h"
#include "verifier/math/vector_algebra.h"
#include "verifier/math/words.h"

namespace assay::math {
namespace {

bool IsEquality(char code) {
  return code == static_cast<char>(Relation::kEqual);
}

bool IsApproximate(char code) {
  return code == static_cast<char>(Relation::kApproximate);
}

// x = 2y = 3z, (x - 1)/2 = y/3 = z/4: equations of several letters, of which
// the last member alone would say nothing.
bool IsSystem(const std::vector<const Expr*>& members) {
  std::set<std::string> before, last;
  const bool label = IsPlainLetter(*members[0]);
  for (size_t i = label ? 1 : 0; i + 1 < members.size(); ++i) {
    FreeSymbols(*members[i], &before);
  }
  FreeSymbols(*members.back(), &last);
  if (label) before.insert(std::string(members[0]->text));
  for (const std::string& name : last) {
    if (name.size() == 1 && before.count(name) == 0) return true;
  }
  return false;
}

// A chain's meaning: approximations dropped, then the last member after "=".
const Expr* ChainValue(const Expr& e, Arena* arena) {
  std::vector<const Expr*> members = {&e.child(0)};
  std::string relations;
  for (size_t i = 0; i < e.text.size() && i + 1 < e.children_count; ++i) {
    // What follows an approximation is approximate too.
    if (IsApproximate(e.text[i])) break;
    relations.push_back(e.text[i]);
    members.push_back(&e.child(i + 1));
  }
  Rewriter w(arena);
  if (members.size() == 1) return members[0];
  bool equalities = true;
  for (char r : relations) equalities &= IsEquality(r);
  if (members.size() == 2) {
    return w.Node(Kind::kRelation, members, relations[0]);
  }
  if (equalities && IsSystem(members)) {
    return relations.size() == e.text.size()
               ? &e
               : w.Node(Kind::kChain, members, 0, relations);
  }
  if (equalities) {
    const Expr& first = *members[0];
    // "f(x) = ... = E" keeps its label.
    const bool label = first.kind == Kind::kSymbol ||
                       first.kind == Kind::kApply || first.kind == Kind::kText;
    if (!label) return members.back();
    return w.Node(Kind::kRelation, {members[0], members.back()},
                  static_cast<uint16_t>(Relation::kEqual));
  }
  if (relations.size() == e.text.size()) return &e;
  return w.Node(Kind::kChain, members, 0, relations);
}

void Declare(const std::string& name, const Expr& e, Declared* declared) {
  declared->sets[name] = e.kind == Kind::kText
                             ? NamedSet::kIntegers
                             : static_cast<NamedSet>(e.child(1).detail);
  (DeclaresAll(e) ? declared->whole : declared->partial).insert(name);
}

// x \equiv 1, 4 \pmod 5: one congruence each.
const Expr* Distributed(const Expr& e, Arena* arena) {
  if (e.kind != Kind::kList || e.children_count < 2 ||
      !IsRelation(e.child(0), Relation::kCongruent) ||
      e.child(0).children_count != 2 ||
      e.child(e.children_count - 1).kind != Kind::kModulo) {
    return &e;
  }
  Rewriter w(arena);
  const Expr& last = e.child(e.children_count - 1);
  std::vector<const Expr*> parts;
  for (size_t i = 0; i < e.children_count; ++i) {
    const Expr* residue = i == 0                      ? &e.child(0).child(1)
                          : i + 1 == e.children_count ? &last.child(0)
                                                      : &e.child(i);
    if (residue->kind == Kind::kRelation) return &e;
    parts.push_back(w.Node(Kind::kRelation,
                           {&e.child(0).child(0), residue, &last.child(1)},
                           static_cast<uint16_t>(Relation::kCongruent)));
    if (parts.back() == nullptr) return nullptr;
  }
  return w.Node(Kind::kList, parts);
}

// What may be arithmetic of vectors.
bool IsArithmetic(const Expr& e) {
  switch (e.kind) {
    case Kind::kAdd:
    case Kind::kMultiply:
    case Kind::kNegate:
    case Kind::kDivide:
    case Kind::kPower:
    case Kind::kFunction:
      return true;
    default:
      return false;
  }
}

// "x \in \mathbb{R}" behind a value or an equation says nothing new.
bool IsDomain(const Expr& e, const Expr& first) {
  if (!IsRelation(e, Relation::kIn) || e.child(0).kind != Kind::kSymbol ||
      e.child(1).kind != Kind::kNamedSet) {
    return false;
  }
  const NamedSet set = static_cast<NamedSet>(e.child(1).detail);
  const bool wide = set == NamedSet::kReals || set == NamedSet::kComplex;
  return wide && (IsArithmetic(first) || IsRelation(first, Relation::kEqual));
}

// x > 2, x \in \mathbb{Z}: the integers of a set.
const Expr* IntegersOf(const Expr& e, const Expr& declaration, Arena* arena) {
  const bool order = e.kind == Kind::kChain || IsRelation(e, Relation::kLess) ||
                     IsRelation(e, Relation::kLessEqual) ||
                     IsRelation(e, Relation::kGreater) ||
                     IsRelation(e, Relation::kGreaterEqual);
  if (!order || !IsRelation(declaration, Relation::kIn)) return &e;
  const Expr& element = declaration.child(0);
  for (const Expr* c : e.children()) {
    if (c->kind != Kind::kSymbol || c->text != element.text) continue;
    return Rewriter(arena).Node(Kind::kSetBuilder,
                                {&element, &e, &declaration});
  }
  return &e;
}

// A declaration among the members of a list or conjunction.
const Expr* WithoutDeclarations(const Expr& e, Arena* arena,
                                Declared* declared) {
  std::vector<const Expr*> kept;
  for (const Expr* item : e.children()) {
    const Expr* c = WithoutForAll(*item, arena);
    if (c == nullptr) return nullptr;
    const std::string name = IntegerDeclaration(*c);
    if (!name.empty()) {
      Declare(name, *c, declared);
    } else if (item != &e.child(0) && IsDomain(*c, e.child(0))) {
      declared->sets[std::string(c->child(0).text)] =
          static_cast<NamedSet>(c->child(1).detail);
    } else if (item != &e.child(0) && IsIdleRemark(*c, e.child(0))) {
      const std::string real = RealInWords(c->text);
      if (!real.empty()) declared->sets[real] = NamedSet::kReals;
    } else {
      kept.push_back(c);
    }
  }
  if (kept.size() == e.children_count || kept.empty()) return &e;
  if (kept.size() == 1) {
    return e.children_count == 2 ? IntegersOf(*kept[0], e.child(1), arena)
                                 : kept[0];
  }
  return Rewriter(arena).With(e, kept);
}

// "x \ne 1, 2": x is neither.
const Expr* NoneOf(const Expr& e, Arena* arena) {
  if (e.kind != Kind::kList || e.detail == 1 || e.children_count < 2 ||
      !IsRelation(e.child(0), Relation::kNotEqual)) {
    return &e;
  }
  Rewriter w(arena);
  std::vector<const Expr*> parts = {&e.child(0)};
  for (size_t i = 1; i < e.children_count; ++i) {
    const Expr& item = e.child(i);
    if (item.kind == Kind::kRelation || item.kind == Kind::kText ||
        item.kind == Kind::kEllipsis || item.kind == Kind::kTuple) {
      return &e;
    }
    parts.push_back(w.Node(Kind::kRelation, {&e.child(0).child(0), &item},
                           e.child(0).detail));
    if (parts.back() == nullptr) return nullptr;
  }
  return w.Node(Kind::kAnd, parts);
}

// A number, though perhaps with bound variables.
bool HasNoVariables(const Expr& e) {
  for (Kind kind : {Kind::kApply, Kind::kText, Kind::kEllipsis, Kind::kTuple,
                    Kind::kSet, Kind::kRelation}) {
    if (e.contents.Has(kind)) return false;
  }
  std::set<std::string> names;
  FreeSymbols(e, &names);
  return names.empty();
}

bool IsLabel(const Expr& e) {
  switch (e.kind) {
    case Kind::kSymbol:
    case Kind::kApply:
    case Kind::kText:
      return true;
    case Kind::kTuple:
    case Kind::kList:
    case Kind::kRatio:
    case Kind::kUnion:
    case Kind::kIntersection:
    case Kind::kDifference:
      for (const Expr* c : e.children()) {
        if (!IsLabel(*c)) return false;
      }
      return true;
    case Kind::kDivide:
      // NO/BO, but not x/2: a ratio of two names.
      return e.child(0).kind != Kind::kNumber &&
             e.child(1).kind != Kind::kNumber && IsLabel(e.child(0)) &&
             IsLabel(e.child(1));
    case Kind::kFunction:
      // |AB|, the length of a vector.
      return (IsFunction(e, Function::kAbs) ||
              IsFunction(e, Function::kNorm)) &&
             e.child(0).kind == Kind::kMultiply && IsLabel(e.child(0));
    case Kind::kDerivative:
      return e.children_count == 2 && IsLabel(e.child(1));
    case Kind::kMultiply:
      // f^{-1}(x), read as a product.
      if (e.children_count == 2 && e.child(0).kind == Kind::kPower &&
          e.child(0).child(0).kind == Kind::kSymbol &&
          e.child(0).child(1).kind == Kind::kNegate &&
          e.child(1).kind == Kind::kSymbol) {
        return true;
      }
      // The segment AB, the angle ABC, read as products of capital letters.
      if (e.children_count > 6) return false;
      for (const Expr* c : e.children()) {
        const bool first = c == &e.child(0);
        const bool second = !first && c == &e.child(1) &&
                            e.child(0).kind == Kind::kSymbol &&
                            e.child(0).text == "m";
        const bool shape =
            c->kind == Kind::kSymbol &&
            (((first || second) &&
              (c->text == "angle" || c->text == "triangle")) ||
             (first && c->text == "m" && e.child(1).kind == Kind::kSymbol &&
              e.child(1).text == "angle"));
        if (!shape && (c->kind != Kind::kSymbol || c->text.size() != 1 ||
                       c->text[0] < 'A' || c->text[0] > 'Z')) {
          return false;
        }
      }
      return true;
    default:
      return false;
  }
}

// "all positive real numbers": an interval; null for other words.
const Expr* RayByWords(std::string_view words, Arena* arena) {
  if (words.substr(0, 4) == "all ") words.remove_prefix(4);
  struct Row {
    std::string_view words;
    int sign;
    bool closed;
  };
  constexpr Row kRows[] = {
      {"positive real", 1, false},    {"negative real", -1, false},
      {"nonnegative real", 1, true},  {"non negative real", 1, true},
      {"nonpositive real", -1, true}, {"non positive real", -1, true}};
  for (const Row& row : kRows) {
    if (words.substr(0, row.words.size()) != row.words) continue;
    const std::string_view rest = words.substr(row.words.size());
    if (rest != " numbers" && rest != "s") return nullptr;
    Rewriter w(arena);
    const Expr* zero = w.Integer(0);
    const Expr* end = w.Constant(Constant::kInfinity);
    if (row.sign < 0) {
      return w.Node(Kind::kInterval, {w.Negate(end), zero}, row.closed ? 2 : 0);
    }
    return w.Node(Kind::kInterval, {zero, end}, row.closed ? 1 : 0);
  }
  return nullptr;
}

// "all even integers": 2k; null for other words.
const Expr* ParityByWords(const Expr& e, Arena* arena) {
  std::string words = NormalizedWords(e.text);
  if (words.compare(0, 4, "all ") == 0) words.erase(0, 4);
  const bool odd = words == "odd integers" || words == "odd numbers";
  if (!odd && words != "even integers" && words != "even numbers") {
    return nullptr;
  }
  Rewriter w(arena);
  const Expr* twice = w.Multiply({w.Integer(2), w.Symbol("k")});
  return odd ? w.Add({twice, w.Integer(1)}) : twice;
}

// "no solution" and "all real numbers" are sets; null for other words.
const Expr* NamedByWords(const Expr& e, Arena* arena) {
  struct Row {
    std::string_view words;
    NamedSet set;
  };
  constexpr Row kRows[] = {
      {"no solution", NamedSet::kEmpty},
      {"all real numbers", NamedSet::kReals},
      {"all reals", NamedSet::kReals},
      {"all real x", NamedSet::kReals},
      {"real numbers", NamedSet::kReals},
      {"all integers", NamedSet::kIntegers},
      {"all positive integers", NamedSet::kPositiveIntegers},
  };
  const std::string words = CanonicalPhrase(NormalizedWords(e.text));
  for (const Row& row : kRows) {
    if (row.words != words) continue;
    return Rewriter(arena).Node(Kind::kNamedSet, {},
                                static_cast<uint16_t>(row.set));
  }
  return RayByWords(words, arena);
}

// Of a tuple item by item.
const Expr* Opposite(const Expr& e, Rewriter* w) {
  if (e.kind != Kind::kTuple && e.kind != Kind::kVector) return w->Negate(&e);
  std::vector<const Expr*> items;
  for (const Expr* c : e.children()) items.push_back(w->Negate(c));
  return w->With(e, items);
}

}  // namespace

bool IsPlainLetter(const Expr& e) {
  return e.kind == Kind::kSymbol && e.text.size() == 1 && e.text[0] >= 'a' &&
         e.text[0] <= 'z';
}

bool IsRelation(const Expr& e, Relation r) {
  return e.kind == Kind::kRelation && e.detail == static_cast<uint16_t>(r);
}

const Expr* Simplified(const Expr& e, Arena* arena, Declared* declared) {
  const Expr* x = &e;
  for (int round = 0; round < 8 && x != nullptr; ++round) {
    const Expr* next = ConditionApart(*x, arena);
    if (next == nullptr) return nullptr;
    if (next != x) {
      x = next;
      continue;
    }
    if (x->kind == Kind::kText) {
      if (const Expr* set = NamedByWords(*x, arena)) next = set;
      if (const Expr* n = ParityByWords(*x, arena)) {
        declared->whole.insert("k");
        next = n;
      }
    } else if (IsRelation(*x, Relation::kDivides) &&
               x->child(0).kind == Kind::kNumber) {
      // 7 | n
      Rewriter w(arena);
      next = w.Node(Kind::kRelation, {&x->child(1), w.Integer(0), &x->child(0)},
                    static_cast<uint16_t>(Relation::kCongruent));
    } else if (x->kind == Kind::kChain) {
      next = ChainValue(*x, arena);
    } else if (IsRelation(*x, Relation::kApproximate)) {
      next = &x->child(0);
      // "x \approx 3" has no better value.
      if (IsLabel(*next)) {
        next = Rewriter(arena).Node(Kind::kRelation, {next, &x->child(1)},
                                    static_cast<uint16_t>(Relation::kEqual));
        if (next == nullptr) return next;
      }
    } else if (x->kind == Kind::kList || x->kind == Kind::kAnd) {
      next = WithoutDeclarations(*x, arena, declared);
      if (next == x) next = NoneOf(*x, arena);
      if (next == x) next = Distributed(*x, arena);
    } else if (IsArithmetic(*x) &&
               !(x->kind == Kind::kFunction && IsFunction(*x, Function::kAbs) &&
                 x->child(0).kind == Kind::kInterval)) {
      if (const Expr* v = VectorAlgebra(*x, arena)) next = v;
    }
    if (next == x) next = WithoutForAll(*x, arena);
    if (next == nullptr) return nullptr;
    if (x->kind == Kind::kAdd && x->children_count == 2 &&
        x->child(0).kind == Kind::kNamedSet &&
        x->child(1).kind == Kind::kNegate &&
        x->child(1).child(0).kind == Kind::kSet) {
      // R - {2}, a difference of sets.
      next = Rewriter(arena).Node(Kind::kDifference,
                                  {&x->child(0), &x->child(1).child(0)});
    } else if (x->kind == Kind::kSetBuilder) {
      next =
          x->children_count == 1 ? &x->child(0) : WithoutElement(*x, declared);
    }
    if (next == x) break;
    x = next;
  }
  if (x == nullptr || (x->kind != Kind::kList && x->kind != Kind::kAnd &&
                       x->kind != Kind::kOr && x->kind != Kind::kSet)) {
    return x;
  }
  std::vector<const Expr*> items;
  for (const Expr* c : x->children()) {
    items.push_back(c->depth < 100 ? Simplified(*c, arena, declared) : c);
    if (items.back() == nullptr) return nullptr;
  }
  return Rewriter(arena).With(*x, items);
}

Labelled SplitLabel(const Expr& e, Arena* arena) {
  if (e.kind == Kind::kLabelled) return {&e.child(0), &e.child(1)};
  if (IsRelation(e, Relation::kIn) && IsLabel(e.child(0))) {
    return {&e.child(0), &e.child(1)};
  }
  if (!IsRelation(e, Relation::kEqual)) return {nullptr, &e};
  const Expr& left = e.child(0);
  const Expr& right = e.child(1);
  if (IsLabel(left)) return {&left, &right};
  if (IsLabel(right) && HasNoVariables(left)) return {&right, &left};
  // An identity between numbers: its value.
  if (HasNoVariables(left) && HasNoVariables(right)) {
    return {nullptr, &right};
  }
  (void)arena;
  return {nullptr, &e};
}

bool IsCollection(const Expr& e) {
  switch (e.kind) {
    case Kind::kList:
    case Kind::kSet:
    case Kind::kOr:
    case Kind::kAnd:
      return true;
    case Kind::kRelation:
      // y = \pm 2x, and 2x \pm y = 0.
      return IsRelation(e, Relation::kEqual) &&
             (e.contents.Has(Kind::kPlusMinus) ||
              (IsLabel(e.child(0)) && IsCollection(e.child(1))));
    default:
      return e.kind != Kind::kTuple && e.kind != Kind::kVector &&
             e.kind != Kind::kMatrix && e.contents.Has(Kind::kPlusMinus);
  }
}

std::vector<const Expr*> Alternatives(const Expr& e, Arena* arena) {
  if (!e.contents.Has(Kind::kPlusMinus)) return {&e};
  Rewriter w(arena);
  std::vector<const Expr*> result;
  for (int sign = 0; sign < 2; ++sign) {
    result.push_back(w.Transform(e, [&](const Expr& x) -> const Expr* {
      if (x.kind != Kind::kPlusMinus) return nullptr;
      const bool minus = (x.detail == 1) != (sign == 1);
      const Expr* last = &x.child(x.children_count - 1);
      if (minus) last = Opposite(*last, &w);
      if (x.children_count == 1) return last;
      return w.Add({&x.child(0), last});
    }));
  }
  return result;
}

bool Members(const Expr& e, Arena* arena, std::vector<const Expr*>* items) {
  if (items->size() > kItemsMax) return false;
  if (e.kind == Kind::kRelation && IsCollection(e) && IsLabel(e.child(0)) &&
      IsCollection(e.child(1))) {
    // "n = 2, 3, 4" and "x = \pm 2": each member labelled.
    std::vector<const Expr*> values;
    if (!Members(e.child(1), arena, &values)) return false;
    Rewriter w(arena);
    for (const Expr* v : values) {
      const bool labelled = SplitLabel(*v, arena).label != nullptr;
      items->push_back(
          labelled ? v : w.Node(Kind::kRelation, {&e.child(0), v}, e.detail));
      if (items->back() == nullptr) return false;
    }
    return true;
  }
  if (e.kind == Kind::kList || e.kind == Kind::kSet || e.kind == Kind::kOr ||
      e.kind == Kind::kAnd) {
    for (const Expr* c : e.children()) {
      // Lists within lists are groups: "p=5,q=2; p=7,q=2".
      const bool group = c->kind == Kind::kList || c->kind == Kind::kSet ||
                         c->kind == Kind::kAnd;
      if (group) {
        items->push_back(c);
      } else if (!Members(*c, arena, items)) {
        return false;
      }
    }
    return items->size() <= kItemsMax;
  }
  if (!e.contents.Has(Kind::kPlusMinus)) {
    items->push_back(&e);
    return items->size() <= kItemsMax;
  }
  // (\pm 1, 2) is two tuples.
  for (const Expr* a : Alternatives(e, arena)) {
    if (a == nullptr) return false;
    items->push_back(a);
  }
  return items->size() <= kItemsMax;
}

}  // namespace assay::math
