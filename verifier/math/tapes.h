// The part of the ladder that evaluates: a pair of tapes, and the rungs that
// read them.
//
// Threads: as Ladder. Included by ladder*.cc alone.
#ifndef VERIFIER_MATH_TAPES_H_
#define VERIFIER_MATH_TAPES_H_

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "kernels/evaluator.h"
#include "kernels/tape.h"
#include "verifier/math/ladder.h"

namespace assay::math {

// Of one Arb evaluation; about a millisecond.
inline constexpr int64_t kHighPrecisionBudget = int64_t{1} << 18;
// Units of that budget in one operation of Budget.
inline constexpr int64_t kUnitsAnOperation = 10;

struct Ladder::Pair {
  Pair(std::vector<std::string> names, const Bindings* bindings, Arena* arena,
       Budget* budget)
      : compiler(std::move(names), bindings, arena, budget) {}

  absl::Status Compile(const Expr& gold, const Expr& answer) {
    absl::StatusOr<kernels::Tape> a = compiler.Compile(gold);
    if (!a.ok()) return a.status();
    absl::StatusOr<kernels::Tape> b = compiler.Compile(answer);
    if (!b.ok()) return b.status();
    one_sided = a->one_sided() || b->one_sided();
    variables_count = std::max(a->variables_count(), b->variables_count());
    constant = a->variables_used() == 0 && b->variables_used() == 0;
    trees = {&gold, &answer};
    tapes.reserve(2);
    tapes.push_back(*std::move(a));
    tapes.push_back(*std::move(b));
    return absl::OkStatus();
  }
  const kernels::Tape& gold() const { return tapes[0]; }
  const kernels::Tape& answer() const { return tapes[1]; }

  Compiler compiler;
  std::array<const Expr*, 2> trees = {nullptr, nullptr};
  std::vector<kernels::Tape> tapes;
  int variables_count = 0;
  bool one_sided = false;
  bool constant = false;
  kernels::BallDomain domain = kernels::BallDomain::kReal;
  bool complex_points = false;
  // Points where exactly one side has a value.
  bool one_side_undefined = false;
  std::string domain_note;

  // Says of an equality where it was not seen to hold.
  void NoteDomain(Finding* equal) const {
    if (domain_note.empty()) return;
    equal->notes.push_back(std::string(kWhereBothAreDefined) + "; " +
                           domain_note);
  }
};

}  // namespace assay::math

#endif  // VERIFIER_MATH_TAPES_H_
