// Whether lists or sets hold the same items.
#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "verifier/math/canonical.h"
#include "verifier/math/structure.h"
#include "verifier/math/structure_kinds.h"

namespace assay::math {

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
  if (ladder_->tracing()) {
    ladder_->Trace("structure: " + std::to_string(gold.size()) + " and " +
                   std::to_string(answer.size()) + " items, in any order");
  }
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
  std::vector<const Expr*> others;
  for (size_t j : open) others.push_back(answer[j]);
  return as_sets ? Cover(gold, answer, left, others) : PairUp(left, others);
}

// {{1}} is not {1}.
Finding Structure::Partner(const Expr& gold, const Expr& answer) {
  const bool g_set = gold.kind == Kind::kSet, a_set = answer.kind == Kind::kSet;
  if (g_set != a_set && (IsScalar(gold) || IsScalar(answer))) {
    return Finding::Different("a set against its element");
  }
  return Any(gold, answer);
}

namespace {

// What is said where an item has no partner.
Finding Missing(const std::string& undecided) {
  if (!undecided.empty()) return Finding::Undecided("structure", undecided);
  return Finding::Different("an item has no equal on the other side");
}

}  // namespace

// Every item of the one is equal to some of the other, and back.
Finding Structure::Cover(const std::vector<const Expr*>& gold,
                         const std::vector<const Expr*>& answer,
                         const std::vector<const Expr*>& left,
                         const std::vector<const Expr*>& open) {
  Finding total = Finding::Equal(Proof::kIdentical, "structure");
  std::string undecided;
  const auto holds = [&](const Expr& item, const std::vector<const Expr*>& in,
                         bool item_is_gold) {
    for (const Expr* other : in) {
      Finding f = item_is_gold ? Partner(item, *other) : Partner(*other, item);
      if (f.undecided()) undecided = f.reason;
      if (!f.equal()) continue;
      total = Both(std::move(total), std::move(f));
      return true;
    }
    return false;
  };
  for (const Expr* g : left) {
    if (!holds(*g, open, true) && !holds(*g, answer, true)) {
      return Missing(undecided);
    }
  }
  for (const Expr* a : open) {
    if (!holds(*a, left, false) && !holds(*a, gold, false)) {
      return Missing(undecided);
    }
  }
  return total;
}

// One to one. Equality where both sides are defined is not transitive: |x| is
// sqrt(-x)^2, which is -x. So a partner may have to be given up for another,
// along augmenting paths (H. W. Kuhn, The Hungarian method, 1955).
Finding Structure::PairUp(const std::vector<const Expr*>& left,
                          const std::vector<const Expr*>& open) {
  std::vector<std::optional<Finding>> found(left.size() * open.size());
  std::vector<int> owner(open.size(), -1);
  std::vector<bool> tried;
  std::string undecided;
  const auto equal = [&](size_t i, size_t k) {
    std::optional<Finding>& f = found[i * open.size() + k];
    if (!f) f = Partner(*left[i], *open[k]);
    if (f->undecided()) undecided = f->reason;
    return f->equal();
  };
  const std::function<bool(size_t)> place = [&](size_t i) {
    for (size_t k = 0; k < open.size(); ++k) {
      if (tried[k] || !equal(i, k)) continue;
      tried[k] = true;
      if (owner[k] < 0 || place(static_cast<size_t>(owner[k]))) {
        owner[k] = static_cast<int>(i);
        return true;
      }
    }
    return false;
  };
  for (size_t i = 0; i < left.size(); ++i) {
    tried.assign(open.size(), false);
    if (!place(i)) return Missing(undecided);
  }
  Finding total = Finding::Equal(Proof::kIdentical, "structure");
  for (size_t k = 0; k < open.size(); ++k) {
    if (owner[k] < 0) return Missing(undecided);
    const size_t i = static_cast<size_t>(owner[k]);
    total = Both(std::move(total), *std::move(found[i * open.size() + k]));
  }
  return total;
}

}  // namespace assay::math
