#include <algorithm>
#include <array>

#include "verifier/math/name_index.h"
#include "verifier/math/names.h"

namespace assay::math {
namespace {

constexpr uint16_t R(Relation r) { return static_cast<uint16_t>(r); }
constexpr uint16_t F(Function f) { return static_cast<uint16_t>(f); }
constexpr uint16_t C(Constant c) { return static_cast<uint16_t>(c); }
constexpr uint16_t N(NamedSet n) { return static_cast<uint16_t>(n); }

// Plain words; in lower case, but where the case matters.
constexpr Name kWords[] = {
    {"pi", Tok::kConstant, C(Constant::kPi)},
    {"inf", Tok::kConstant, C(Constant::kInfinity)},
    {"infty", Tok::kConstant, C(Constant::kInfinity)},
    {"infinity", Tok::kConstant, C(Constant::kInfinity)},
    {"oo", Tok::kConstant, C(Constant::kInfinity)},
    {"undefined", Tok::kConstant, C(Constant::kUndefined)},
    {"sqrt", Tok::kSqrt, 0},
    {"cbrt", Tok::kSqrt, 3},
    {"root", Tok::kSqrt, 1},
    {"exp", Tok::kFunction, F(Function::kExp)},
    {"ln", Tok::kFunction, F(Function::kLn)},
    {"log", Tok::kFunction, F(Function::kLog)},
    {"lg", Tok::kFunction, F(Function::kLog)},
    {"sin", Tok::kFunction, F(Function::kSin)},
    {"cos", Tok::kFunction, F(Function::kCos)},
    {"tan", Tok::kFunction, F(Function::kTan)},
    {"tg", Tok::kFunction, F(Function::kTan)},
    {"cot", Tok::kFunction, F(Function::kCot)},
    {"ctg", Tok::kFunction, F(Function::kCot)},
    {"sec", Tok::kFunction, F(Function::kSec)},
    {"csc", Tok::kFunction, F(Function::kCsc)},
    {"cosec", Tok::kFunction, F(Function::kCsc)},
    {"arcsin", Tok::kFunction, F(Function::kArcsin)},
    {"arccos", Tok::kFunction, F(Function::kArccos)},
    {"arctan", Tok::kFunction, F(Function::kArctan)},
    {"arctg", Tok::kFunction, F(Function::kArctan)},
    {"arccot", Tok::kFunction, F(Function::kArccot)},
    {"arcctg", Tok::kFunction, F(Function::kArccot)},
    {"arcsec", Tok::kFunction, F(Function::kArcsec)},
    {"arccsc", Tok::kFunction, F(Function::kArccsc)},
    {"asin", Tok::kFunction, F(Function::kArcsin)},
    {"acos", Tok::kFunction, F(Function::kArccos)},
    {"atan", Tok::kFunction, F(Function::kArctan)},
    {"acot", Tok::kFunction, F(Function::kArccot)},
    {"sinh", Tok::kFunction, F(Function::kSinh)},
    {"cosh", Tok::kFunction, F(Function::kCosh)},
    {"tanh", Tok::kFunction, F(Function::kTanh)},
    {"coth", Tok::kFunction, F(Function::kCoth)},
    {"sech", Tok::kFunction, F(Function::kSech)},
    {"csch", Tok::kFunction, F(Function::kCsch)},
    {"arsinh", Tok::kFunction, F(Function::kArsinh)},
    {"arcosh", Tok::kFunction, F(Function::kArcosh)},
    {"artanh", Tok::kFunction, F(Function::kArtanh)},
    {"arcsinh", Tok::kFunction, F(Function::kArsinh)},
    {"arccosh", Tok::kFunction, F(Function::kArcosh)},
    {"arctanh", Tok::kFunction, F(Function::kArtanh)},
    {"asinh", Tok::kFunction, F(Function::kArsinh)},
    {"acosh", Tok::kFunction, F(Function::kArcosh)},
    {"atanh", Tok::kFunction, F(Function::kArtanh)},
    {"abs", Tok::kFunction, F(Function::kAbs)},
    {"floor", Tok::kFunction, F(Function::kFloor)},
    {"ceil", Tok::kFunction, F(Function::kCeil)},
    {"ceiling", Tok::kFunction, F(Function::kCeil)},
    {"round", Tok::kFunction, F(Function::kRound)},
    {"sgn", Tok::kFunction, F(Function::kSign)},
    {"sign", Tok::kFunction, F(Function::kSign)},
    {"min", Tok::kFunction, F(Function::kMin)},
    {"max", Tok::kFunction, F(Function::kMax)},
    {"gcd", Tok::kFunction, F(Function::kGcd)},
    {"lcm", Tok::kFunction, F(Function::kLcm)},
    {"binom", Tok::kFunction, F(Function::kBinomial)},
    {"binomial", Tok::kFunction, F(Function::kBinomial)},
    {"nCr", Tok::kFunction, F(Function::kBinomial)},
    {"nPr", Tok::kFunction, F(Function::kPermutations)},
    {"comb", Tok::kFunction, F(Function::kBinomial)},
    {"perm", Tok::kFunction, F(Function::kPermutations)},
    {"hcf", Tok::kFunction, F(Function::kGcd)},
    {"gcf", Tok::kFunction, F(Function::kGcd)},
    {"cis", Tok::kFunction, 0x101},
    {"factorial", Tok::kFunction, 0x100},
    {"det", Tok::kFunction, F(Function::kDeterminant)},
    {"Re", Tok::kFunction, F(Function::kRe)},
    {"Im", Tok::kFunction, F(Function::kIm)},
    {"conjugate", Tok::kFunction, F(Function::kConjugate)},
    {"arg", Tok::kFunction, F(Function::kArg)},
    {"transpose", Tok::kFunction, F(Function::kTranspose)},
    {"norm", Tok::kFunction, F(Function::kNorm)},
    {"permutations", Tok::kFunction, F(Function::kPermutations)},
    {"crossproduct", Tok::kFunction, F(Function::kCross)},
    {"alpha", Tok::kSymbol, 0, "alpha"},
    {"beta", Tok::kSymbol, 0, "beta"},
    {"gamma", Tok::kSymbol, 0, "gamma"},
    {"delta", Tok::kSymbol, 0, "delta"},
    {"epsilon", Tok::kSymbol, 0, "epsilon"},
    {"zeta", Tok::kSymbol, 0, "zeta"},
    {"theta", Tok::kSymbol, 0, "theta"},
    {"lambda", Tok::kSymbol, 0, "lambda"},
    {"rho", Tok::kSymbol, 0, "rho"},
    {"sigma", Tok::kSymbol, 0, "sigma"},
    {"phi", Tok::kSymbol, 0, "phi"},
    {"psi", Tok::kSymbol, 0, "psi"},
    {"omega", Tok::kSymbol, 0, "omega"},
    {"mod", Tok::kMod},
    {"percent", Tok::kPercent, 0},
    {"percentage", Tok::kPercent, 0},
    {"pct", Tok::kPercent, 0},
    {"permille", Tok::kPercent, 1},
    {"and", Tok::kAndWord},
    {"or", Tok::kOrWord},
    {"oder", Tok::kOrWord},
    {"und", Tok::kAndWord},
    {"et", Tok::kAndWord},
    {"ou", Tok::kOrWord},
    {"и", Tok::kAndWord},
    {"или", Tok::kOrWord},
    {"和", Tok::kAndWord},
    {"与", Tok::kAndWord},
    {"與", Tok::kAndWord},
    {"及", Tok::kAndWord},
    {"と", Tok::kAndWord},
    {"または", Tok::kOrWord},
    {"그리고", Tok::kAndWord},
    {"또는", Tok::kOrWord},
    {"if", Tok::kCondition},
    {"when", Tok::kCondition},
    {"where", Tok::kCondition},
    {"with", Tok::kCondition},
    {"for", Tok::kCondition},
    {"in", Tok::kRelation, R(Relation::kIn)},
    {"true", Tok::kBoolean, 1},
    {"yes", Tok::kBoolean, 1},
    {"false", Tok::kBoolean, 0},
    {"no", Tok::kBoolean, 0},
    {"reals", Tok::kNamedSet, N(NamedSet::kReals)},
    {"Integers", Tok::kNamedSet, N(NamedSet::kIntegers)},
    {"Naturals", Tok::kNamedSet, N(NamedSet::kPositiveIntegers)},
    {"Naturals0", Tok::kNamedSet, N(NamedSet::kNaturals)},
    {"Rationals", Tok::kNamedSet, N(NamedSet::kRationals)},
    {"Complexes", Tok::kNamedSet, N(NamedSet::kComplex)},
    {"EmptySet", Tok::kNamedSet, N(NamedSet::kEmpty)},
    {"emptyset", Tok::kNamedSet, N(NamedSet::kEmpty)},
    {"union", Tok::kCup},
    {"intersect", Tok::kCap},
    {"only", Tok::kNoise},
    {"exactly", Tok::kNoise},
    {"just", Tok::kNoise},
};

struct NumberWord {
  std::string_view name;
  uint64_t value;
  bool scale;
};

constexpr NumberWord kNumberWords[] = {
    {"zero", 0, false},
    {"one", 1, false},
    {"two", 2, false},
    {"three", 3, false},
    {"four", 4, false},
    {"five", 5, false},
    {"six", 6, false},
    {"seven", 7, false},
    {"eight", 8, false},
    {"nine", 9, false},
    {"ten", 10, false},
    {"eleven", 11, false},
    {"twelve", 12, false},
    {"thirteen", 13, false},
    {"fourteen", 14, false},
    {"fifteen", 15, false},
    {"sixteen", 16, false},
    {"seventeen", 17, false},
    {"eighteen", 18, false},
    {"nineteen", 19, false},
    {"twenty", 20, false},
    {"thirty", 30, false},
    {"forty", 40, false},
    {"fifty", 50, false},
    {"sixty", 60, false},
    {"seventy", 70, false},
    {"eighty", 80, false},
    {"ninety", 90, false},
    {"hundred", 100, true},
    {"thousand", 1000, true},
    {"dozen", 12, true},
    {"million", 1000000, true},
    {"billion", 1000000000, true},
    {"trillion", 1000000000000, true},
};

struct Word {
  std::string_view name;
};

// Short words that are never products of letters, and words that show that
// what follows a value is a sentence.
constexpr Word kProse[] = {
    {"the"},  {"is"},    {"are"},   {"was"},     {"were"},  {"it"},
    {"so"},   {"not"},   {"then"},  {"because"}, {"that"},  {"which"},
    {"this"}, {"these"}, {"there"}, {"thus"},    {"hence"}, {"therefore"},
    {"be"},   {"been"},  {"has"},   {"have"},    {"had"},   {"we"},
    {"you"},  {"he"},    {"she"},   {"they"},    {"but"},   {"by"},
    {"from"}, {"since"}, {"as"},    {"at"},      {"on"},    {"all"},
    {"any"},  {"some"},  {"none"},  {"let"},     {"can"},   {"will"},
    {"does"}, {"do"},    {"did"},   {"its"},     {"than"},  {"answer"},
    {"an"},   {"of"},    {"to"},    {"odd"},     {"even"},  {"one"},
};

template <typename Find>
auto FindLowered(std::string_view word, Find find) -> decltype(find(word)) {
  if (auto hit = find(word)) return hit;
  if (word.size() < 3 || word.size() > 24) return nullptr;
  std::array<char, 24> lower;
  bool changed = false;
  for (size_t i = 0; i < word.size(); ++i) {
    const bool upper = word[i] >= 'A' && word[i] <= 'Z';
    lower[i] = upper ? static_cast<char>(word[i] + 32) : word[i];
    changed |= upper;
  }
  if (!changed) return nullptr;
  return find(std::string_view(lower.data(), word.size()));
}

}  // namespace

const Name* FindWord(std::string_view word) {
  static const NameIndex<Name>& index = *new NameIndex<Name>(kWords);
  return FindLowered(word, [](std::string_view w) { return index.Find(w); });
}

bool IsProseWord(std::string_view word) {
  static const NameIndex<Word>& index = *new NameIndex<Word>(kProse);
  return FindLowered(word, [](std::string_view w) { return index.Find(w); }) !=
         nullptr;
}

uint64_t NumberWordValue(std::string_view word, bool* scale) {
  static const NameIndex<NumberWord>& index =
      *new NameIndex<NumberWord>(kNumberWords);
  const NumberWord* hit =
      FindLowered(word, [](std::string_view w) { return index.Find(w); });
  *scale = hit != nullptr && hit->scale;
  return hit == nullptr ? ~uint64_t{0} : hit->value;
}

}  // namespace assay::math
