#include "verifier/math/conditions.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "verifier/math/rewrite.h"
#include "verifier/math/words.h"

namespace assay::math {
namespace {

std::vector<std::string> SplitWords(std::string_view text) {
  const std::string words = NormalizedWords(text);
  std::vector<std::string> result;
  size_t begin = 0;
  while (begin < words.size()) {
    const size_t end = std::min(words.find(' ', begin), words.size());
    result.push_back(words.substr(begin, end - begin));
    begin = end + 1;
  }
  return result;
}

// "k is an integer", "for any integer n": the letter; empty for other words.
std::string DeclaredInWords(std::string_view text) {
  constexpr std::string_view kFillers[] = {
      "is", "any", "for", "some", "arbitrary", "all", "are", "every", "where"};
  std::string letter;
  bool integer = false;
  for (const std::string& word : SplitWords(text)) {
    if (word == "integer" || word == "integers") {
      integer = true;
    } else if (word.size() == 1) {
      if (!letter.empty()) return "";
      letter = word;
    } else if (!IsOneOf(word, kFillers)) {
      return "";
    }
  }
  return integer ? letter : "";
}

// The letter that "all x", "every real number x" bind; empty for other words.
// `any_kind`: that of "all positive integers x" too.
std::string BoundByWords(std::string_view text, bool any_kind) {
  constexpr std::string_view kStarts[] = {"all", "every", "any", "each"};
  constexpr std::string_view kKinds[] = {"real",    "reals",   "number",
                                         "numbers", "values",  "value",
                                         "of",      "possible"};
  constexpr std::string_view kOthers[] = {
      "integer", "integers", "natural", "positive", "nonnegative", "rational"};
  std::vector<std::string> words = SplitWords(text);
  if (words.size() < 2) return "";
  size_t first = words[0] == "for" ? 1 : 0;
  if (!IsOneOf(words[first], kStarts)) return "";
  for (size_t i = first + 1; i + 1 < words.size(); ++i) {
    if (!IsOneOf(words[i], kKinds) &&
        !(any_kind && IsOneOf(words[i], kOthers))) {
      return "";
    }
  }
  return words.back().size() == 1 ? words.back() : "";
}

// "c is a constant", "any real constant c", "all real numbers".
bool SpeaksOfConstants(std::string_view text) {
  constexpr std::string_view kWords[] = {
      "is",       "are", "any",       "some",   "arbitrary", "real",
      "constant", "all", "constants", "number", "numbers",   "where",
      "for",      "and", "with",      "an",     "every",     "being"};
  constexpr std::string_view kKinds[] = {"constant", "constants", "number",
                                         "numbers"};
  bool kind = false;
  for (const std::string& word : SplitWords(text)) {
    if (word.size() > 2 && !IsOneOf(word, kWords)) return false;
    if (word.size() == 2 && !IsOneOf(word, kWords) &&
        (word[1] < '0' || word[1] > '9')) {
      return false;
    }
    kind |= IsOneOf(word, kKinds);
  }
  return kind;
}

bool IsCondition(const Expr& e) {
  return e.kind == Kind::kRelation || e.kind == Kind::kChain;
}

// Takes a condition off the last factor of the last term; null where there
// is none, or the arena is full.
const Expr* Apart(const Expr& e, Rewriter* w, const Expr** condition) {
  if (e.children_count == 0) return nullptr;
  const Expr* last_child = e.children()[e.children_count - 1];
  if (last_child == nullptr || (!last_child->contents.Has(Kind::kRelation) &&
                                !last_child->contents.Has(Kind::kChain))) {
    return nullptr;
  }
  const Expr& last = *last_child;
  std::vector<const Expr*> children(e.children().begin(), e.children().end());
  if (e.kind == Kind::kMultiply && IsCondition(last)) {
    *condition = &last;
    children.pop_back();
    return children.size() == 1 ? children[0] : w->Multiply(children);
  }
  switch (e.kind) {
    case Kind::kMultiply:
    case Kind::kAdd:
    case Kind::kNegate:
    case Kind::kRelation:
    case Kind::kChain:
    case Kind::kLabelled: {
      const Expr* rest = Apart(last, w, condition);
      if (rest == nullptr) return nullptr;
      children.back() = rest;
      return w->With(e, children);
    }
    default:
      return nullptr;
  }
}

// "a > 0: 2" and "0 < a < 1: 2", which read as a > (0 : 2): the value and its
// condition. Null for other trees.
const Expr* ValueBehindColon(const Expr& e, Rewriter* w) {
  if (!IsCondition(e) || IsRelation(e, Relation::kEqual)) return nullptr;
  const Expr& last = e.child(e.children_count - 1);
  if (last.kind != Kind::kRatio || last.children_count != 2) return nullptr;
  std::vector<const Expr*> sides(e.children().begin(), e.children().end());
  for (size_t i = 0; i + 1 < sides.size(); ++i) {
    if (sides[i]->contents.Has(Kind::kRatio)) return nullptr;
  }
  sides.back() = &last.child(0);
  return w->Node(Kind::kList, {&last.child(1), w->With(e, sides)});
}

// "1 otherwise", which reads as a quantity. Null for other trees.
const Expr* ValueOtherwise(const Expr& e, Rewriter* w) {
  if (e.kind != Kind::kQuantity || e.children_count != 2) return nullptr;
  const std::string_view unit = e.child(1).text;
  if (unit != "otherwise" && unit != "else") return nullptr;
  return w->Node(Kind::kList,
                 {&e.child(0), w->Node(Kind::kText, {}, 0, "otherwise")});
}

}  // namespace

const Expr* ConditionApart(const Expr& e, Arena* arena) {
  Rewriter w(arena);
  if (const Expr* list = ValueBehindColon(e, &w)) return list;
  if (const Expr* list = ValueOtherwise(e, &w)) return list;
  const Expr* condition = nullptr;
  const Expr* rest = Apart(e, &w, &condition);
  if (rest == nullptr) return &e;
  return w.Node(Kind::kList, {rest, condition});
}

const Expr* WithoutForAll(const Expr& e, Arena* arena) {
  if (e.kind != Kind::kRelation || e.children_count < 2 ||
      e.child(0).kind != Kind::kText) {
    return &e;
  }
  const std::string letter = BoundByWords(e.child(0).text, true);
  if (letter.empty()) return &e;
  Rewriter w(arena);
  std::vector<const Expr*> children(e.children().begin(), e.children().end());
  children[0] = w.Symbol(letter);
  return children[0] == nullptr ? nullptr : w.With(e, children);
}

bool IsIdleRemark(const Expr& remark, const Expr& first) {
  return remark.kind == Kind::kText && IsRelation(first, Relation::kEqual) &&
         (!BoundByWords(remark.text, false).empty() ||
          SpeaksOfConstants(remark.text));
}

std::string RealInWords(std::string_view text) {
  std::string letter;
  bool real = false;
  for (const std::string& word : SplitWords(text)) {
    real |= word == "real" || word == "reals";
    if (word.size() == 1) letter = word;
  }
  return real ? letter : "";
}

bool IsIntegral(NamedSet set) {
  return set == NamedSet::kIntegers || set == NamedSet::kNaturals ||
         set == NamedSet::kPositiveIntegers;
}

std::string IntegerDeclaration(const Expr& e) {
  if (e.kind == Kind::kText) return DeclaredInWords(e.text);
  if (!IsRelation(e, Relation::kIn) || e.child(0).kind != Kind::kSymbol ||
      e.child(1).kind != Kind::kNamedSet) {
    return "";
  }
  return IsIntegral(static_cast<NamedSet>(e.child(1).detail))
             ? std::string(e.child(0).text)
             : "";
}

bool DeclaresAll(const Expr& e) {
  return e.kind == Kind::kText ||
         e.child(1).detail == static_cast<uint16_t>(NamedSet::kIntegers);
}

const Expr* WithoutElement(const Expr& e, Declared* declared) {
  if (e.children_count < 2) return &e;
  const Expr& element = e.child(0);
  const bool letter = element.kind == Kind::kSymbol;
  if (element.kind == Kind::kRelation || element.kind == Kind::kTuple) {
    return &e;
  }
  std::vector<const Expr*> said;
  std::vector<std::string> names;
  for (size_t i = 1; i < e.children_count; ++i) {
    const Expr& condition = e.child(i);
    const std::string name = IntegerDeclaration(condition);
    const bool whole = !name.empty() && condition.kind == Kind::kRelation &&
                       DeclaresAll(condition);
    if (whole && !(letter && name == element.text)) {
      declared->sets[name] = NamedSet::kIntegers;
      names.push_back(name);
    } else {
      said.push_back(&condition);
    }
  }
  // x = 5k + 1, k = 1, 2, 3, ...: no declaration.
  if (names.empty() || said.size() != (letter ? 1 : 0)) return &e;
  const Expr* value = letter ? said[0] : &element;
  if (letter && IsRelation(*value, Relation::kEqual) &&
      value->child(0).kind == Kind::kSymbol &&
      value->child(0).text == element.text) {
    value = &value->child(1);
  }
  declared->whole.insert(names.begin(), names.end());
  return value;
}

}  // namespace assay::math
