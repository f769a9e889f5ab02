// Collections: lists, sets and alternatives, in any order, by label or in
// order.
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "verifier/math/canonical.h"
#include "verifier/math/rewrite.h"
#include "verifier/math/structure.h"
#include "verifier/math/structure_kinds.h"

namespace assay::math {
namespace {

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

// "x = 1 or x = 2", "x = 1, x = 2": values of one thing, not of several.
bool IsAlternatives(const Expr& collection,
                    const std::vector<const Expr*>& items, Arena* arena) {
  if (collection.kind == Kind::kOr ||
      (collection.kind == Kind::kList && collection.detail == 1)) {
    return true;
  }
  // \pm 2
  if (collection.kind != Kind::kList && collection.kind != Kind::kSet &&
      collection.kind != Kind::kAnd) {
    return collection.contents.Has(Kind::kPlusMinus);
  }
  std::string_view label;
  for (const Expr* e : items) {
    const Expr* own = SplitLabel(*e, arena).label;
    if (own == nullptr || own->kind != Kind::kSymbol ||
        (!label.empty() && own->text != label)) {
      return false;
    }
    label = own->text;
  }
  return !label.empty();
}

// x = 1, y = 2: statements of several letters, as opposed to x = 1, x = 2.
bool NamesSeveral(const std::vector<const Expr*>& items, Arena* arena) {
  std::string_view letter;
  for (const Expr* e : items) {
    const Expr* label = SplitLabel(*e, arena).label;
    if (label == nullptr || label->kind != Kind::kSymbol) return false;
    if (!letter.empty() && label->text != letter) return true;
    letter = label->text;
  }
  return false;
}

// "x > 0", "n is even", "otherwise": never a value.
bool IsStatement(const Expr& e) {
  return IsOrder(e) || e.kind == Kind::kText || e.kind == Kind::kChain ||
         IsRelation(e, Relation::kIn) || IsRelation(e, Relation::kNotIn) ||
         IsRelation(e, Relation::kNotEqual) ||
         IsRelation(e, Relation::kDivides) ||
         IsRelation(e, Relation::kCongruent);
}

// value, condition, value, condition: each second item is a statement, or an
// equation about one letter, of which the others say nothing.
bool IsConditional(const std::vector<const Expr*>& items) {
  if (items.empty() || items.size() % 2 != 0) return false;
  bool plain = true, statement = false, equation = false, relation = false;
  for (size_t i = 0; i < items.size(); i += 2) {
    const bool is_equation = IsRelation(*items[i + 1], Relation::kEqual);
    plain &=
        !IsStatement(*items[i]) && (is_equation || IsStatement(*items[i + 1]));
    relation |= items[i]->kind == Kind::kRelation;
    equation |= is_equation;
    statement |= !is_equation;
  }
  if (plain && statement && items.size() > 2 && !(equation && relation)) {
    return true;
  }
  std::set<std::string> letters, others;
  bool values = false;
  for (size_t i = 0; i < items.size(); ++i) {
    const bool condition = i % 2 == 1;
    if (condition && items[i]->kind != Kind::kRelation) return false;
    FreeSymbols(*items[i], condition ? &letters : &others);
    values |= !condition && items[i]->kind != Kind::kRelation &&
              items[i]->kind != Kind::kChain;
  }
  if (letters.size() != 1 || others.count(*letters.begin()) > 0) return false;
  // x = 1, y = 2 is a list of two.
  return values || items.size() > 2;
}

// (2, a > 0), (3, a < 0) as one list.
std::vector<const Expr*> Ungrouped(const std::vector<const Expr*>& items) {
  std::vector<const Expr*> flat;
  for (const Expr* e : items) {
    if (e->kind != Kind::kList || e->children_count != 2) {
      flat.push_back(e);
      continue;
    }
    flat.push_back(&e->child(0));
    flat.push_back(&e->child(1));
  }
  return flat;
}

// x^2 = 1, y^2 = 4: no two of the equations share a letter.
bool AreOfOtherLetters(const std::vector<const Expr*>& items) {
  std::set<std::string> all;
  for (const Expr* e : items) {
    std::set<std::string> letters;
    FreeSymbols(*e, &letters);
    if (!IsRelation(*e, Relation::kEqual) || letters.empty()) return false;
    for (const std::string& letter : letters) {
      if (!all.insert(letter).second) return false;
    }
  }
  return items.size() > 1;
}

// x > 0 or y > 0, which no comma could join; x = 1 or x = 2 and x < 1 or
// x > 3 are ways to write a set.
bool JoinsStatements(const std::vector<const Expr*>& items) {
  std::set<std::string> letters;
  bool statements = false, words = false;
  for (const Expr* e : items) {
    FreeSymbols(*e, &letters);
    words |= e->kind == Kind::kText;
    statements |= IsStatement(*e) || IsCollection(*e);
  }
  return words || (statements && letters.size() > 1) ||
         AreOfOtherLetters(items);
}

// The letter that all labels name, "x" of x_1, x_2 and of x; empty where they
// name several.
std::string_view OneLetter(const std::vector<const Expr*>& items,
                           Arena* arena) {
  std::string_view letter;
  for (const Expr* e : items) {
    const Expr* label = SplitLabel(*e, arena).label;
    if (label == nullptr || label->kind != Kind::kSymbol) return {};
    const std::string_view name = label->text;
    const size_t mark = name.find('_');
    for (char c : name.substr(std::min(mark, name.size() - 1) + 1)) {
      if (c != '{' && c != '}' && (c < '0' || c > '9')) return {};
    }
    const std::string_view base = name.substr(0, mark);
    if (!letter.empty() && letter != base) return {};
    letter = base;
  }
  return letter;
}

// x_1 = 1, x_2 = 2 against x = 1, x = 2.
bool NumberedAlike(const std::vector<const Expr*>& a,
                   const std::vector<const Expr*>& b, Arena* arena) {
  const std::string_view x = OneLetter(a, arena), y = OneLetter(b, arena);
  return !x.empty() && x == y;
}

// y = 2, x = 1 as (x, y): letters that follow each other in the alphabet say
// the order. False, and nothing done: other labels.
bool SortByLetter(std::vector<const Expr*>* items, Arena* arena) {
  std::map<char, const Expr*> by_letter;
  for (const Expr* e : *items) {
    const Expr* label = SplitLabel(*e, arena).label;
    if (label == nullptr || label->kind != Kind::kSymbol ||
        label->text.size() != 1) {
      return false;
    }
    by_letter[label->text[0]] = e;
  }
  const auto count = static_cast<int>(items->size());
  if (static_cast<int>(by_letter.size()) != count ||
      by_letter.rbegin()->first - by_letter.begin()->first != count - 1) {
    return false;
  }
  items->clear();
  for (const auto& [letter, item] : by_letter) items->push_back(item);
  return true;
}

// How many \pm stand in it; 0 beside a \mp, which follows another sign.
size_t FreeSignsOf(const Expr& e) {
  const bool list = e.kind == Kind::kList || e.kind == Kind::kSet ||
                    e.kind == Kind::kOr || e.kind == Kind::kAnd;
  if (list || !e.contents.Has(Kind::kPlusMinus)) return 0;
  size_t signs = 0;
  bool follows = false;
  Contains(e, [&](const Expr& x) {
    if (x.kind == Kind::kPlusMinus) {
      ++signs;
      follows |= x.detail == 1;
    }
    return false;
  });
  return follows ? 0 : signs;
}

// Every choice of the signs, each by itself; empty where the arena is full.
std::vector<const Expr*> EverySign(const Expr& e, size_t signs, Arena* arena) {
  Rewriter w(arena);
  std::vector<const Expr*> choices;
  for (size_t mask = 0; mask < size_t{1} << signs; ++mask) {
    size_t at = 0;
    choices.push_back(w.Transform(e, [&](const Expr& x) -> const Expr* {
      if (x.kind != Kind::kPlusMinus) return nullptr;
      const Expr* last = &x.child(x.children_count - 1);
      if ((mask >> at++ & 1) != 0) last = w.Negate(last);
      return x.children_count == 1 ? last : w.Add({&x.child(0), last});
    }));
    if (choices.back() == nullptr) return {};
  }
  return choices;
}

}  // namespace

// \pm 1 \pm i is four values, or two where the signs are taken together.
std::optional<Finding> Structure::FreeSigns(const Expr& gold,
                                            const Expr& answer) {
  constexpr size_t kSignsMax = 4;
  const size_t p = FreeSignsOf(gold), q = FreeSignsOf(answer);
  if (p == q || std::max(p, q) < 2 || std::max(p, q) > kSignsMax) {
    return std::nullopt;
  }
  Arena* arena = ladder_->arena();
  std::vector<const Expr*> sides[2];
  for (const Expr* side : {&gold, &answer}) {
    const size_t signs = side == &gold ? p : q;
    std::vector<const Expr*>& items = sides[side == &gold ? 0 : 1];
    if (signs < 2) {
      if (!Members(*side, arena, &items)) return std::nullopt;
    } else {
      items = EverySign(*side, signs, arena);
    }
    if (items.empty()) return std::nullopt;
    for (const Expr*& e : items) e = Stripped(e, arena);
  }
  Finding f = Match(sides[0], sides[1], true);
  if (f.equal()) return std::move(f).Note("signs chosen one by one");
  std::optional<Finding> together = TogetherCollections(gold, answer);
  if (!together || !together->equal()) return together;
  return Finding::Undecided("structure", "signs taken together or one by one");
}

std::optional<Finding> Structure::Collections(const Expr& gold,
                                              const Expr& answer) {
  if (!IsCollection(gold) && !IsCollection(answer)) return std::nullopt;
  if (std::optional<Finding> f = FreeSigns(gold, answer)) return f;
  return TogetherCollections(gold, answer);
}

std::optional<Finding> Structure::TogetherCollections(const Expr& gold,
                                                      const Expr& answer) {
  Arena* arena = ladder_->arena();
  std::vector<const Expr*> x, y;
  if (!Members(gold, arena, &x) || !Members(answer, arena, &y)) {
    return Finding::Undecided("structure", "too many items");
  }
  if (gold.kind != answer.kind && JoinsPropositions(gold) &&
      JoinsPropositions(answer)) {
    return Finding::Different("and against or");
  }
  auto is_or = [](const Expr& e) {
    return e.kind == Kind::kOr || (e.kind == Kind::kList && e.detail == 1);
  };
  auto is_and = [](const Expr& e) {
    return e.kind == Kind::kAnd || (e.kind == Kind::kList && e.detail == 0);
  };
  if (((is_or(gold) && is_and(answer)) || (is_and(gold) && is_or(answer))) &&
      ((NamesSeveral(x, arena) && NamesSeveral(y, arena)) ||
       (JoinsStatements(x) && JoinsStatements(y)))) {
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
    if (IsSequence(*inner) && items.size() > 1 &&
        IsAlternatives(collection, items, arena)) {
      return Finding::Different("alternatives against a tuple");
    }
    if (IsSequence(*inner) && collection.kind == Kind::kSet &&
        items.size() > 1) {
      return Finding::Different("a set against a tuple");
    }
    if (IsSequence(*inner) && inner->children_count == items.size() &&
        items.size() > 1 && !inner->contents.Has(Kind::kPlusMinus)) {
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
    const std::vector<const Expr*> g = Ungrouped(x), a = Ungrouped(y);
    if (g.size() == a.size() && IsConditional(g) && IsConditional(a)) {
      return MatchPairs(g, a);
    }
    for (std::vector<const Expr*>* items : {&x, &y}) {
      for (const Expr*& e : *items) e = Stripped(e, arena);
    }
  }
  const bool sets = gold.kind == Kind::kSet || answer.kind == Kind::kSet;
  if (by_label) return ByLabel(std::move(x), std::move(y));
  if (ladder_->policy().ordered_lists && !sets) return InOrder(x, y);
  return Match(std::move(x), std::move(y), sets);
}

// 2 if a > 0, 3 if a < 0: what holds together is compared together.
Finding Structure::MatchPairs(const std::vector<const Expr*>& gold,
                              const std::vector<const Expr*>& answer) {
  std::vector<bool> used(answer.size(), false);
  Finding total = Finding::Equal(Proof::kIdentical, "structure");
  for (size_t i = 0; i < gold.size(); i += 2) {
    bool found = false, open = false;
    for (size_t j = 0; j < answer.size() && !found; j += 2) {
      if (used[j]) continue;
      Finding f = Any(*gold[i + 1], *answer[j + 1]);
      if (!f.different()) f = Both(std::move(f), Any(*gold[i], *answer[j]));
      open |= f.undecided();
      if (!f.equal()) continue;
      used[j] = found = true;
      total = Both(std::move(total), std::move(f));
    }
    if (found) continue;
    return open ? Finding::Undecided("structure", "a value and its condition")
                : Finding::Different("a value under another condition");
  }
  return total;
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
    const bool numbered = NumberedAlike(gold, answer, arena);
    for (std::vector<const Expr*>* items : {&gold, &answer}) {
      for (const Expr*& e : *items) e = Stripped(e, arena);
    }
    Finding f = Match(std::move(gold), std::move(answer), false);
    if (!f.equal()) return f;
    if (numbered) return std::move(f).Note("x_1, x_2, ...: values of x");
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
  bool lettered = false;
  for (std::vector<const Expr*>* items : {&x, &y}) {
    lettered |= SortByLetter(items, ladder_->arena());
    for (const Expr*& e : *items) e = Stripped(e, ladder_->arena());
  }
  Finding f = InOrder(x, y);
  if (f.equal()) return std::move(f).Note("a tuple read as a list");
  if (lettered) return f;
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
    const bool dots = gold[i]->kind == Kind::kEllipsis;
    if (dots && answer[i]->kind == Kind::kEllipsis) continue;
    Finding f = Any(*gold[i], *answer[i]);
    if (f.different()) return f;
    total = Both(std::move(total), std::move(f));
  }
  return total;
}

}  // namespace assay::math
