// A sum of monomials over atoms with exact coefficients: what canonical.h
// makes of a tree. Sorted, without equal monomials and zero coefficients, so
// that equal forms have equal texts.
//
//   Form f = Form::OfAtom("x");
//   f.Append(Form::OfNumber(Rational(1)));
//   f.Normalize();          // x + 1
//
// Threads: plain values. Bounds: the caller's budget.
#ifndef VERIFIER_MATH_FORM_H_
#define VERIFIER_MATH_FORM_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/container/inlined_vector.h"
#include "verifier/math/exact.h"

namespace assay::math {

struct Form {
  struct Factor {
    std::string atom;
    int64_t exponent = 1;  // Not 0.

    friend bool operator==(const Factor&, const Factor&) = default;
  };
  // Sorted by atom.
  using Monomial = absl::InlinedVector<Factor, 1>;
  struct Term {
    Monomial monomial;
    Rational coefficient;
  };

  absl::InlinedVector<Term, 1> terms;
  // Something that may be undefined was cancelled: x/x, 0/x.
  bool domain_grew = false;

  static Form OfNumber(Rational value);
  static Form OfAtom(std::string atom);
  static Form OfTerm(Term term);

  bool IsZero() const { return terms.empty(); }
  // A number other than 0.
  bool IsNumber() const {
    return terms.size() == 1 && terms[0].monomial.empty();
  }
  // The value where the form is a number.
  std::optional<Rational> Number() const;
  // c where the form is c times that one atom; 0 for the zero form.
  std::optional<Rational> MultipleOf(std::string_view atom) const;
  std::string Text() const;

  // Terms that may equal others; Normalize must follow.
  void Append(Form other);
  // False where the budget is spent.
  bool Normalize(Budget* budget);
};

}  // namespace assay::math

#endif  // VERIFIER_MATH_FORM_H_
