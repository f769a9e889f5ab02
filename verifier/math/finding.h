// What a comparison of two answers found, with its proof.
//
//   Finding f = ladder.Compare(gold, answer);
//   if (f.outcome == Outcome::kEqual) ...
//
// Threads: plain values.
#ifndef VERIFIER_MATH_FINDING_H_
#define VERIFIER_MATH_FINDING_H_

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "verifier/report.h"

namespace assay::math {

enum class Outcome : uint8_t { kEqual, kDifferent, kUndecided };

using Proof = MathEvidence::Proof;

// The assumption of an equality whose sides are not defined everywhere.
inline constexpr std::string_view kWhereBothAreDefined =
    "equal wherever both sides are defined";

struct Finding {
  Outcome outcome = Outcome::kUndecided;
  Proof proof = Proof::kUnspecified;
  std::string_view rung;  // A literal.
  double error_bound_log2 = 0;
  std::optional<Witness> witness;
  std::string reason;
  // Policies and assumptions that decided.
  std::vector<std::string> notes;

  bool equal() const { return outcome == Outcome::kEqual; }
  bool different() const { return outcome == Outcome::kDifferent; }
  bool undecided() const { return outcome == Outcome::kUndecided; }

  static Finding Equal(Proof proof, std::string_view rung) {
    Finding f;
    f.outcome = Outcome::kEqual;
    f.proof = proof;
    f.rung = rung;
    return f;
  }
  static Finding Different(std::string reason) {
    Finding f;
    f.outcome = Outcome::kDifferent;
    f.proof = Proof::kForm;
    f.rung = "structure";
    f.reason = std::move(reason);
    return f;
  }
  static Finding Undecided(std::string_view rung, std::string reason) {
    Finding f;
    f.rung = rung;
    f.reason = std::move(reason);
    return f;
  }
  Finding&& Note(std::string note) && {
    notes.push_back(std::move(note));
    return std::move(*this);
  }
};

// Both hold: different where either differs, equal where both are equal, with
// the weaker proof, the sum of the bounds and all notes.
Finding Both(Finding a, Finding b);

}  // namespace assay::math

#endif  // VERIFIER_MATH_FINDING_H_
