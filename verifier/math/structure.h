// Compares two answers of any kind by the policies of docs/MATHEMATICS.md and
// sends the scalars up the ladder.
//
//   Structure s(&ladder, gold_text, answer_text);
//   Finding f = s.Compare(gold, answer);
//
// Threads: as the ladder. Bounds: the ladder's budget, kItemsMax items,
// kDepthMax levels.
#ifndef VERIFIER_MATH_STRUCTURE_H_
#define VERIFIER_MATH_STRUCTURE_H_

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "verifier/math/expr.h"
#include "verifier/math/finding.h"
#include "verifier/math/ladder.h"
#include "verifier/math/meaning.h"
#include "verifier/math/quantities.h"

namespace assay::math {

// a + b k: its first member and its step; null where it is not linear.
struct FamilyLine {
  const Expr* start = nullptr;
  const Expr* step = nullptr;
};

class Structure {
 public:
  // The texts that the trees' spans refer to.
  Structure(Ladder* ladder, std::string_view gold_text,
            std::string_view answer_text)
      : ladder_(ladder), gold_text_(gold_text), answer_text_(answer_text) {}

  Finding Compare(const Expr& gold, const Expr& answer);

 private:
  static constexpr int kDepthMax = 24;
  // Items of one side that may be compared pair by pair.
  static constexpr size_t kPairwiseItemsMax = 48;

  Finding Dotted(const Expr& gold, const Expr& answer);
  Finding Any(const Expr& gold, const Expr& answer);
  std::optional<Finding> Words(const Expr& gold, const Expr& answer);
  std::optional<Finding> Labels(const Expr& gold, const Expr& answer);
  Finding BothLabelled(const Expr& gold, const Labelled& g, const Expr& answer,
                       const Labelled& a);
  Finding ByTheirLabels(const Expr& gold, const Labelled& g, bool alike,
                        const Expr& answer, const Labelled& a);
  std::optional<Finding> Sets(const Expr& gold, const Expr& answer);
  std::optional<Finding> Collections(const Expr& gold, const Expr& answer);
  std::optional<Finding> TogetherCollections(const Expr& gold,
                                             const Expr& answer);
  std::optional<Finding> FreeSigns(const Expr& gold, const Expr& answer);
  Finding Match(std::vector<const Expr*> gold, std::vector<const Expr*> answer,
                bool as_sets);
  Finding Partner(const Expr& gold, const Expr& answer);
  Finding Cover(const std::vector<const Expr*>& gold,
                const std::vector<const Expr*>& answer,
                const std::vector<const Expr*>& left,
                const std::vector<const Expr*>& open);
  Finding PairUp(const std::vector<const Expr*>& left,
                 const std::vector<const Expr*>& open);
  Finding MatchPairs(const std::vector<const Expr*>& gold,
                     const std::vector<const Expr*>& answer);
  Finding ByLabel(std::vector<const Expr*> gold,
                  std::vector<const Expr*> answer);
  Finding InOrder(const std::vector<const Expr*>& gold,
                  const std::vector<const Expr*>& answer);
  Finding ListAndTuple(const std::vector<const Expr*>& gold,
                       const std::vector<const Expr*>& answer);
  std::optional<Finding> Sequences(const Expr& gold, const Expr& answer);
  // structure_statements.cc.
  std::optional<Finding> Statements(const Expr& gold, const Expr& answer);
  std::optional<Finding> Solutions(const Expr& gold, const Expr& answer);
  std::optional<Finding> CongruenceAndOther(const Expr& gold,
                                            const Expr& answer, bool gold_is);
  std::optional<Finding> Congruences(const Expr& gold, const Expr& answer);
  // structure_pieces.cc.
  std::optional<Finding> ByPieces(const Expr& gold, const Expr& answer);
  std::optional<Finding> Piecewise(const Expr& gold, const Expr& answer);
  Finding Chains(const Expr& gold, const Expr& answer);
  Finding SameKind(const Expr& gold, const Expr& answer);
  Finding Propositions(const Expr& gold, const Expr& answer);
  // Scalars: structure_scalars.cc.
  Finding Scalars(const Expr& gold, const Expr& answer);
  std::optional<Finding> Quantities(const Expr& gold, const Expr& answer);
  bool Angles(const Measured& g, const Measured& a, Finding* f);
  std::optional<Finding> Ratios(const Expr& gold, const Expr& answer);
  std::optional<Finding> Constants(const Expr& gold, const Expr& answer);
  std::optional<Finding> Antiderivative(const Expr& gold, const Expr& answer);
  std::optional<Finding> OtherConstants(const Expr& gold, const Expr& answer);
  std::optional<Finding> Logarithms(const Expr& gold, const Expr& answer);
  std::optional<Finding> Closed(const Expr& gold, const Expr& answer);
  std::optional<Finding> Rounded(const Expr& gold, const Expr& answer);
  std::optional<Finding> Families(const Expr& gold, const Expr& answer);
  bool MayStartElsewhere(const FamilyLine& line,
                         const std::set<std::string>& gold_names,
                         const std::set<std::string>& answer_names,
                         const std::string& g, const std::string& a);
  // The answer with its parameter moved so that the first part that has it is
  // the gold's; null where there is no such part.
  const Expr* Reparametrised(const Expr& gold, const Expr& answer);
  Finding Tied(const Expr& gold, const Expr& answer);
  Finding AnyInside(const Expr& gold, const Expr& answer);

  // Two letters of which both sides speak: the one is not a name for the
  // other.
  bool KnowBoth(const std::string& x, const std::string& y) const;
  std::string_view Source(const Expr& e, std::string_view text) const;

  Ladder* ladder_;
  std::string_view gold_text_;
  std::string_view answer_text_;
  const Expr* roots_[2] = {nullptr, nullptr};  // Gold and answer, simplified.
  int depth_ = 0;
  // Of the integers that gold and answer declare: all of them, and those
  // from a first one on.
  std::set<std::string> whole_[2], partial_[2];
  bool is_indexed_ = false;  // Values of f(n) or a_n are compared.
  // What the values compared are of: x, or another thing.
  enum class LabelKind : uint8_t { kNone, kUnknown, kOther };
  LabelKind label_ = LabelKind::kNone;
  bool measured_ = false;  // They have a unit other than of angles.
  // Parts of one thing are compared, which share their parameters: (t, -t).
  bool tied_ = false;
  bool unit_ignored_ = false;  // A second one would be a product.
};

}  // namespace assay::math

#endif  // VERIFIER_MATH_STRUCTURE_H_
