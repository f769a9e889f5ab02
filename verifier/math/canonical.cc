#include "verifier/math/canonical.h"

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "verifier/math/rewrite.h"

namespace assay::math {
namespace {

constexpr uint64_t kCoefficientBitsMax = kExactBitsMax / 8;

struct Binder {
  std::string_view name;
  int level;
  const Binder* next;
};

class Writer {
 public:
  Writer(const Expr& whole, Budget* budget)
      : budget_(budget), has_infinity_(IsInfinite(whole)) {}

  std::optional<Form> Of(const Expr& e, const Binder* binders);
  std::optional<std::string> Text(const Expr& e, const Binder* binders);
  bool domain_grew() const { return domain_grew_; }

 private:
  std::optional<Form> Sum(const Expr& e, const Binder* binders);
  std::optional<Form> Product(const Expr& e, const Binder* binders);
  std::optional<Form> Power(const Expr& e, const Binder* binders);
  std::optional<Form> Generic(const Expr& e, const Binder* binders);
  std::optional<Form> Times(Form a, Form b);
  std::optional<Form> Raise(Form base, int64_t exponent);
  // The form as coefficient times one monomial; a sum becomes an atom.
  std::optional<Form::Term> AsTerm(Form form);
  bool MultiplyInto(Form::Monomial* a, Form::Monomial b);

  static bool IsInfinite(const Expr& e) {
    return e.contents.Has(Constant::kInfinity) ||
           e.contents.Has(Constant::kUndefined);
  }

  Budget* budget_;
  // Then no arithmetic: infinity - infinity is not 0.
  bool has_infinity_;
  bool domain_grew_ = false;
};

bool IsCommutative(const Expr& e) {
  const Kind kind = e.kind;
  if (kind == Kind::kFunction) {
    return IsFunction(e, Function::kGcd) || IsFunction(e, Function::kLcm) ||
           IsFunction(e, Function::kMin) || IsFunction(e, Function::kMax);
  }
  return kind == Kind::kSet || kind == Kind::kUnion ||
         kind == Kind::kIntersection || kind == Kind::kAnd || kind == Kind::kOr;
}

std::optional<Form> Writer::Sum(const Expr& e, const Binder* binders) {
  Form total;
  for (const Expr* c : e.children()) {
    std::optional<Form> f = Of(*c, binders);
    if (!f) return f;
    total.Append(*std::move(f));
  }
  if (!total.Normalize(budget_)) return std::nullopt;
  return total;
}

std::optional<Form::Term> Writer::AsTerm(Form form) {
  Form::Term result;
  if (form.terms.empty()) return result;
  if (form.terms.size() == 1) return std::move(form.terms[0]);
  // Made primitive: the first coefficient becomes 1.
  if (!budget_->Spend(4 * form.terms.size())) return std::nullopt;
  result.coefficient = form.terms[0].coefficient;
  if (!result.coefficient.is_one()) {
    for (Form::Term& term : form.terms) {
      term.coefficient = term.coefficient / result.coefficient;
    }
  }
  std::string text = absl::StrCat("{", form.Text(), "}");
  if (text.size() > kFormBytesMax) return std::nullopt;
  result.monomial.emplace_back();
  result.monomial[0].atom = std::move(text);
  return result;
}

// Multiplies the monomials, both sorted; false at a bound.
bool Writer::MultiplyInto(Form::Monomial* a, Form::Monomial b) {
  for (Form::Factor& factor : b) {
    if (!budget_->Spend(2 + factor.atom.size() / 32)) return false;
    auto it =
        std::lower_bound(a->begin(), a->end(), factor,
                         [](const Form::Factor& x, const Form::Factor& y) {
                           return x.atom < y.atom;
                         });
    if (it == a->end() || it->atom != factor.atom) {
      a->insert(it, std::move(factor));
      continue;
    }
    if ((it->exponent < 0) != (factor.exponent < 0)) domain_grew_ = true;
    if (__builtin_add_overflow(it->exponent, factor.exponent, &it->exponent)) {
      return false;
    }
    if (it->exponent == 0) a->erase(it);
  }
  return true;
}

std::optional<Form> Writer::Times(Form a, Form b) {
  // A number distributes over a sum.
  for (Form* number : {&a, &b}) {
    if (number->terms.empty()) return Form();
    if (!number->IsNumber()) continue;
    const Rational& c = number->terms[0].coefficient;
    Form& other = number == &a ? b : a;
    if (c.is_one()) return std::move(other);
    if (!budget_->Spend(2 * other.terms.size())) return std::nullopt;
    for (Form::Term& term : other.terms) {
      fmpq_mul(term.coefficient.get(), term.coefficient.get(), c.get());
      if (term.coefficient.bits() > kCoefficientBitsMax) return std::nullopt;
    }
    return std::move(other);
  }
  std::optional<Form::Term> x = AsTerm(std::move(a));
  std::optional<Form::Term> y = AsTerm(std::move(b));
  if (!x || !y) return std::nullopt;
  x->coefficient = x->coefficient * y->coefficient;
  if (x->coefficient.bits() > kCoefficientBitsMax) return std::nullopt;
  if (!MultiplyInto(&x->monomial, std::move(y->monomial))) return std::nullopt;
  return Form::OfTerm(*std::move(x));
}

std::optional<Form> Writer::Product(const Expr& e, const Binder* binders) {
  std::optional<Form> total;
  for (const Expr* c : e.children()) {
    std::optional<Form> f = Of(*c, binders);
    if (!f) return f;
    total = total ? Times(*std::move(total), *std::move(f)) : std::move(f);
    if (!total) return total;
  }
  return total ? std::move(total) : Form::OfNumber(Rational(1));
}

std::optional<Form> Writer::Raise(Form base, int64_t exponent) {
  if (std::optional<Rational> value = base.Number()) {
    Exact power = ExactPower(*value, Rational(exponent), budget_);
    if (!power.ok()) return std::nullopt;
    return Form::OfNumber(std::move(power.value));
  }
  std::optional<Form::Term> term = AsTerm(std::move(base));
  if (!term) return std::nullopt;
  if (!term->coefficient.is_one()) {
    Exact power = ExactPower(term->coefficient, Rational(exponent), budget_);
    if (!power.ok()) return std::nullopt;
    term->coefficient = std::move(power.value);
  }
  for (Form::Factor& factor : term->monomial) {
    if (__builtin_mul_overflow(factor.exponent, exponent, &factor.exponent)) {
      return std::nullopt;
    }
  }
  if (exponent == 0) {
    domain_grew_ = true;
    term->monomial.clear();
  }
  return Form::OfTerm(*std::move(term));
}

std::optional<Form> Writer::Power(const Expr& e, const Binder* binders) {
  std::optional<Form> base = Of(e.child(0), binders);
  std::optional<Form> exponent = Of(e.child(1), binders);
  if (!base || !exponent) return std::nullopt;
  std::optional<Rational> n = exponent->Number();
  int64_t power;
  if (n && n->bits() < 20 && n->ToInt64(&power)) {
    std::optional<Form> raised = Raise(*base, power);
    if (raised) return raised;
    if (budget_->exhausted()) return std::nullopt;
  }
  return Form::OfAtom(
      absl::StrCat("pow(", base->Text(), ",", exponent->Text(), ")"));
}

std::optional<Form> Writer::Generic(const Expr& e, const Binder* binders) {
  std::optional<std::string> text = Text(e, binders);
  if (!text) return std::nullopt;
  return Form::OfAtom(std::move(*text));
}

std::optional<Form> Writer::Of(const Expr& e, const Binder* binders) {
  if (!budget_->Spend(4)) return std::nullopt;
  if (has_infinity_ && e.kind != Kind::kNegate && IsInfinite(e)) {
    return Generic(e, binders);
  }
  switch (e.kind) {
    case Kind::kSymbol:
      if (binders == nullptr) return Form::OfAtom(std::string(e.text));
      return Generic(e, binders);
    case Kind::kNumber: {
      Exact x = NumberValue(*e.number, budget_);
      if (x.ok() && x.value.bits() <= kCoefficientBitsMax) {
        return Form::OfNumber(std::move(x.value));
      }
      return Generic(e, binders);
    }
    case Kind::kAdd:
      return Sum(e, binders);
    case Kind::kMultiply:
      return Product(e, binders);
    case Kind::kNegate:
    case Kind::kPercent: {
      std::optional<Form> f = Of(e.child(0), binders);
      if (!f) return f;
      if (e.kind == Kind::kNegate) {
        for (Form::Term& term : f->terms) {
          fmpq_neg(term.coefficient.get(), term.coefficient.get());
        }
        return f;
      }
      return Times(Form::OfNumber(Rational(1, e.detail == 1 ? 1000 : 100)),
                   *std::move(f));
    }
    case Kind::kDivide: {
      std::optional<Form> a = Of(e.child(0), binders);
      std::optional<Form> b = Of(e.child(1), binders);
      if (!a || !b) return std::nullopt;
      if (b->IsZero()) return Generic(e, binders);
      if (a->IsZero()) domain_grew_ = true;
      std::optional<Form> inverse = Raise(*std::move(b), -1);
      if (!inverse) return std::nullopt;
      return Times(*std::move(a), *std::move(inverse));
    }
    case Kind::kPower:
      return Power(e, binders);
    case Kind::kFactorial: {
      Exact x = ExactValue(e, nullptr, budget_);
      if (x.ok() && x.value.bits() <= kCoefficientBitsMax) {
        return Form::OfNumber(std::move(x.value));
      }
      return Generic(e, binders);
    }
    case Kind::kRoot: {
      std::optional<Form> a = Of(e.child(0), binders);
      if (!a) return a;
      if (e.children_count < 2)
        return Form::OfAtom(absl::StrCat("pow(", a->Text(), ",1/2 )"));
      return Generic(e, binders);
    }
    default: {
      if (IsFunction(e, Function::kSqrt) && e.children_count == 1) {
        std::optional<Form> a = Of(e.child(0), binders);
        if (!a) return a;
        return Form::OfAtom(absl::StrCat("pow(", a->Text(), ",1/2 )"));
      }
      return Generic(e, binders);
    }
  }
}

// A small number from its tree, in lowest terms: 3, -3, 3/4, -3/4.
bool SmallNumber(const Expr& e, int64_t* n, int64_t* d) {
  if (e.kind == Kind::kNumber) {
    const Number& x = *e.number;
    if (x.base != 10 || x.fraction_digits != 0 || x.exponent != 0 ||
        x.digits.size() > 9) {
      return false;
    }
    *n = 0;
    for (char c : x.digits) *n = 10 * *n + (c - '0');
    *d = 1;
    return true;
  }
  if (e.kind == Kind::kNegate) {
    if (!SmallNumber(e.child(0), n, d)) return false;
    *n = -*n;
    return true;
  }
  if (e.kind != Kind::kDivide || e.child(0).kind == Kind::kDivide ||
      e.child(1).kind != Kind::kNumber) {
    return false;
  }
  int64_t divisor, one;
  if (!SmallNumber(e.child(0), n, d) || *d != 1 ||
      !SmallNumber(e.child(1), &divisor, &one) || divisor == 0 || *n == 0) {
    return false;
  }
  const int64_t g = std::gcd(*n, divisor);
  *n /= g;
  *d = divisor / g;
  return true;
}

// The form's text of small numbers and free symbols, without the form.
bool QuickText(const Expr& e, const Binder* binders, std::string* text) {
  if (e.kind == Kind::kNegate || e.kind == Kind::kDivide) {
    int64_t n, d;
    if (!SmallNumber(e, &n, &d)) return false;
    *text = d == 1 ? absl::StrCat(n, " ") : absl::StrCat(n, "/", d, " ");
    return true;
  }
  if (e.kind == Kind::kNumber) {
    const Number& n = *e.number;
    if (n.base != 10 || n.fraction_digits != 0 || n.exponent != 0 ||
        n.digits.size() > 15) {
      return false;
    }
    const size_t first =
        std::min(n.digits.find_first_not_of('0'), n.digits.size() - 1);
    text->assign(n.digits.substr(first));
    *text += ' ';
    return true;
  }
  if (e.kind == Kind::kSymbol && binders == nullptr) {
    text->assign(e.text);
    *text += ' ';
    return true;
  }
  return false;
}

// Arithmetic children are written as forms, the rest kind by kind.
std::optional<std::string> Writer::Text(const Expr& e, const Binder* binders) {
  if (!budget_->Spend(4)) return std::nullopt;
  if (e.kind == Kind::kSymbol) {
    for (const Binder* b = binders; b != nullptr; b = b->next) {
      if (b->name == e.text) return "#" + std::to_string(b->level);
    }
    // a_k under a sum over k.
    for (const Binder* b = binders; b != nullptr; b = b->next) {
      if (!SubscriptMentions(e.text, b->name) || b->name.size() != 1) continue;
      const size_t mark = e.text.find('_');
      std::string name(e.text.substr(0, mark + 1));
      for (char c : e.text.substr(mark + 1)) {
        if (c == b->name[0]) {
          name += "#" + std::to_string(b->level);
        } else {
          name += c;
        }
      }
      return name;
    }
    return std::string(e.text);
  }
  if (e.kind == Kind::kConstant) {
    constexpr const char* kNames[] = {"$pi", "$e", "$i", "$inf", "$undefined"};
    return std::string(e.detail < 5 ? kNames[e.detail] : "$?");
  }
  std::string text = "<" + std::to_string(static_cast<int>(e.kind)) + ":" +
                     std::to_string(e.detail) + ":";
  if (e.kind == Kind::kMatrix) {
    text += e.text == "v" ? "v" : "m";
  } else {
    // The length first: words cannot forge the rest of the text.
    text += std::to_string(e.text.size()) + ':';
    text += e.text;
  }
  if (e.number != nullptr) {
    text += e.number->digits;
    text += '_' + std::to_string(e.number->base) + '_' +
            std::to_string(e.number->fraction_digits) + '_' +
            std::to_string(e.number->repeating_digits) + '_' +
            std::to_string(e.number->exponent);
  }
  Binder binder{{}, 0, binders};
  if (IsBinder(e.kind) && e.children()[0] != nullptr &&
      e.kind != Kind::kDerivative &&
      !(e.kind == Kind::kIntegral && e.children()[1] == nullptr)) {
    binder.name = e.child(0).text;
    binder.level = binders == nullptr ? 1 : binders->level + 1;
    binders = &binder;
  }
  std::vector<std::string> parts;
  for (const Expr* c : e.children()) {
    if (c == nullptr) {
      parts.emplace_back("-");
      continue;
    }
    std::string quick;
    if (QuickText(*c, binders, &quick)) {
      parts.push_back(std::move(quick));
      if (!budget_->Spend(2)) return std::nullopt;
      continue;
    }
    std::optional<Form> form = Of(*c, binders);
    if (!form) return std::nullopt;
    parts.push_back(form->Text());
    if (!budget_->Spend(1 + parts.back().size() / 16)) return std::nullopt;
  }
  if (IsCommutative(e)) std::sort(parts.begin(), parts.end());
  for (const std::string& part : parts) {
    text += '(' + part + ')';
    if (text.size() > kFormBytesMax) return std::nullopt;
  }
  text += '>';
  return text;
}

}  // namespace

std::optional<Form> FormOf(const Expr& expr, Budget* budget) {
  Writer writer(expr, budget);
  std::optional<Form> form = writer.Of(expr, nullptr);
  if (form) form->domain_grew = writer.domain_grew();
  return form;
}

std::optional<std::string> CanonicalText(const Expr& expr, Budget* budget,
                                         bool* domain_grew) {
  std::string quick;
  if (QuickText(expr, nullptr, &quick)) {
    if (domain_grew != nullptr) *domain_grew = false;
    if (!budget->Spend(2)) return std::nullopt;
    return quick;
  }
  Writer writer(expr, budget);
  std::optional<Form> form = writer.Of(expr, nullptr);
  if (domain_grew != nullptr) *domain_grew = writer.domain_grew();
  if (!form) return std::nullopt;
  std::string text = form->Text();
  if (text.size() > kFormBytesMax) return std::nullopt;
  return text;
}

std::optional<Rational> ConstantDifference(const Expr& a, const Expr& b,
                                           Budget* budget) {
  std::optional<Form> x = FormOf(a, budget);
  std::optional<Form> y = x ? FormOf(b, budget) : std::nullopt;
  if (!y) return std::nullopt;
  for (Form::Term& term : y->terms) term.coefficient = -term.coefficient;
  x->Append(*std::move(y));
  if (!x->Normalize(budget)) return std::nullopt;
  return x->Number();
}

}  // namespace assay::math
