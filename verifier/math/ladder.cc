#include "verifier/math/ladder.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

#include "verifier/math/canonical.h"
#include "verifier/math/exact_functions.h"
#include "verifier/math/parse.h"
#include "verifier/math/rewrite.h"
#include "verifier/math/tapes.h"

namespace assay::math {
namespace {

Finding DifferentValues(std::string_view rung, Witness witness,
                        std::string reason) {
  Finding f = Finding::Different(std::move(reason));
  f.proof = Proof::kWitness;
  f.rung = rung;
  f.witness = std::move(witness);
  return f;
}

// Infinity with its sign; 0 where the tree is something else.
int InfinitySign(const Expr& e) {
  if (IsConstant(e, Constant::kInfinity)) return 1;
  if (e.kind == Kind::kNegate) return -InfinitySign(e.child(0));
  return 0;
}

// Terms for which agreement at many integers is accepted: products and
// quotients of polynomials, powers, factorials and binomials, and sums and
// products of such.
bool IsHypergeometric(const Expr& e) {
  for (Kind kind : {Kind::kModulo, Kind::kPiecewise, Kind::kApply, Kind::kLimit,
                    Kind::kIntegral}) {
    if (e.contents.Has(kind)) return false;
  }
  constexpr uint64_t kFunctions =
      Contents::Bit(Function::kBinomial) |
      Contents::Bit(Function::kPermutations) | Contents::Bit(Function::kSqrt) |
      Contents::Bit(Function::kGamma) | Contents::Bit(Function::kExp);
  return (e.contents.functions & ~kFunctions) == 0;
}

}  // namespace

std::optional<Finding> Ladder::Cheap(const Expr& gold, const Expr& answer) {
  if (Same(gold, answer)) {
    Trace("text: the same tree");
    return Finding::Equal(Proof::kIdentical, "text");
  }
  Exact a = ExactValue(gold, nullptr, budget_);
  Exact b = ExactValue(answer, nullptr, budget_);
  if (a.ok() && b.ok()) {
    if (a.value == b.value) {
      if (tracing()) Trace("exact: both are " + a.value.ToString());
      return Finding::Equal(Proof::kIdentical, "exact");
    }
    Witness witness = {"", a.value.ToString(), b.value.ToString()};
    if (tracing()) {
      Trace("exact: " + witness.gold_value + " is not " + witness.answer_value);
    }
    return DifferentValues("exact", std::move(witness),
                           "the exact values differ");
  }
  if (a.state == Exact::kUndefined || b.state == Exact::kUndefined) {
    const bool complex = gold.contents.Has(Kind::kConstant) ||
                         answer.contents.Has(Kind::kConstant) ||
                         policy_.domain == MathPolicy::Domain::kComplex;
    if (!complex) {
      Trace("exact: a side is undefined on the reals");
      return Finding::Undecided("exact", "a side is undefined");
    }
  }
  bool grew_a = false, grew_b = false;
  // A part of what is left, so that later rungs get their turn.
  Budget part;
  part.limit = (budget_->limit - std::min(budget_->limit, budget_->spent)) / 4;
  std::optional<std::string> x = CanonicalText(gold, &part, &grew_a);
  std::optional<std::string> y;
  if (x) y = CanonicalText(answer, &part, &grew_b);
  budget_->Spend(part.spent);
  const bool trusted = !(grew_a || grew_b) || !policy_.strict_domain;
  if (x && y && *x == *y && trusted) {
    Trace("canonical: the same form");
    Finding f = Finding::Equal(Proof::kIdentical, "canonical");
    if (grew_a != grew_b) {
      f.notes.emplace_back(kWhereBothAreDefined);
    }
    return f;
  }
  Trace("canonical: the forms differ, which proves nothing");
  return std::nullopt;
}

std::optional<Finding> Ladder::Infinite(const Expr& gold, const Expr& answer) {
  const int a = InfinitySign(gold);
  const int b = InfinitySign(answer);
  if (a == 0 && b == 0) return std::nullopt;
  if (a == b) return Finding::Equal(Proof::kIdentical, "canonical");
  const Expr& other = a == 0 ? gold : answer;
  if (a != 0 && b != 0) return Finding::Different("infinities of other sign");
  if (other.contents.Has(Constant::kInfinity)) {
    return Finding::Undecided("structure", "arithmetic with infinity");
  }
  if (other.contents.Has(Kind::kLimit)) {
    return Finding::Undecided("structure", "a limit that may be infinite");
  }
  return Finding::Different("infinity against a finite value");
}

// Integers beyond writing: residues modulo a secret and a small prime.
std::optional<Finding> Ladder::Tower(const Expr& gold, const Expr& answer) {
  std::set<std::string> names;
  FreeSymbols(gold, &names);
  FreeSymbols(answer, &names);
  if (!names.empty()) return std::nullopt;
  for (uint64_t m : {world_.fields[0]->prime(), uint64_t{1009}}) {
    uint64_t a, b;
    if (ResidueOfTower(gold, m, budget_, &a) &&
        ResidueOfTower(answer, m, budget_, &b) && a != b) {
      const std::string mod = " mod " + std::to_string(m);
      Trace("tower: residues differ" + mod);
      return DifferentValues(
          "residue", {"", std::to_string(a) + mod, std::to_string(b) + mod},
          "the residues differ");
    }
  }
  return std::nullopt;
}

Finding Ladder::Compare(const Expr& gold, const Expr& answer) {
  if (std::optional<Finding> f = Cheap(gold, answer)) return *std::move(f);
  if (std::optional<Finding> f = Infinite(gold, answer)) return *std::move(f);
  if (!gold.contents.Has(Kind::kSymbol) &&
      !answer.contents.Has(Kind::kSymbol)) {
    if (std::optional<Finding> f = Tower(gold, answer)) return *std::move(f);
  } else if (gold.contents.Has(Kind::kProduct) ||
             answer.contents.Has(Kind::kProduct)) {
    if (std::optional<Finding> f = Tower(gold, answer)) return *std::move(f);
  }
  if (budget_->exhausted()) {
    return Finding::Undecided("exact", "the operations budget is spent");
  }
  std::set<std::string> integers, free;
  IntegerSymbols(gold, &integers);
  IntegerSymbols(answer, &integers);
  if (!integers.empty() || !integers_.empty()) {
    FreeSymbols(gold, &free);
    FreeSymbols(answer, &free);
  }
  for (auto it = integers.begin(); it != integers.end();) {
    it = free.count(*it) > 0 ? std::next(it) : integers.erase(it);
  }
  if (!integers.empty()) return Integers(gold, answer, integers);
  Finding f = Tapes(gold, answer, nullptr);
  if (f.equal()) return f;
  // Declared integers: what differs on the reals may agree on the integers.
  std::set<std::string> declared;
  for (const std::string& name : integers_) {
    if (free.count(name) > 0) declared.insert(name);
  }
  return declared.empty() ? f : Integers(gold, answer, declared);
}

Finding Ladder::Tapes(const Expr& gold, const Expr& answer,
                      const Bindings* bindings) {
  std::set<std::string> free;
  FreeSymbols(gold, &free);
  FreeSymbols(answer, &free);
  for (const Bindings* b = bindings; b != nullptr; b = b->next) {
    free.erase(std::string(b->name));
  }
  if (free.size() > kernels::Tape::kVariablesMax) {
    return Finding::Undecided("residue", "too many variables");
  }
  Pair pair(std::vector<std::string>(free.begin(), free.end()), bindings,
            arena_, budget_);
  if (absl::Status s = pair.Compile(gold, answer); !s.ok()) {
    Trace("tape: " + std::string(s.message()));
    return Finding::Undecided("residue",
                              "no tape: " + std::string(s.message()));
  }
  const bool imaginary =
      gold.contents.Has(Constant::kI) || answer.contents.Has(Constant::kI);
  pair.complex_points = policy_.domain == MathPolicy::Domain::kComplex;
  if (imaginary || pair.complex_points) {
    pair.domain = kernels::BallDomain::kComplex;
  }
  // Balls first: where they prove difference the point is one that people
  // can read, and nothing else is needed.
  std::optional<Finding> balls = Balls(&pair);
  if (balls && !world_.IsCrossChecked()) return *std::move(balls);
  std::optional<Finding> residues = Residues(&pair);
  if (balls && residues && residues->equal()) {
    ContradictionsCount().fetch_add(1);
    Trace("contradiction: residues match, balls are disjoint");
    return Finding::Undecided("ball", "two rungs contradict each other");
  }
  if (balls) return *std::move(balls);
  if (residues && residues->equal()) {
    if (policy_.strict_domain && pair.one_side_undefined) {
      return Finding::Undecided("residue", pair.domain_note);
    }
    pair.NoteDomain(&*residues);
  }
  if (residues) return *std::move(residues);
  return HighPrecision(&pair);
}

Finding Ladder::Integers(const Expr& gold, const Expr& answer,
                         const std::set<std::string>& names) {
  constexpr int kSmall = 13;  // 0..12 for all parameters alike.
  constexpr int kDrawn = 8;   // Secret values up to 40.
  constexpr int kAgreeMin = 5;
  const std::vector<std::string> list(names.begin(), names.end());
  if (list.size() > 4) {
    return Finding::Undecided("arb", "too many integer parameters");
  }
  int agree = 0;
  std::string undecided;
  for (int i = 0; i < kSmall + kDrawn; ++i) {
    const kernels::Point p = world_.points.Draw(kernels::PointKind::kNatural, i,
                                                static_cast<int>(list.size()));
    std::vector<int64_t> values;
    int64_t least = 40;
    for (const kernels::Coordinate& c : p.coordinates) {
      values.push_back(c.re.numerator >> c.re.shift);
      least = std::min(least, values.back());
    }
    std::optional<Finding> f = AtIntegers(gold, answer, list, values);
    if (!f) continue;  // Not defined, or beyond what can be evaluated.
    if (f->different() && least >= 1) {
      Trace("sampled: differ at " + f->witness->point);
      return *std::move(f);
    }
    if (f->equal()) ++agree;
    if (f->undecided()) undecided = f->reason;
    if (budget_->exhausted()) break;
  }
  Trace("sampled: " + std::to_string(agree) + " integer points agree");
  if (agree < kAgreeMin || !undecided.empty()) {
    return Finding::Undecided(
        "arb", undecided.empty() ? "too few integer points" : undecided);
  }
  if (!IsHypergeometric(gold) || !IsHypergeometric(answer)) {
    return Finding::Undecided(
        "arb", "agreement at integers proves nothing for such terms");
  }
  Finding f = Finding::Equal(Proof::kSampled, "arb");
  std::string note = "integer parameters: ";
  for (const std::string& name : list) note += name + " ";
  f.notes.push_back(note + "at " + std::to_string(agree) + " points");
  if (policy_.strict) return Finding::Undecided("arb", "sampled, not proved");
  return f;
}

std::optional<Finding> Ladder::AtIntegers(const Expr& gold, const Expr& answer,
                                          const std::vector<std::string>& names,
                                          const std::vector<int64_t>& values) {
  std::vector<Rational> numbers;
  numbers.reserve(names.size());
  std::vector<Bindings> chain(names.size());
  std::string point;
  for (size_t i = 0; i < names.size(); ++i) {
    numbers.emplace_back(values[i]);
    chain[i] = {names[i], &numbers[i], i == 0 ? nullptr : &chain[i - 1]};
    point +=
        (i == 0 ? "" : ", ") + names[i] + " = " + std::to_string(values[i]);
  }
  const Bindings* bindings = &chain.back();
  // A point may cost a part of the budget only.
  Exact a = ExactValue(gold, bindings, budget_);
  Exact b = ExactValue(answer, bindings, budget_);
  if (a.state == Exact::kUndefined || b.state == Exact::kUndefined) {
    return std::nullopt;
  }
  if (a.ok() && b.ok()) {
    if (a.value == b.value) {
      return Finding::Equal(Proof::kIdentical, "exact");
    }
    return DifferentValues("exact",
                           {point, a.value.ToString(), b.value.ToString()},
                           "the values differ at " + point);
  }
  Finding f = Tapes(gold, answer, bindings);
  if (f.undecided() && f.rung == "residue") return std::nullopt;
  if (f.witness) {
    f.witness->point =
        point + (f.witness->point.empty() ? "" : ", " + f.witness->point);
  }
  return f;
}

kernels::Enclosure Ladder::Enclose(const Expr& e, const Bindings* bindings) {
  Compiler compiler({}, bindings, arena_, budget_);
  absl::StatusOr<kernels::Tape> tape = compiler.Compile(e);
  if (!tape.ok() || tape->one_sided()) return kernels::Enclosure();
  kernels::HighPrecisionOptions options;
  options.precision_bits = 256;
  options.budget = kHighPrecisionBudget;
  kernels::Point origin;
  kernels::Enclosure value =
      kernels::EvaluateHighPrecision(*tape, origin, options);
  budget_->Spend(1 + value.cost() / kUnitsAnOperation);
  return value;
}

std::optional<int> Ladder::SignAt(const Expr& e, const Bindings* bindings) {
  Exact x = ExactValue(e, bindings, budget_);
  if (x.ok()) return x.value.sign();
  if (x.state == Exact::kUndefined || budget_->exhausted()) {
    return std::nullopt;
  }
  kernels::Enclosure ball = Enclose(e, bindings);
  return ball.defined() ? ball.sign() : std::nullopt;
}

std::optional<int> Ladder::SignOf(const Expr& e) {
  if (const int s = InfinitySign(e); s != 0) return s;
  return SignAt(e, nullptr);
}

}  // namespace assay::math
