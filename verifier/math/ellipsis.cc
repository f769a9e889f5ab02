#include "verifier/math/ellipsis.h"

#include <charconv>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "verifier/math/canonical.h"
#include "verifier/math/rewrite.h"

namespace assay::math {
namespace {

bool IsDigits(std::string_view s) {
  if (s.empty() || s.size() > 9) return false;
  for (char c : s) {
    if (c < '0' || c > '9') return false;
  }
  return true;
}

int64_t ValueOf(std::string_view digits) {
  int64_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

bool IsSmallInteger(const Expr& e) {
  return e.kind == Kind::kNumber && !e.number->has_point &&
         e.number->base == 10 && e.number->exponent == 0 &&
         IsDigits(e.number->digits);
}

// "a_{12}" as "a" and "12"; false where there is no subscript.
bool SplitSubscript(std::string_view name, std::string_view* base,
                    std::string_view* subscript) {
  const size_t mark = name.find('_');
  if (mark == std::string_view::npos) return false;
  *base = name.substr(0, mark);
  *subscript = name.substr(mark + 1);
  if (subscript->size() >= 2 && subscript->front() == '{' &&
      subscript->back() == '}') {
    *subscript = subscript->substr(1, subscript->size() - 2);
  }
  return !subscript->empty();
}

std::string Subscripted(std::string_view base, int64_t value) {
  const std::string digits = std::to_string(value);
  return std::string(base) +
         (digits.size() == 1 ? "_" + digits : "_{" + digits + "}");
}

// The value of "n", "n-1", "2n" or "12" where the letter has one.
std::optional<int64_t> SubscriptAt(std::string_view text, char letter,
                                   int64_t n) {
  const size_t at = text.find(letter);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view before = text.substr(0, at);
  const std::string_view after = text.substr(at + 1);
  int64_t value = n;
  if (!before.empty()) {
    if (!IsDigits(before)) return std::nullopt;
    value *= ValueOf(before);
  }
  if (after.empty()) return value;
  if ((after[0] != '+' && after[0] != '-') || !IsDigits(after.substr(1))) {
    return std::nullopt;
  }
  const int64_t shift = ValueOf(after.substr(1));
  return after[0] == '+' ? value + shift : value - shift;
}

class Writer {
 public:
  Writer(Arena* arena, Budget* budget) : w_(arena), budget_(budget) {}

  const Expr* At(const Expr& e, const std::string& name, int64_t n);
  const Expr* Sums(const Expr& e);
  const Expr* Dots(const Expr& e);

 private:
  const Expr* Next(const Expr& a, const Expr& b);
  bool Extend(std::vector<const Expr*>* terms, const Expr* last);
  bool Grow(std::vector<const Expr*>* terms, const Expr* last);
  bool Same(const Expr& a, const Expr& b) {
    auto x = CanonicalText(a, budget_);
    auto y = x ? CanonicalText(b, budget_) : std::nullopt;
    return x && y && *x == *y;
  }

  Rewriter w_;
  Budget* budget_;
};

const Expr* Writer::At(const Expr& e, const std::string& name, int64_t n) {
  const Expr* value = w_.Integer(n);
  if (value == nullptr) return nullptr;
  const Expr* x = w_.Substitute(e, name, *value);
  if (x == nullptr || name.size() != 1) return x;
  return w_.Transform(*x, [&](const Expr& s) -> const Expr* {
    std::string_view base, subscript;
    if (s.kind != Kind::kSymbol || !SplitSubscript(s.text, &base, &subscript)) {
      return nullptr;
    }
    const std::optional<int64_t> at = SubscriptAt(subscript, name[0], n);
    return at && *at >= 0 ? w_.Symbol(Subscripted(base, *at)) : nullptr;
  });
}

// \sum_{k=1}^{4} a_k; other sums have their own rung.
const Expr* Writer::Sums(const Expr& e) {
  return w_.Transform(e, [&](const Expr& s) -> const Expr* {
    const bool sum = s.kind == Kind::kSum;
    if ((!sum && s.kind != Kind::kProduct) || s.children_count != 4 ||
        s.children()[1] == nullptr || s.children()[2] == nullptr ||
        s.children()[3] == nullptr) {
      return nullptr;
    }
    const std::string name(s.child(0).text);
    const Exact low = ExactValue(s.child(1), nullptr, budget_);
    const Exact high = ExactValue(s.child(2), nullptr, budget_);
    int64_t from, to;
    if (!low.ok() || !high.ok() || !low.value.ToInt64(&from) ||
        !high.value.ToInt64(&to) || to - from >= 40 || to < from) {
      return nullptr;
    }
    std::vector<const Expr*> terms;
    for (int64_t k = from; k <= to; ++k) {
      terms.push_back(At(s.child(3), name, k));
      if (terms.back() == nullptr) return nullptr;
    }
    if (terms.size() == 1) return terms[0];
    return sum ? w_.Add(terms) : w_.Multiply(terms);
  });
}

// The term after b, where a stands before it; null where they differ in more
// than integers and subscripts.
const Expr* Writer::Next(const Expr& a, const Expr& b) {
  if (!budget_->Spend(4)) return nullptr;
  if (IsSmallInteger(a) && IsSmallInteger(b)) {
    const int64_t x = ValueOf(a.number->digits), y = ValueOf(b.number->digits);
    return x == y ? &b : w_.Integer(2 * y - x);
  }
  if (a.kind != b.kind || a.detail != b.detail ||
      a.children_count != b.children_count) {
    return nullptr;
  }
  if (a.kind == Kind::kSymbol && a.text != b.text) {
    std::string_view p, q, s, t;
    if (!SplitSubscript(a.text, &p, &s) || !SplitSubscript(b.text, &q, &t) ||
        p != q || !IsDigits(s) || !IsDigits(t)) {
      return nullptr;
    }
    const int64_t next = 2 * ValueOf(t) - ValueOf(s);
    return next < 0 ? nullptr : w_.Symbol(Subscripted(p, next));
  }
  if (a.kind == Kind::kNumber) {
    return a.number->digits == b.number->digits &&
                   a.number->fraction_digits == b.number->fraction_digits
               ? &b
               : nullptr;
  }
  if (a.text != b.text) return nullptr;
  std::vector<const Expr*> children;
  for (size_t i = 0; i < a.children_count; ++i) {
    if (a.children()[i] == nullptr || b.children()[i] == nullptr) {
      return nullptr;
    }
    children.push_back(Next(a.child(i), b.child(i)));
    if (children.back() == nullptr) return nullptr;
  }
  return children.empty() ? &b : w_.With(b, children);
}

// Appends terms until `last` is reached, or kEndlessTerms without one.
bool Writer::Extend(std::vector<const Expr*>* terms, const Expr* last) {
  const size_t given = terms->size();
  if (last != nullptr && Same(*terms->back(), *last)) return true;
  const Expr* before = given >= 2 ? (*terms)[given - 2] : nullptr;
  // A third term must fit, else the first may be written in another way.
  if (given >= 3) {
    const Expr* expected = Next(*(*terms)[given - 3], *before);
    if (expected != nullptr && !Same(*expected, *terms->back())) return false;
  }
  if (before == nullptr || Same(*before, *terms->back())) return false;
  while (terms->size() < (last == nullptr ? kEndlessTerms : kWrittenTermsMax)) {
    const Expr* now = terms->back();
    const Expr* next = Next(*before, *now);
    if (next == nullptr) return false;
    terms->push_back(next);
    before = now;
    if (last != nullptr && Same(*next, *last)) return true;
  }
  return last == nullptr;
}

// Numbers that grow by one factor: 1, 2, 4, ...
bool Writer::Grow(std::vector<const Expr*>* terms, const Expr* last) {
  std::vector<Rational> values;
  for (const Expr* t : *terms) {
    const Exact x = ExactValue(*t, nullptr, budget_);
    if (!x.ok() || x.value.is_zero()) return false;
    values.push_back(x.value);
  }
  if (values.size() < 2) return false;
  const Rational factor = values[1] / values[0];
  if (factor.is_one()) return false;
  for (size_t i = 2; i < values.size(); ++i) {
    if (!(values[i] / values[i - 1] == factor)) return false;
  }
  std::optional<Rational> end;
  if (last != nullptr) {
    const Exact x = ExactValue(*last, nullptr, budget_);
    if (!x.ok()) return false;
    end = x.value;
    if (values.back() == *end) return true;
  } else if (values.size() < 3) {
    return false;
  }
  while (terms->size() < (last == nullptr ? kEndlessTerms : 64)) {
    values.push_back(values.back() * factor);
    if (values.back().bits() > 4096 || !budget_->Spend(4)) return false;
    terms->push_back(w_.Value(values.back()));
    if (terms->back() == nullptr) return false;
    if (end && values.back() == *end) return true;
  }
  return last == nullptr;
}

const Expr* Writer::Dots(const Expr& e) {
  bool failed = false;
  const Expr* result = w_.Transform(e, [&](const Expr& x) -> const Expr* {
    size_t dots = 0, at = 0;
    for (size_t i = 0; i < x.children_count; ++i) {
      if (x.children()[i] != nullptr && x.child(i).kind == Kind::kEllipsis) {
        ++dots;
        at = i;
      }
    }
    if (dots == 0) return nullptr;
    const bool list =
        x.kind == Kind::kList || x.kind == Kind::kSet || x.kind == Kind::kTuple;
    const bool closed = at + 1 < x.children_count;
    if (dots > 1 || at == 0 || (!closed && !list) ||
        (!list && x.kind != Kind::kAdd && x.kind != Kind::kMultiply)) {
      failed = true;
      return nullptr;
    }
    std::vector<const Expr*> terms(x.children_begin, x.children_begin + at);
    const Expr* last = closed ? &x.child(at + 1) : nullptr;
    // a_1 + \cdots + a_n: one step at a time.
    if (terms.size() == 1 && last != nullptr) {
      const Expr* first = terms[0];
      const Expr* second = nullptr;
      std::string_view base, subscript;
      if (IsSmallInteger(*first)) {
        second = w_.Integer(ValueOf(first->number->digits) + 1);
      } else if (first->kind == Kind::kSymbol &&
                 SplitSubscript(first->text, &base, &subscript) &&
                 IsDigits(subscript)) {
        second = w_.Symbol(Subscripted(base, ValueOf(subscript) + 1));
      }
      if (second != nullptr && !Same(*first, *last)) terms.push_back(second);
    }
    const std::vector<const Expr*> given = terms;
    if (!Extend(&terms, last)) {
      terms = given;
      if (!Grow(&terms, last)) {
        failed = true;
        return nullptr;
      }
    }
    for (size_t i = at + 2; i < x.children_count; ++i) {
      terms.push_back(&x.child(i));
    }
    if (!closed) terms.push_back(&x.child(at));
    return w_.Node(x.kind, terms, x.detail, x.text);
  });
  return failed ? nullptr : result;
}

}  // namespace

const Expr* WrittenOut(const Expr& e, const std::string& name, int64_t n,
                       Arena* arena, Budget* budget) {
  Writer writer(arena, budget);
  const Expr* x = name.empty() ? &e : writer.At(e, name, n);
  if (x != nullptr) x = writer.Sums(*x);
  return x == nullptr ? nullptr : writer.Dots(*x);
}

std::string LetterOfEllipsis(const Expr& e) {
  std::string letter;
  Contains(e, [&letter](const Expr& x) {
    for (size_t i = 1; i + 1 < x.children_count; ++i) {
      const auto& children = x.children();
      if (children[i - 1] == nullptr || children[i] == nullptr ||
          children[i + 1] == nullptr || x.child(i).kind != Kind::kEllipsis) {
        continue;
      }
      std::set<std::string> before, after;
      FreeSymbols(x.child(i - 1), &before);
      FreeSymbols(x.child(i + 1), &after);
      for (const std::string& name : after) {
        if (before.count(name) > 0) continue;
        std::string_view base, subscript;
        std::string found = name;
        if (SplitSubscript(name, &base, &subscript)) {
          found.clear();
          for (char c : subscript) {
            if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) found = c;
          }
        }
        if (found.size() == 1) letter = found;
      }
    }
    return !letter.empty();
  });
  return letter;
}

}  // namespace assay::math
