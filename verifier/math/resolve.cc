#include "verifier/math/resolve.h"

#include <optional>
#include <set>
#include <string_view>

#include "verifier/math/meaning.h"
#include "verifier/math/names.h"
#include "verifier/math/quantities.h"
#include "verifier/math/rewrite.h"
#include "verifier/math/structure_kinds.h"
#include "verifier/math/vector_algebra.h"

namespace assay::math {
namespace {

class Resolver {
 public:
  Resolver(Arena* arena, std::vector<std::string>* notes)
      : arena_(arena), w_(arena), notes_(notes) {}

  // `e` in the light of `other`.
  const Expr* Read(const Expr& e, const Expr& other);

 private:
  const Expr* SetLetter(const Expr& e, const Expr& other);
  const Expr* UnitVectors(const Expr& e, const Expr& other);
  const Expr* Arrows(const Expr& e, const Expr& other);
  const Expr* Vector(const Expr& e, const Expr& other);
  const Expr* Point(const Expr& e, const Expr& other);
  const Expr* Binomials(const Expr& e, const Expr& other);
  const Expr* Primes(const Expr& e, const Expr& other);
  const Expr* Engineering(const Expr& e, const Expr& other);
  const Expr* MapsTo(const Expr& e);
  const Expr* NamedCurve(const Expr& e, const Expr& other);
  const Expr* Parts(const Expr& e, const Expr& other);
  const Expr* WithoutConditions(const Expr& e, const Expr& other);
  void Note(std::string note) { notes_->push_back(std::move(note)); }

  Arena* arena_;
  Rewriter w_;
  std::vector<std::string>* notes_;
};

bool IsSetLike(const Expr& e) {
  switch (e.kind) {
    case Kind::kNamedSet:
    case Kind::kUnion:
    case Kind::kIntersection:
    case Kind::kDifference:
    case Kind::kSetBuilder:
      return true;
    case Kind::kTuple:
      return e.children_count == 2 && e.contents.Has(Constant::kInfinity);
    default:
      return false;
  }
}

const Expr* NamedLetter(const Expr& e, Rewriter* w) {
  if (e.kind != Kind::kSymbol || e.text.size() != 1) return nullptr;
  const std::optional<NamedSet> set = NamedSetOf(e.text[0]);
  if (!set) return nullptr;
  return w->Node(Kind::kNamedSet, {}, static_cast<uint16_t>(*set));
}

// R beside a set; "x \in R", R \setminus {0}.
const Expr* Resolver::SetLetter(const Expr& e, const Expr& other) {
  if (IsSetLike(other)) {
    if (const Expr* set = NamedLetter(e, &w_)) {
      Note("the letter " + std::string(e.text) + " read as a set");
      return set;
    }
  }
  const bool holder =
      e.kind == Kind::kDifference || e.kind == Kind::kUnion ||
      (e.kind == Kind::kRelation && IsRelation(e, Relation::kIn)) ||
      (e.kind == Kind::kAdd && e.children_count == 2 &&
       e.child(1).kind == Kind::kNegate &&
       e.child(1).child(0).kind == Kind::kSet);
  if (!holder) return &e;
  std::vector<const Expr*> children(e.children().begin(), e.children().end());
  const size_t at = e.kind == Kind::kRelation ? 1 : 0;
  const Expr* set = NamedLetter(*children[at], &w_);
  if (set == nullptr) return &e;
  if (e.kind == Kind::kAdd) {
    return w_.Node(Kind::kDifference, {set, &e.child(1).child(0)});
  }
  children[at] = set;
  return w_.With(e, children);
}

// Whether i, j or k stands with the sign of a vector.
bool HasUnitVectors(const Expr& e) {
  return e.contents.Has(Kind::kSymbol) && Contains(e, [](const Expr& x) {
           for (std::string_view accent : {"hat{", "vec{"}) {
             if (x.kind == Kind::kSymbol && x.text.size() > accent.size() &&
                 x.text.substr(0, accent.size()) == accent &&
                 x.text[accent.size()] >= 'i' && x.text[accent.size()] <= 'k') {
               return true;
             }
           }
           return false;
         });
}

// 2\hat{i} + 3\hat{j} beside 2i + 3j.
const Expr* Resolver::UnitVectors(const Expr& e, const Expr& other) {
  constexpr size_t kComponents = 3;
  const Expr* value = SplitLabel(e, arena_).value;
  const Expr* shape = SplitLabel(other, arena_).value;
  std::vector<const Expr*> components, others;
  if (value->kind != Kind::kAdd || shape->kind != Kind::kAdd ||
      HasUnitVectors(*value) == HasUnitVectors(*shape) ||
      !BasisComponents(*value, kComponents, arena_, &components) ||
      !BasisComponents(*shape, kComponents, arena_, &others)) {
    return &e;
  }
  Note("i, j, k read as unit vectors");
  return w_.Node(Kind::kVector, components);
}

// \vec{a} beside \mathbf{a}: the same vector; a plain a is its length.
const Expr* Resolver::Arrows(const Expr& e, const Expr& other) {
  constexpr std::string_view kArrow = "vec{";
  auto bold = [&](std::string_view name) {
    return Contains(other, [&](const Expr& x) {
      return x.kind == Kind::kSymbol && x.detail == 1 && x.text == name;
    });
  };
  if (!e.contents.Has(Kind::kSymbol) || !other.contents.Has(Kind::kSymbol)) {
    return &e;
  }
  std::set<std::string> names, others;
  FreeSymbols(e, &names);
  FreeSymbols(other, &others);
  const Expr* read = &e;
  for (const std::string& name : names) {
    if (read == nullptr || name.compare(0, kArrow.size(), kArrow) != 0) {
      continue;
    }
    const std::string letter =
        name.substr(kArrow.size(), name.size() - kArrow.size() - 1);
    if (names.count(letter) > 0 || others.count(name) > 0 || !bold(letter)) {
      continue;
    }
    Note("a vector's arrow read as bold type");
    const Expr* to = w_.Symbol(letter);
    read = to == nullptr ? nullptr : w_.Substitute(*read, name, *to);
  }
  return read;
}

// 2i + 3j + k beside a vector of three.
const Expr* Resolver::Vector(const Expr& e, const Expr& other) {
  const Expr* shape = SplitLabel(other, arena_).value;
  const bool sequence =
      shape->kind == Kind::kTuple || shape->kind == Kind::kVector ||
      (shape->kind == Kind::kMatrix && shape->text != "v" &&
       (shape->detail == 1 || shape->detail == shape->children_count)) ||
      (shape->kind == Kind::kInterval && shape->detail == 3);
  if (!sequence) return &e;
  const Expr* value = SplitLabel(e, arena_).value;
  const bool sum =
      value->kind == Kind::kAdd || value->kind == Kind::kMultiply ||
      value->kind == Kind::kNegate || value->kind == Kind::kSymbol ||
      value->kind == Kind::kConstant;
  std::vector<const Expr*> components;
  if (!sum ||
      !BasisComponents(*value, shape->children_count, arena_, &components)) {
    return &e;
  }
  Note("i, j, k read as unit vectors");
  return w_.Node(Kind::kVector, components);
}

// A(1, 2) beside (1, 2): the point's name.
const Expr* Resolver::Point(const Expr& e, const Expr& other) {
  if (e.kind != Kind::kApply || e.children_count < 3 ||
      other.kind != Kind::kTuple) {
    return &e;
  }
  const std::string_view name = e.child(0).text;
  if (name[0] < 'A' || name[0] > 'Z') return &e;
  std::vector<const Expr*> cells(e.children().begin() + 1, e.children().end());
  return w_.Node(Kind::kTuple, cells);
}

// C(n, k) beside something without C.
const Expr* Resolver::Binomials(const Expr& e, const Expr& other) {
  auto is_choice = [](const Expr& x) {
    return x.kind == Kind::kApply && x.children_count == 3 &&
           x.child(0).text == "C";
  };
  if (!e.contents.Has(Kind::kApply) || !Contains(e, is_choice) ||
      other.kind == Kind::kTuple || other.kind == Kind::kApply) {
    return &e;
  }
  Note("C(n, k) read as a binomial");
  return w_.Transform(e, [&](const Expr& x) -> const Expr* {
    if (!is_choice(x)) return nullptr;
    return w_.Call(Function::kBinomial, {&x.child(1), &x.child(2)});
  });
}

bool HasPrimes(const Expr& e) {
  return e.contents.Has(Kind::kSymbol) && Contains(e, [](const Expr& x) {
           return x.kind == Kind::kSymbol && !x.text.empty() &&
                  x.text.back() == '\'';
         });
}

// dy/dx and \dot{y} beside y'.
const Expr* Resolver::Primes(const Expr& e, const Expr& other) {
  if (!HasPrimes(other) || HasPrimes(e)) return &e;
  const Expr* read = w_.Transform(e, [&](const Expr& x) -> const Expr* {
    if (x.kind == Kind::kDerivative && x.children_count == 2 &&
        x.child(1).kind == Kind::kSymbol && x.detail <= 4) {
      return w_.Symbol(std::string(x.child(1).text) +
                       std::string(x.detail, '\''));
    }
    if (x.kind != Kind::kSymbol) return nullptr;
    for (std::string_view dot : {"dot{", "ddot{"}) {
      if (x.text.substr(0, dot.size()) != dot || x.text.back() != '}') continue;
      const std::string_view name =
          x.text.substr(dot.size(), x.text.size() - dot.size() - 1);
      return w_.Symbol(std::string(name) + (dot.size() == 4 ? "'" : "''"));
    }
    return nullptr;
  });
  return read == nullptr ? &e : read;
}

// 3 + 4j beside 3 + 4i.
const Expr* Resolver::Engineering(const Expr& e, const Expr& other) {
  if (!other.contents.Has(Constant::kI) || e.contents.Has(Constant::kI)) {
    return &e;
  }
  std::set<std::string> names, others;
  FreeSymbols(e, &names);
  FreeSymbols(other, &others);
  if (names.size() != 1 || *names.begin() != "j" || !others.empty()) {
    return &e;
  }
  const Expr* i = w_.Constant(Constant::kI);
  const Expr* read = i == nullptr ? nullptr : w_.Substitute(e, "j", *i);
  if (read == nullptr) return &e;
  Note("j read as the imaginary unit");
  return read;
}

// f: x \mapsto 2x as f(x) = 2x.
const Expr* Resolver::MapsTo(const Expr& e) {
  if (!IsRelation(e, Relation::kMapsTo)) return &e;
  const Expr& left = e.child(0);
  const bool named = left.kind == Kind::kRatio && left.children_count == 2 &&
                     left.child(0).kind == Kind::kSymbol;
  const Expr* name = named ? &left.child(0) : w_.Symbol("f");
  const Expr& argument = named ? left.child(1) : left;
  if (argument.kind != Kind::kSymbol) return &e;
  const Expr* read = w_.Node(
      Kind::kRelation, {w_.Node(Kind::kApply, {name, &argument}), &e.child(1)},
      static_cast<uint16_t>(Relation::kEqual));
  return read == nullptr ? &e : read;
}

// l: y = x + 1, where the l names the line.
const Expr* Resolver::NamedCurve(const Expr& e, const Expr& other) {
  if (!IsRelation(e, Relation::kEqual) ||
      !IsRelation(other, Relation::kEqual) ||
      other.child(0).kind == Kind::kRatio) {
    return &e;
  }
  const Expr& left = e.child(0);
  const bool named = left.kind == Kind::kRatio && left.children_count == 2 &&
                     left.child(0).kind == Kind::kSymbol &&
                     !other.contents.Has(Kind::kRatio);
  if (!named) return &e;
  const std::string_view name = left.child(0).text;
  if (name != "l" && name != "L" && name != "ell" && name != "C" &&
      name != "E" && name != "Gamma") {
    return &e;
  }
  Note("the name of a curve dropped");
  return w_.With(e, {&left.child(1), &e.child(1)});
}

// "3 hours and 30 minutes" beside one quantity: their sum.
const Expr* Resolver::Parts(const Expr& e, const Expr& other) {
  constexpr size_t kPartsMax = 4;
  if (e.kind != Kind::kList || e.detail == 1 || e.children_count < 2 ||
      e.children_count > kPartsMax || other.kind != Kind::kQuantity) {
    return &e;
  }
  UnitFacts last;
  for (size_t i = 0; i < e.children_count; ++i) {
    UnitFacts facts;
    const Expr& c = e.child(i);
    if (c.kind != Kind::kQuantity || !FindUnit(c.child(1).text, &facts)) {
      return &e;
    }
    // Smaller and smaller units of one dimension.
    if (i > 0 && (facts.dimension != last.dimension ||
                  (last.factor - facts.factor).sign() <= 0)) {
      return &e;
    }
    last = facts;
  }
  Note("quantities of falling units added");
  return w_.Add(
      std::vector<const Expr*>(e.children().begin(), e.children().end()));
}

// f(x) = E with one argument: the argument; empty otherwise.
std::string_view ArgumentOf(const Expr& e) {
  if (!IsRelation(e, Relation::kEqual)) return {};
  const Expr& left = e.child(0);
  const bool function = left.kind == Kind::kApply && left.children_count == 2 &&
                        left.child(1).kind == Kind::kSymbol;
  return function ? left.child(1).text : std::string_view();
}

// a/b, b \neq 0 beside one value: where it is defined. f(x) = E, x > 0
// beside one that names no domain.
const Expr* Resolver::WithoutConditions(const Expr& e, const Expr& other) {
  if (e.kind != Kind::kList || e.detail == 1 || e.children_count < 2 ||
      other.kind == Kind::kList) {
    return &e;
  }
  const Expr& first = e.child(0);
  const std::string_view argument = ArgumentOf(first);
  if (argument.empty() &&
      (other.contents.Has(Kind::kRelation) || !IsPlain(first) ||
       !first.contents.Has(Kind::kSymbol))) {
    return &e;
  }
  for (size_t i = 1; i < e.children_count; ++i) {
    const Expr& c = e.child(i);
    if (c.kind != Kind::kRelation || c.child(0).kind != Kind::kSymbol) {
      return &e;
    }
    const bool apart = IsRelation(c, Relation::kNotEqual);
    if (!IsPlainNumber(c.child(1)) ||
        (argument.empty() ? !apart : c.child(0).text != argument)) {
      return &e;
    }
  }
  Note("a condition on the variables dropped");
  return &e.child(0);
}

const Expr* Resolver::Read(const Expr& e, const Expr& other) {
  const Expr* x = Parts(*MapsTo(e), other);
  if (x == nullptr) return &e;
  x = NamedCurve(*x, other);
  if (x == nullptr) return &e;
  x = WithoutConditions(*x, other);
  x = SetLetter(*x, other);
  if (x == nullptr) return &e;
  x = Arrows(*x, other);
  if (x == nullptr) return &e;
  x = UnitVectors(*x, other);
  if (x == nullptr) return &e;
  x = Vector(*x, other);
  if (x == nullptr) return &e;
  x = Point(*x, other);
  if (x == nullptr) return &e;
  x = Binomials(*x, other);
  if (x == nullptr) return &e;
  x = Primes(*x, other);
  return Engineering(*x, other);
}

}  // namespace

void Resolve(const Expr** gold, const Expr** answer, Arena* arena,
             std::vector<std::string>* notes) {
  Resolver resolver(arena, notes);
  const Expr* g = resolver.Read(**gold, **answer);
  const Expr* a = resolver.Read(**answer, *g);
  *gold = g;
  *answer = a;
}

}  // namespace assay::math
