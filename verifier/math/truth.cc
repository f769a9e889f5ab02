#include "verifier/math/truth.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "verifier/math/meaning.h"

namespace assay::math {
namespace {

bool IsArrow(const Expr& e) {
  return IsRelation(e, Relation::kImplies) || IsRelation(e, Relation::kIff);
}

// Adds the letters; false where a part is no proposition.
bool Collect(const Expr& e, std::vector<std::string_view>* letters,
             size_t* connectives) {
  switch (e.kind) {
    case Kind::kSymbol:
      if (std::find(letters->begin(), letters->end(), e.text) ==
          letters->end()) {
        letters->push_back(e.text);
      }
      return true;
    case Kind::kBoolean:
      return true;
    case Kind::kRelation:
      if (!IsArrow(e)) return false;
      break;
    case Kind::kNot:
    case Kind::kAnd:
    case Kind::kOr:
      break;
    default:
      return false;
  }
  ++*connectives;
  for (const Expr* c : e.children()) {
    if (!Collect(*c, letters, connectives)) return false;
  }
  return true;
}

bool Value(const Expr& e, const std::vector<std::string_view>& letters,
           uint32_t row) {
  switch (e.kind) {
    case Kind::kSymbol: {
      const size_t i =
          std::find(letters.begin(), letters.end(), e.text) - letters.begin();
      return (row >> i & 1) != 0;
    }
    case Kind::kBoolean:
      return e.detail == 1;
    case Kind::kNot:
      return !Value(e.child(0), letters, row);
    case Kind::kRelation: {
      const bool a = Value(e.child(0), letters, row);
      const bool b = Value(e.child(1), letters, row);
      return IsRelation(e, Relation::kIff) ? a == b : !a || b;
    }
    default: {
      const bool all = e.kind == Kind::kAnd;
      for (const Expr* c : e.children()) {
        if (Value(*c, letters, row) != all) return !all;
      }
      return all;
    }
  }
}

}  // namespace

std::optional<bool> CompareTruth(const Expr& a, const Expr& b, Budget* budget) {
  std::vector<std::string_view> letters;
  size_t connectives = 0;
  if (!Collect(a, &letters, &connectives) ||
      !Collect(b, &letters, &connectives) || connectives == 0 ||
      letters.size() > kLettersMax) {
    return std::nullopt;
  }
  const uint32_t rows = uint32_t{1} << letters.size();
  if (!budget->Spend(uint64_t{rows} * (connectives + 1))) return std::nullopt;
  for (uint32_t row = 0; row < rows; ++row) {
    if (Value(a, letters, row) != Value(b, letters, row)) return false;
  }
  return true;
}

}  // namespace assay::math
