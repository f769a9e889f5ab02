#include "verifier/math/form.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"

namespace assay::math {
namespace {

int Compare(const Form::Monomial& a, const Form::Monomial& b) {
  const size_t common = std::min(a.size(), b.size());
  for (size_t i = 0; i < common; ++i) {
    if (const int c = a[i].atom.compare(b[i].atom); c != 0) return c;
    if (a[i].exponent != b[i].exponent) {
      return a[i].exponent < b[i].exponent ? -1 : 1;
    }
  }
  if (a.size() == b.size()) return 0;
  return a.size() < b.size() ? -1 : 1;
}

bool Before(const Form::Term& a, const Form::Term& b) {
  return Compare(a.monomial, b.monomial) < 0;
}

}  // namespace

Form Form::OfNumber(Rational value) {
  Form form;
  if (value.is_zero()) return form;
  form.terms.emplace_back();
  form.terms[0].coefficient = std::move(value);
  return form;
}

Form Form::OfAtom(std::string atom) {
  Form form;
  form.terms.emplace_back();
  Term& term = form.terms[0];
  term.monomial.emplace_back();
  term.monomial[0].atom = std::move(atom);
  fmpz_one(term.coefficient.numerator());
  return form;
}

Form Form::OfTerm(Term term) {
  Form form;
  if (!term.coefficient.is_zero()) form.terms.push_back(std::move(term));
  return form;
}

std::optional<Rational> Form::Number() const {
  if (terms.empty()) return Rational(0);
  if (terms.size() == 1 && terms[0].monomial.empty()) {
    return terms[0].coefficient;
  }
  return std::nullopt;
}

std::optional<Rational> Form::MultipleOf(std::string_view atom) const {
  if (terms.empty()) return Rational(0);
  if (terms.size() != 1) return std::nullopt;
  const Term& term = terms[0];
  if (term.monomial.size() != 1 || term.monomial[0].atom != atom ||
      term.monomial[0].exponent != 1) {
    return std::nullopt;
  }
  return term.coefficient;
}

std::string Form::Text() const {
  std::string text;
  for (const Term& term : terms) {
    if (!text.empty()) text += "+ ";
    if (term.monomial.empty() || !term.coefficient.is_one()) {
      text += term.coefficient.ToString();
      text += ' ';
    }
    for (const Factor& factor : term.monomial) {
      text += factor.atom;
      if (factor.exponent != 1) absl::StrAppend(&text, "^", factor.exponent);
      text += ' ';
    }
  }
  return text.empty() ? "0 " : text;
}

void Form::Append(Form other) {
  if (terms.empty()) {
    terms = std::move(other.terms);
    return;
  }
  terms.insert(terms.end(), std::make_move_iterator(other.terms.begin()),
               std::make_move_iterator(other.terms.end()));
}

bool Form::Normalize(Budget* budget) {
  uint64_t bytes = 0;
  for (const Term& term : terms) {
    for (const Factor& factor : term.monomial) bytes += factor.atom.size();
  }
  if (!budget->Spend(terms.size() + bytes / 32)) return false;
  if (!std::is_sorted(terms.begin(), terms.end(), Before)) {
    std::sort(terms.begin(), terms.end(), Before);
  }
  size_t kept = 0;
  for (size_t i = 0; i < terms.size();) {
    size_t j = i + 1;
    while (j < terms.size() &&
           Compare(terms[i].monomial, terms[j].monomial) == 0) {
      terms[i].coefficient = terms[i].coefficient + terms[j].coefficient;
      if (!budget->Spend(1 + terms[i].coefficient.bits() / 64)) return false;
      ++j;
    }
    if (!terms[i].coefficient.is_zero()) {
      if (kept != i) terms[kept] = std::move(terms[i]);
      ++kept;
    }
    i = j;
  }
  terms.resize(kept);
  return true;
}

}  // namespace assay::math
