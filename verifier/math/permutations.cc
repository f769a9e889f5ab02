#include "verifier/math/permutations.h"

#include <algorithm>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "verifier/math/meaning.h"
#include "verifier/math/parse.h"
#include "verifier/math/rewrite.h"
#include "verifier/math/words.h"

namespace assay::math {
namespace {

Permuted SaidIn(std::string_view text) {
  constexpr std::string_view kOthers[] = {
      "all", "any", "every", "and",   "of",      "its",  "their",     "or",
      "the", "it",  "them",  "these", "thereof", "this", "respective"};
  std::istringstream words(NormalizedWords(text));
  bool permuted = false, cyclic = false;
  for (std::string word; words >> word;) {
    if (word == "permutations" || word == "permutation" || word == "及其排列" ||
        word == "及其全排列") {
      permuted = true;
    } else if (word == "及其轮换") {
      permuted = cyclic = true;
    } else if (word == "cyclic") {
      cyclic = true;
    } else if (!IsOneOf(word, kOthers)) {
      return Permuted::kNo;
    }
  }
  if (!permuted) return Permuted::kNo;
  return cyclic ? Permuted::kCyclically : Permuted::kAll;
}

using Items = std::vector<std::pair<std::string, const Expr*>>;

bool ByText(const Items::value_type& a, const Items::value_type& b) {
  return a.first < b.first;
}

// The orders of a tuple's items, each once.
std::vector<Items> OrdersOf(const Expr& tuple, Permuted how) {
  Items items;
  for (const Expr* c : tuple.children()) items.emplace_back(Print(*c), c);
  std::vector<Items> orders;
  if (how == Permuted::kAll) {
    std::sort(items.begin(), items.end(), ByText);
    do {
      orders.push_back(items);
    } while (std::next_permutation(items.begin(), items.end(), ByText));
    return orders;
  }
  for (size_t i = 0; i < items.size(); ++i) {
    if (std::find(orders.begin(), orders.end(), items) == orders.end()) {
      orders.push_back(items);
    }
    std::rotate(items.begin(), items.begin() + 1, items.end());
  }
  return orders;
}

// The tuple of "(1, 2, 3)" and of "(a, b, c) = (1, 2, 3)"; null for others.
const Expr* TupleOf(const Expr& e) {
  const Expr& value = IsRelation(e, Relation::kEqual) ? e.child(1) : e;
  const bool fits = value.kind == Kind::kTuple && value.children_count > 1 &&
                    value.children_count <= kPermutedMax;
  return fits ? &value : nullptr;
}

}  // namespace

std::string_view PermutedHead(std::string_view text, Permuted* how) {
  *how = Permuted::kNo;
  if (text.size() > kPermutedBytesMax) return text;
  for (std::string_view word : {"permutation", "排列", "轮换"}) {
    const size_t at = text.rfind(word);
    if (at == text.npos) continue;
    // Of "(1, 2) (and permutations)" the last bracket that closes before.
    const size_t close = text.rfind(')', at);
    if (close == text.npos) return text;
    *how = SaidIn(text.substr(close + 1));
    return *how == Permuted::kNo ? text : text.substr(0, close + 1);
  }
  return text;
}

const Expr* WithPermutations(const Expr& e, Permuted how, Arena* arena) {
  const bool list = e.kind == Kind::kList;
  if (list && e.children_count == 0) return nullptr;
  Rewriter w(arena);
  std::vector<const Expr*> listed;
  for (size_t i = 0; i < (list ? e.children_count : 1); ++i) {
    const Expr& item = list ? e.child(i) : e;
    const Expr* tuple = TupleOf(item);
    if (tuple == nullptr) return nullptr;
    for (const Items& order : OrdersOf(*tuple, how)) {
      std::vector<const Expr*> items;
      for (const auto& [text, c] : order) items.push_back(c);
      const Expr* permuted = w.With(*tuple, items);
      if (tuple != &item) permuted = w.With(item, {&item.child(0), permuted});
      listed.push_back(permuted);
      if (listed.size() > kListedMax) return nullptr;
    }
  }
  return w.Node(Kind::kList, listed);
}

}  // namespace assay::math
