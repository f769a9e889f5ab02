// Quantities of several units: "2 h 30 min", 5' 11", 30^\circ 45'.
#include "verifier/math/parser.h"

namespace assay::math {

// "2 hours 30 minutes": the sum of both.
bool Parser::AddQuantity(Nodes* factors) {
  const uint32_t begin = Peek().begin;
  const Expr* value = ParseNumber();
  if (value == nullptr) return false;
  const Expr* last = factors->back();
  if (last->kind == Kind::kAdd) last = &last->child(last->children_count - 1);
  const Expr* unit = ParseFinerUnit(last->child(1).text);
  if (unit == nullptr) {
    if (error_ == nullptr) Fail("a finer unit of the same kind");
    return false;
  }
  value = Make(Kind::kQuantity, begin, {value, unit});
  if (value == nullptr) return false;
  Nodes parts;
  if (factors->back()->kind == Kind::kAdd) {
    parts.assign(factors->back()->children().begin(),
                 factors->back()->children().end());
  } else {
    parts.push_back(factors->back());
  }
  parts.push_back(value);
  value = MakeAll(Kind::kAdd, parts[0]->begin_bytes, parts);
  if (value == nullptr) return false;
  factors->back() = value;
  return true;
}

// 3 h, and 3 h 5 min as AddQuantity leaves it: no number is a factor beside it,
// "3 of 4" is no product.
bool Parser::EndsInUnit(const Expr& e) const {
  const Expr& first = e.kind == Kind::kAdd ? e.child(0) : e;
  if (first.kind != Kind::kQuantity || at_ == 0 ||
      tokens_[at_ - 1].type == Tok::kCloseParen) {
    return false;
  }
  const std::string_view unit = first.child(1).text;
  return unit != "degree" && unit != "times" && unit != "through";
}

// 30^\circ 45' 36'', 30^{\circ}45^{\prime}; at the number of minutes or
// seconds. Null without an error where no prime follows it.
const Expr* Parser::AddMinutes(const Expr* angle) {
  const uint32_t begin = Peek().begin;
  const Expr* number = ParseNumber();
  size_t primes = 0;
  if (number == nullptr || !Primes(&primes)) return nullptr;
  if (primes != 1 && primes != 2) return nullptr;
  const Expr* unit =
      MakeText(Kind::kUnit, begin, primes == 1 ? "arcmin" : "arcsec");
  if (unit == nullptr) return nullptr;
  number = Make(Kind::kQuantity, begin, {number, unit});
  if (number == nullptr) return nullptr;
  if (angle->kind == Kind::kQuantity) {
    return Make(Kind::kAdd, begin, {angle, number});
  }
  return Make(Kind::kAdd, begin, {&angle->child(0), &angle->child(1), number});
}

// 6', 5'10".
const Expr* Parser::FeetAndInches(const Expr* feet, uint32_t begin) {
  const uint16_t primes = Peek().detail;
  if (primes > 2) return feet;
  Advance();
  const Expr* unit = MakeText(Kind::kUnit, begin, primes == 1 ? "ft" : "in");
  if (unit == nullptr) return nullptr;
  feet = Make(Kind::kQuantity, begin, {feet, unit});
  if (feet == nullptr || primes != 1 || Next() != Tok::kNumber ||
      Peek(1).type != Tok::kPrime || Peek(1).detail != 2) {
    return feet;
  }
  const Expr* inches = ParseNumber();
  Advance();
  unit = MakeText(Kind::kUnit, begin, "in");
  if (inches == nullptr || unit == nullptr) return nullptr;
  inches = Make(Kind::kQuantity, begin, {inches, unit});
  return inches == nullptr ? nullptr : Make(Kind::kAdd, begin, {feet, inches});
}

}  // namespace assay::math
