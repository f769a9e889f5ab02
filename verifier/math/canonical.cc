#include "verifier/math/canonical.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "verifier/math/rewrite.h"

namespace assay::math {
namespace {

struct Binder {
  std::string_view name;
  int level;
  const Binder* next;
};

class Writer {
 public:
  Writer(const Expr& whole, Budget* budget)
      : budget_(budget), has_infinity_(Contains(whole, IsInfinite)) {}

  std::optional<Form> Of(const Expr& e, const Binder* binders);
  std::optional<std::string> Text(const Expr& e, const Binder* binders);
  bool domain_grew() const { return domain_grew_; }

 private:
  std::optional<Form> Sum(const Expr& e, const Binder* binders);
  std::optional<Form> Product(const Expr& e, const Binder* binders);
  std::optional<Form> Power(const Expr& e, const Binder* binders);
  std::optional<Form> Generic(const Expr& e, const Binder* binders);
  std::optional<Form> Times(const Form& a, const Form& b);
  std::optional<Form> Raise(const Form& base, const Rational& exponent);
  // The form as coefficient times one monomial; a sum becomes an atom.
  std::optional<Form::Term> AsTerm(const Form& form);

  static bool IsInfinite(const Expr& e) {
    return IsConstant(e, Constant::kInfinity) ||
           IsConstant(e, Constant::kUndefined);
  }

  Budget* budget_;
  // Then no arithmetic: infinity - infinity is not 0.
  bool has_infinity_;
  bool domain_grew_ = false;
};

std::string MonomialText(const Monomial& m) {
  std::string text;
  for (const auto& [atom, exponent] : m) {
    text += atom;
    if (!exponent.is_one()) text += "^" + exponent.ToString();
    text += ' ';
  }
  return text;
}

void AddTerm(Form* form, const Form::Term& term, Budget* budget) {
  std::string key = MonomialText(term.monomial);
  budget->Spend(1 + key.size() / 32);
  auto [it, inserted] = form->terms.try_emplace(std::move(key), term);
  if (inserted) {
    if (term.coefficient.is_zero()) form->terms.erase(it);
    return;
  }
  it->second.coefficient = it->second.coefficient + term.coefficient;
  if (it->second.coefficient.is_zero()) form->terms.erase(it);
}

Form OfNumber(const Rational& value) {
  Form form;
  if (!value.is_zero()) form.terms[""] = {{}, value};
  return form;
}

Form OfAtom(std::string atom) {
  Form form;
  Form::Term term{{}, Rational(1)};
  term.monomial[std::move(atom)] = Rational(1);
  std::string key = MonomialText(term.monomial);
  form.terms[std::move(key)] = std::move(term);
  return form;
}

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
    if (total.terms.empty()) {
      total = std::move(*f);
      continue;
    }
    for (const auto& [key, term] : f->terms) {
      AddTerm(&total, term, budget_);
      if (budget_->exhausted()) return std::nullopt;
    }
  }
  return total;
}

std::optional<Form::Term> Writer::AsTerm(const Form& form) {
  if (form.terms.empty()) return Form::Term{{}, Rational(0)};
  const Form::Term& first = form.terms.begin()->second;
  if (form.terms.size() == 1) return first;
  // Made primitive: the first coefficient becomes 1.
  Form scaled;
  for (const auto& [key, term] : form.terms) {
    if (!budget_->Spend(4)) return std::nullopt;
    scaled.terms[key] = {term.monomial, term.coefficient / first.coefficient};
  }
  std::string text = "{" + scaled.Text() + "}";
  if (text.size() > kFormBytesMax) return std::nullopt;
  Form::Term result{{}, first.coefficient};
  result.monomial[std::move(text)] = Rational(1);
  return result;
}

std::optional<Form> Writer::Times(const Form& a, const Form& b) {
  // A number distributes over a sum.
  for (const Form* number : {&a, &b}) {
    if (std::optional<Rational> c = number->Number()) {
      Form result;
      for (const auto& [key, term] : (number == &a ? b : a).terms) {
        if (!budget_->Spend(2)) return std::nullopt;
        Rational product = term.coefficient * *c;
        if (product.bits() > kExactBitsMax / 8) return std::nullopt;
        if (!product.is_zero()) {
          result.terms[key] = {term.monomial, std::move(product)};
        }
      }
      return result;
    }
  }
  std::optional<Form::Term> x = AsTerm(a);
  std::optional<Form::Term> y = AsTerm(b);
  if (!x || !y) return std::nullopt;
  x->coefficient = x->coefficient * y->coefficient;
  if (x->coefficient.bits() > kExactBitsMax / 8) return std::nullopt;
  for (const auto& [atom, exponent] : y->monomial) {
    if (!budget_->Spend(2 + atom.size() / 32)) return std::nullopt;
    auto [it, inserted] = x->monomial.try_emplace(atom, exponent);
    if (inserted) continue;
    if (it->second.sign() * exponent.sign() < 0) domain_grew_ = true;
    it->second = it->second + exponent;
    if (it->second.is_zero()) x->monomial.erase(it);
  }
  Form result;
  AddTerm(&result, *x, budget_);
  return result;
}

std::optional<Form> Writer::Product(const Expr& e, const Binder* binders) {
  Form total = OfNumber(Rational(1));
  for (const Expr* c : e.children()) {
    std::optional<Form> f = Of(*c, binders);
    if (!f) return f;
    f = Times(total, *f);
    if (!f) return f;
    total = std::move(*f);
  }
  return total;
}

std::optional<Form> Writer::Raise(const Form& base, const Rational& exponent) {
  if (std::optional<Rational> value = base.Number()) {
    Exact power = ExactPower(*value, exponent, budget_);
    if (!power.ok()) return std::nullopt;
    return OfNumber(power.value);
  }
  std::optional<Form::Term> term = AsTerm(base);
  if (!term) return std::nullopt;
  Exact coefficient = ExactPower(term->coefficient, exponent, budget_);
  if (!coefficient.ok()) return std::nullopt;
  term->coefficient = coefficient.value;
  for (auto& [atom, power] : term->monomial) power = power * exponent;
  if (exponent.is_zero()) {
    domain_grew_ = true;
    term->monomial.clear();
  }
  Form result;
  AddTerm(&result, *term, budget_);
  return result;
}

std::optional<Form> Writer::Power(const Expr& e, const Binder* binders) {
  std::optional<Form> base = Of(e.child(0), binders);
  std::optional<Form> exponent = Of(e.child(1), binders);
  if (!base || !exponent) return std::nullopt;
  std::optional<Rational> n = exponent->Number();
  if (n && n->is_integer() && n->bits() < 20) {
    std::optional<Form> raised = Raise(*base, *n);
    if (raised) return raised;
    if (budget_->exhausted()) return std::nullopt;
  }
  return OfAtom("pow(" + base->Text() + "," + exponent->Text() + ")");
}

std::optional<Form> Writer::Generic(const Expr& e, const Binder* binders) {
  std::optional<std::string> text = Text(e, binders);
  if (!text) return std::nullopt;
  return OfAtom(std::move(*text));
}

std::optional<Form> Writer::Of(const Expr& e, const Binder* binders) {
  if (!budget_->Spend(4)) return std::nullopt;
  if (has_infinity_ && e.kind != Kind::kNegate && Contains(e, IsInfinite)) {
    return Generic(e, binders);
  }
  switch (e.kind) {
    case Kind::kNumber: {
      Exact x = NumberValue(*e.number, budget_);
      if (x.ok() && x.value.bits() < 8192) return OfNumber(x.value);
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
      if (e.kind == Kind::kNegate) return Times(OfNumber(Rational(-1)), *f);
      return Times(OfNumber(Rational(1, e.detail == 1 ? 1000 : 100)), *f);
    }
    case Kind::kDivide: {
      std::optional<Form> a = Of(e.child(0), binders);
      std::optional<Form> b = Of(e.child(1), binders);
      if (!a || !b) return std::nullopt;
      if (b->IsZero()) return Generic(e, binders);
      if (a->IsZero()) domain_grew_ = true;
      std::optional<Form> inverse = Raise(*b, Rational(-1));
      if (!inverse) return std::nullopt;
      return Times(*a, *inverse);
    }
    case Kind::kPower:
      return Power(e, binders);
    case Kind::kRoot: {
      std::optional<Form> a = Of(e.child(0), binders);
      if (!a) return a;
      if (e.children_count < 2) return OfAtom("pow(" + a->Text() + ",1/2 )");
      return Generic(e, binders);
    }
    default: {
      if (IsFunction(e, Function::kSqrt) && e.children_count == 1) {
        std::optional<Form> a = Of(e.child(0), binders);
        if (!a) return a;
        return OfAtom("pow(" + a->Text() + ",1/2 )");
      }
      return Generic(e, binders);
    }
  }
}

// The form's text of small integers and free symbols, without the form.
bool QuickText(const Expr& e, const Binder* binders, std::string* text) {
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

std::optional<Rational> Form::Number() const {
  if (terms.empty()) return Rational(0);
  if (terms.size() == 1 && terms.begin()->second.monomial.empty()) {
    return terms.begin()->second.coefficient;
  }
  return std::nullopt;
}

std::optional<Rational> Form::MultipleOf(std::string_view atom) const {
  if (terms.empty()) return Rational(0);
  if (terms.size() != 1) return std::nullopt;
  const Term& term = terms.begin()->second;
  if (term.monomial.size() != 1 || term.monomial.begin()->first != atom ||
      !term.monomial.begin()->second.is_one()) {
    return std::nullopt;
  }
  return term.coefficient;
}

std::string Form::Text() const {
  std::string text;
  for (const auto& [key, term] : terms) {
    if (!text.empty()) text += "+ ";
    if (!term.coefficient.is_one() || key.empty()) {
      text += term.coefficient.ToString() + ' ';
    }
    text += key;
  }
  return text.empty() ? "0 " : text;
}

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
  for (auto& [key, term] : y->terms) {
    if (!budget->Spend(2)) return std::nullopt;
    term.coefficient = -term.coefficient;
    AddTerm(&*x, term, budget);
  }
  return x->Number();
}

}  // namespace assay::math
