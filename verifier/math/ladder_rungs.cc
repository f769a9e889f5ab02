// The rungs that evaluate tapes: residues, balls, Arb.
#include <algorithm>
#include <bit>
#include <cmath>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/types/span.h"
#include "kernels/high_precision.h"
#include "verifier/math/canonical.h"
#include "verifier/math/sample_points.h"
#include "verifier/math/tapes.h"

namespace assay::math {
namespace {

using kernels::BallDomain;
using kernels::BallValue;
using kernels::Enclosure;
using kernels::Point;
using kernels::Residue;

// Of the radius, absolute, and relative where the value is known not to be 0.
constexpr double kRadiusLog2Max = -200;
constexpr int kAgreeingPointsMin = 3;
constexpr int kPrecisions[] = {256, 512, 1024, 2048};
// Where they agree, they must agree once more at one point, so closely that
// what is written could not hide below: pi and pi + 10^-90, or 1 and tanh
// 500, are one number at 256 bits. At least at this precision.
constexpr int kConfirmingPrecision = 1024;
// A sum of square roots of integers of b bits in all may come as close to
// another one as 2^-2b and less.
constexpr double kBitsOfConstant = 4;
constexpr double kGuardBits = 128;
constexpr int64_t kConfirmingBudget = 2 * kHighPrecisionBudget;
std::string ResidueText(const Residue& r, uint64_t p) {
  std::string text = std::to_string(r.re);
  if (r.im != 0) text += " + " + std::to_string(r.im) + " i";
  return text + " mod " + std::to_string(p);
}

Finding DifferentAt(std::string_view rung, std::string point, std::string gold,
                    std::string answer) {
  Finding f = Finding::Different(
      point.empty() ? "the values differ" : "the values differ at " + point);
  f.proof = Proof::kWitness;
  f.rung = rung;
  f.witness = Witness{std::move(point), std::move(gold), std::move(answer)};
  return f;
}

// Of ordinary constants, all together; large ones count as extent.
double BitsOfConstants(const kernels::Tape& tape) {
  double bits = 0;
  for (const kernels::Rational& r : tape.parts().constants) {
    if (r.numerator.size() > 1 || r.denominator.size() > 1) continue;
    for (const auto* part : {&r.numerator, &r.denominator}) {
      if (!part->empty()) bits += std::bit_width((*part)[0]);
    }
  }
  return bits;
}

// Tight enough to be evidence of equality.
bool IsTight(const Enclosure& e) {
  const double radius = e.radius_log2();
  if (radius > kRadiusLog2Max) return false;
  return e.contains_zero() || radius - e.magnitude_log2() <= kRadiusLog2Max;
}

}  // namespace

std::optional<Finding> Ladder::Residues(Pair* pair) {
  const uint8_t domains = pair->gold().domains() & pair->answer().domains();
  if ((domains & kernels::kResidues) == 0) {
    Trace("residue: an operation has no residue");
    return std::nullopt;
  }
  const uint64_t size =
      pair->gold().instructions().size() + pair->answer().instructions().size();
  if (!budget_->Spend(size * 4)) return std::nullopt;
  kernels::ResiduePoint point;
  auto differs = [&](const kernels::ResidueField& field, Residue* a,
                     Residue* b) {
    *a = field.Evaluate(pair->gold(), point);
    *b = field.Evaluate(pair->answer(), point);
    return a->defined() && b->defined() && !(*a == *b);
  };
  auto different = [&](const kernels::ResidueField& field, const Residue& a,
                       const Residue& b) -> std::optional<Finding> {
    if (tracing()) {
      Trace("residue: differ modulo " + std::to_string(field.prime()));
    }
    if (pair->one_sided) return std::nullopt;
    return DifferentAt("residue", pair->constant ? "" : "a secret element",
                       ResidueText(a, field.prime()),
                       ResidueText(b, field.prime()));
  };
  Residue a, b;
  if (differs(*world_.mersenne, &a, &b)) {
    return different(*world_.mersenne, a, b);
  }
  const uint32_t order = kernels::OrderOf(pair->gold(), pair->answer());
  const bool usual = order != 0 && kernels::ResidueField::kOrder % order == 0;
  std::optional<double> bound;
  if (usual) {
    bound = kernels::MatchErrorLog2(pair->gold(), pair->answer(),
                                    MathWorld::kPrimesCount);
  }
  if (!bound) {
    Trace("residue: abstains (height, degree or order too large)");
    return std::nullopt;
  }
  if (!budget_->Spend(size * 12)) return std::nullopt;
  for (const auto& field : world_.fields) {
    if (differs(*field, &a, &b)) return different(*field, a, b);
    if (!a.defined() || !b.defined()) {
      Trace("residue: abstains or undefined");
      return std::nullopt;
    }
  }
  if (tracing()) {
    Trace("residue: match at three secret primes, wrong with probability 2^" +
          std::to_string(static_cast<int>(std::ceil(*bound))));
  }
  Finding f = Finding::Equal(Proof::kResidue, "residue");
  f.error_bound_log2 = *bound;
  return f;
}

std::optional<Finding> Ladder::Balls(Pair* pair) {
  const SamplePoints& source = world_.sample_points;
  int overlaps = 0;
  std::vector<Point> drawn;
  std::optional<Finding> f =
      BallsAt(pair,
              source.Usual(pair->complex_points, pair->constant,
                           pair->variables_count, &drawn),
              &overlaps);
  if (!f && !pair->constant && !pair->complex_points &&
      pair->domain == BallDomain::kReal &&
      (HasKinks(pair->gold()) || HasKinks(pair->answer()))) {
    int kinks = 0;
    drawn = KinkPoints(pair->gold(), pair->answer(), pair->variables_count);
    f = BallsAt(pair, drawn, &kinks);
  }
  const bool few =
      overlaps < kAgreeingPointsMin && !pair->constant && !pair->complex_points;
  if (f || !few) return f;
  return BallsAt(pair, source.More(pair->variables_count, &drawn), &overlaps);
}

std::optional<Finding> Ladder::BallsAt(Pair* pair,
                                       absl::Span<const Point> points,
                                       int* overlaps) {
  // Most pairs that differ do so at once.
  constexpr size_t kFirst = 4;
  const kernels::Tape* tapes[] = {&pair->gold(), &pair->answer()};
  const uint64_t size =
      pair->gold().instructions().size() + pair->answer().instructions().size();
  static thread_local std::vector<BallValue> values;
  size_t known = 0;  // Points that are evaluated, and of these, those read.
  size_t read = 0;
  while (!points.empty()) {
    const absl::Span<const Point> part = points.subspan(0, kFirst);
    // A lane of the evaluator takes all of what is left.
    const absl::Span<const Point> now =
        points.size() <= 2 * kFirst ? points : part;
    if (!budget_->Spend(size * now.size())) return std::nullopt;
    if (read == known) {
      kernels::BallBatch batch;
      batch.domain = pair->domain;
      batch.tapes = tapes;
      batch.points = evaluator_->wants_batches() ? points : now;
      if (!evaluator_->Evaluate(batch, &values).ok()) {
        Trace("ball: refused");
        return std::nullopt;
      }
      known = batch.points.size();
      read = 0;
    }
    points.remove_prefix(now.size());
    bool mismatch = false;
    const absl::Span<const BallValue> all = values;
    std::optional<Finding> f =
        ReadBalls(pair, now, all.subspan(read, now.size()),
                  all.subspan(known + read, now.size()), overlaps, &mismatch);
    read += now.size();
    if (f || mismatch) return f;
  }
  if (tracing()) {
    Trace("ball: overlap at " + std::to_string(*overlaps) +
          " points, which proves nothing");
  }
  return std::nullopt;
}

std::optional<Finding> Ladder::ReadBalls(Pair* pair,
                                         absl::Span<const Point> points,
                                         absl::Span<const BallValue> gold,
                                         absl::Span<const BallValue> answer,
                                         int* overlaps, bool* mismatch) {
  const std::vector<std::string>& names = pair->compiler.names();
  for (size_t k = 0; k < points.size(); ++k) {
    const BallValue& a = gold[k];
    const BallValue& b = answer[k];
    if (kernels::Disjoint(a, b)) {
      *mismatch = true;
      const std::string at = pair->constant ? "" : points[k].Print(names);
      if (tracing()) {
        Trace("ball: disjoint at " + at + ": " + a.Print() + " and " +
              b.Print());
      }
      if (pair->one_sided) return std::nullopt;
      return DifferentAt("ball", at, a.Print(), b.Print());
    }
    *overlaps += kernels::Overlap(a, b) ? 1 : 0;
    const bool a_undefined = a.state == BallValue::State::kUndefined;
    const bool b_undefined = b.state == BallValue::State::kUndefined;
    if ((a_undefined && b.defined()) || (b_undefined && a.defined())) {
      pair->one_side_undefined = true;
      pair->domain_note = std::string(a_undefined ? "the gold" : "the answer") +
                          " is undefined at " + points[k].Print(names);
    }
  }
  return std::nullopt;
}

std::optional<Finding> Ladder::HighPrecisionAt(Pair* pair, const Point& point,
                                               int* agree) {
  const std::string at =
      pair->constant ? "" : point.Print(pair->compiler.names());
  for (int precision : kPrecisions) {
    if (budget_->exhausted()) {
      return Finding::Undecided("arb", "the operations budget is spent");
    }
    Enclosure a =
        Look(*pair, pair->gold(), point, precision, kHighPrecisionBudget);
    Enclosure b =
        Look(*pair, pair->answer(), point, precision, kHighPrecisionBudget);
    if (Enclosure::Disjoint(a, b)) {
      const int digits = Enclosure::DigitsToSeparate(a, b);
      Trace("arb: disjoint: " + a.Print(digits) + " and " + b.Print(digits));
      if (pair->one_sided) {
        return Finding::Undecided("arb", "unknown parts may be equal");
      }
      return DifferentAt("arb", at, a.Print(digits), b.Print(digits));
    }
    const bool a_undefined = a.state() == Enclosure::State::kUndefined;
    const bool b_undefined = b.state() == Enclosure::State::kUndefined;
    if ((a_undefined && b.defined()) || (b_undefined && a.defined())) {
      pair->one_side_undefined = true;
      pair->domain_note = std::string(a_undefined ? "the gold" : "the answer") +
                          " is undefined" + (at.empty() ? "" : " at " + at);
    }
    if (!a.defined() || !b.defined()) break;
    if (IsTight(a) && IsTight(b)) {
      if (++*agree > 1) break;
      return Confirm(*pair, point, at, a, b);
    }
  }
  return std::nullopt;
}

// Looks at a point of agreement once more, as closely as the constants ask;
// nothing where they still agree.
std::optional<Finding> Ladder::Confirm(const Pair& pair, const Point& point,
                                       const std::string& at,
                                       const Enclosure& gold,
                                       const Enclosure& answer) {
  if (pair.one_sided) return std::nullopt;
  const double needed = gold.extent_bits() + answer.extent_bits() +
                        kBitsOfConstant * (BitsOfConstants(pair.gold()) +
                                           BitsOfConstants(pair.answer())) +
                        kGuardBits;
  constexpr int kMax = kernels::HighPrecisionOptions::kPrecisionBitsMax;
  // Relative to the value, while `needed` is absolute.
  const double whole = std::max(0.0, gold.magnitude_log2());
  // Cancellation may cost some bits, hence the second look.
  for (double precision =
           std::max<double>(kConfirmingPrecision, needed + whole + 64);
       precision <= kMax; precision *= 2) {
    Enclosure a = Look(pair, pair.gold(), point, static_cast<int>(precision),
                       kConfirmingBudget);
    Enclosure b = Look(pair, pair.answer(), point, static_cast<int>(precision),
                       kConfirmingBudget);
    if (Enclosure::Disjoint(a, b)) {
      const int digits = Enclosure::DigitsToSeparate(a, b);
      Trace("arb: disjoint in the end: " + a.Print(digits) + " and " +
            b.Print(digits));
      return DifferentAt("arb", at, a.Print(digits), b.Print(digits));
    }
    if (!a.defined() || !b.defined()) break;
    if (a.radius_log2() <= -needed && b.radius_log2() <= -needed) {
      return std::nullopt;
    }
  }
  if (std::optional<Finding> f = DifferentForms(pair)) return f;
  Trace("arb: agreement, but not to the 2^-" +
        std::to_string(static_cast<int64_t>(needed)) +
        " at which the constants may differ");
  return Finding::Undecided("arb", "too close to be told apart");
}

// Where both have a value, forms that differ by a number prove difference,
// however small the number.
std::optional<Finding> Ladder::DifferentForms(const Pair& pair) {
  std::optional<Rational> c =
      ConstantDifference(*pair.trees[0], *pair.trees[1], budget_);
  if (!c || c->is_zero()) return std::nullopt;
  Trace("canonical: the forms differ by a number that is not 0");
  Finding f = Finding::Different("the sides differ by a constant");
  f.rung = "canonical";
  return f;
}

Enclosure Ladder::Look(const Pair& pair, const kernels::Tape& tape,
                       const Point& point, int precision_bits, int64_t budget) {
  kernels::HighPrecisionOptions options;
  options.domain = pair.domain;
  options.precision_bits = precision_bits;
  const uint64_t left =
      budget_->limit - std::min(budget_->limit, budget_->spent);
  options.budget =
      std::min<int64_t>(budget, static_cast<int64_t>(left) * kUnitsAnOperation);
  Enclosure e = kernels::EvaluateHighPrecision(tape, point, options);
  budget_->Spend(1 + e.cost() / kUnitsAnOperation);
  return e;
}

// |u| and u part where u is negative alone, which may be a small place: many
// more points before agreement counts.
std::optional<Finding> Ladder::Kinks(Pair* pair) {
  const bool may = !pair->constant && !pair->complex_points &&
                   (HasKinks(pair->gold()) || HasKinks(pair->answer()));
  if (!may) return std::nullopt;
  std::vector<Point> drawn;
  int overlaps = 0;
  std::optional<Finding> f = BallsAt(
      pair, world_.sample_points.Scattered(pair->variables_count, &drawn),
      &overlaps);
  if (!f && budget_->exhausted()) {
    return Finding::Undecided("arb", "the operations budget is spent");
  }
  return f;
}

Finding Ladder::HighPrecision(Pair* pair) {
  const int needed = pair->constant ? 1 : kAgreeingPointsMin;
  int agree = 0;
  for (bool more : {false, true}) {
    if (more && (pair->constant || pair->complex_points)) break;
    std::vector<Point> drawn;
    const absl::Span<const Point> points =
        more ? world_.sample_points.More(pair->variables_count, &drawn)
             : world_.sample_points.Usual(pair->complex_points, pair->constant,
                                          pair->variables_count, &drawn);
    for (const Point& point : points) {
      if (agree >= needed) break;
      std::optional<Finding> f = HighPrecisionAt(pair, point, &agree);
      if (f) return *std::move(f);
    }
  }
  if (agree < needed) {
    Trace("arb: no common point with tight enclosures");
    return Finding::Undecided("arb", pair->domain_note.empty()
                                         ? "no common point where it is certain"
                                         : pair->domain_note);
  }
  if (std::optional<Finding> f = Kinks(pair)) return *std::move(f);
  Trace("arb: enclosures of radius under 2^-200 overlap at " +
        std::to_string(agree) + (agree == 1 ? " point" : " points"));
  if (policy_.strict) {
    return Finding::Undecided("arb", "numeric evidence, no proof (strict)");
  }
  if (policy_.strict_domain && pair->one_side_undefined) {
    return Finding::Undecided("arb", pair->domain_note);
  }
  Finding f = Finding::Equal(Proof::kNumeric, "arb");
  pair->NoteDomain(&f);
  return f;
}

}  // namespace assay::math
