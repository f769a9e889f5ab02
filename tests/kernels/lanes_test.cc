// Lane code on the host, bit for bit against the twin: every domain, any
// number of points and threads. LanesPortable runs it with other loops.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstring>

#include "kernels/lanes/generate.h"
#include "kernels/lanes/host_lanes.h"
#include "kernels/lanes/same_code.h"
#include "kernels/lanes/twin.h"

namespace assay::kernels::lanes {
namespace {

constexpr int kVariables = 3;

template <typename D>
typename D::Field FieldOf() {
  if constexpr (std::is_same_v<typename D::Field, Montgomery>) {
    return Montgomery((uint64_t{1} << 60) + 91);  // 3 mod 4
  } else {
    return {};
  }
}

bool SameBits(const RealBall& a, const RealBall& b) {
  if (a.defined() != b.defined()) return false;
  if (!a.defined()) return a.proved_undefined() == b.proved_undefined();
  return std::memcmp(&a, &b, sizeof(a)) == 0;
}
bool SameBits(const ComplexBall& a, const ComplexBall& b) {
  if (a.defined() != b.defined()) return false;
  if (!a.defined()) return a.proved_undefined() == b.proved_undefined();
  return std::memcmp(&a, &b, sizeof(a)) == 0;
}
bool SameBits(const PlainDomain::Value& a, const PlainDomain::Value& b) {
  return (a.x != a.x && b.x != b.x) || std::memcmp(&a, &b, sizeof(a)) == 0;
}
template <typename Value>
bool SameBits(const Value& a, const Value& b) {
  return std::memcmp(&a, &b, sizeof(a)) == 0;
}

template <typename D>
bool Defined(const typename D::Value& v) {
  if constexpr (std::is_same_v<D, RealDomain> ||
                std::is_same_v<D, ComplexDomain>) {
    return v.defined();
  } else {
    return true;
  }
}

// The twin's answer for tape t of the batch at point k.
template <typename D>
typename D::Value Twin(const LaneBatch<D>& batch, const SymbolicTape& tape,
                       size_t k, bool* undefined) {
  std::vector<typename D::Value> variables, constants;
  for (size_t v = 0; v < batch.variables(); ++v) {
    variables.push_back(
        D::Load(&batch.coordinates()[v * D::kParts * batch.stride() + k],
                static_cast<int>(batch.stride())));
  }
  for (const Fraction& f : tape.constants) {
    constants.push_back(ConstantOf<D>(batch.field(), f));
  }
  return EvaluateByTwin<D>(batch.field(), tape.instructions.data(),
                           tape.instructions.size(), variables.data(),
                           constants.data(), tape.integers.data(), undefined);
}

template <typename D>
class Lanes : public testing::Test {};
using Domains =
    testing::Types<PlainDomain, RealDomain, ComplexDomain,
                   PrimeDomain<Mersenne61>, PrimeDomain<Montgomery>,
                   QuadraticDomain<Mersenne61>, QuadraticDomain<Montgomery>>;
TYPED_TEST_SUITE(Lanes, Domains);

// Returns the share of values that are defined. `alike`: tapes of each code.
template <typename D>
double Compare(Mix mix, size_t points, int tapes_count, int threads,
               int alike = 1) {
  Generator generate(points * 7 + static_cast<uint64_t>(mix), mix, kVariables);
  std::vector<SymbolicTape> tapes;
  for (int t = 0; t < tapes_count; ++t) {
    tapes.push_back(t < tapes_count / alike
                        ? generate.Tape()
                        : generate.Alike(tapes[t % (tapes_count / alike)]));
  }
  const LaneBatch<D> batch =
      MakeBatch<D>(FieldOf<D>(), tapes, kVariables, points, 99);
  LaneValues<D> values;
  EvaluateOnHost(batch, threads, &values);
  size_t defined = 0;
  for (size_t t = 0; t < tapes.size() && !testing::Test::HasFailure(); ++t) {
    for (size_t k = 0; k < points; ++k) {
      bool undefined = false;
      const auto twin = Twin<D>(batch, tapes[t], k, &undefined);
      if (!values.undefined.empty()) {
        EXPECT_EQ(values.undefined[t * points + k] != 0, undefined)
            << tapes[t].Python();
      }
      if (!undefined) {
        EXPECT_TRUE(SameBits(values.at(t, k), twin))
            << tapes[t].Python() << " at point " << k;
      }
      defined += !undefined && Defined<D>(twin) ? 1 : 0;
    }
  }
  return static_cast<double>(defined) /
         static_cast<double>(tapes.size() * points);
}

TYPED_TEST(Lanes, AreTheTwinsBits) {
  for (const size_t points : {1u, 3u, 8u, 16u, 127u, 129u, 530u}) {
    EXPECT_GT(Compare<TypeParam>(Mix::kArithmetic, points, 60, 1), 0.25);
    EXPECT_GT(Compare<TypeParam>(Mix::kRational, points, 60, 1), 0.25);
    if constexpr (std::is_same_v<typename TypeParam::Scalar, double>) {
      EXPECT_GT(Compare<TypeParam>(Mix::kFunctions, points, 60, 1), 0.25);
      EXPECT_GT(Compare<TypeParam>(Mix::kAll, points, 150, 1), 0.25);
    }
  }
}

TYPED_TEST(Lanes, ThreadsChangeNothing) {
  EXPECT_GT(Compare<TypeParam>(Mix::kRational, 5, 700, 3), 0.25);
}

// Passes that share the loops of several tapes, whole and cut in two. Of one
// code alone all values may be undefined.
TYPED_TEST(Lanes, TapesOfOneCodeAreTheTwinsBits) {
  double most = 0;
  for (const size_t points : {1u, 2u, 7u, 8u, 9u}) {
    EXPECT_GT(Compare<TypeParam>(Mix::kArithmetic, points, 300, 2, 5), 0.25);
    EXPECT_GT(Compare<TypeParam>(Mix::kRational, points, 300, 1, 10), 0.25);
    most =
        std::max(most, Compare<TypeParam>(Mix::kRational, points, 300, 2, 300));
    if constexpr (std::is_same_v<typename TypeParam::Scalar, double>) {
      Compare<TypeParam>(Mix::kAll, points, 120, 1, 4);
    }
  }
  EXPECT_GT(most, 0.25);
}

// Zeros, ends of domains, huge and tiny numbers: where branches part.
template <typename D>
void CompareEdges() {
  const double edges[] = {0,       1,       -1,     0.5,   -0.5,  2,
                          -2,      3,       1e-300, 1e300, 1e155, -1e-160,
                          1048576, 1048577, 0.25,   709,   710,   -691,
                          1e17,    -7,      0.7071, 2.5,   -0.0,  1e-8};
  constexpr size_t kEdges = std::size(edges);
  LaneBatch<D> batch;
  batch.SetPoints(2, kEdges * kEdges);
  for (size_t i = 0; i < kEdges; ++i) {
    for (size_t j = 0; j < kEdges; ++j) {
      // Some of them with a radius.
      const double radius = (i + j) % 3 == 0 ? 0 : (i + j) % 3 == 1 ? 1e-9 : 1;
      typename D::Value a, b;
      if constexpr (std::is_same_v<D, RealDomain>) {
        a = {edges[i], radius};
        b = {edges[j], j % 2 == 0 ? 0 : 1e-12};
      } else {
        a = {edges[i], edges[j], radius};
        b = {edges[j], i % 4 == 0 ? 0 : edges[i], j % 2 == 0 ? 0 : 1e-12};
      }
      batch.SetVariable(0, i * kEdges + j, a);
      batch.SetVariable(1, i * kEdges + j, b);
    }
  }
  std::vector<SymbolicTape> tapes;
  for (int k = 0; k < kOpsCount; ++k) {
    const Op op = static_cast<Op>(k);
    if (ArityOf(op) == 0) continue;
    for (int64_t n : {2, 3, -2, 7}) {
      SymbolicTape tape;
      tape.instructions = {{Op::kVariable, 0, -1}, {Op::kVariable, 1, -1}};
      const bool immediate = op == Op::kPowInt || op == Op::kRoot;
      tape.integers = {op == Op::kRoot && n < 2 ? 5 : n};
      tape.instructions.push_back({op, 0, immediate ? 0 : 1});
      // Undefined operands too.
      tape.instructions.push_back({Op::kMultiply, 2, 1});
      tape.instructions.push_back({op, 3, immediate ? 0 : 2});
      if (n == 3) tape.instructions.resize(3);
      tapes.push_back(tape);
      if (!immediate && n == 3) break;
    }
  }
  for (const SymbolicTape& tape : tapes) {
    ASSERT_TRUE(batch.Add(tape.instructions.data(), tape.instructions.size(),
                          nullptr, 0, tape.integers.data(), 1));
  }
  LaneValues<D> values;
  EvaluateOnHost(batch, 1, &values);
  for (size_t t = 0; t < tapes.size(); ++t) {
    for (size_t k = 0; k < batch.points(); ++k) {
      bool undefined = false;
      const auto twin = Twin<D>(batch, tapes[t], k, &undefined);
      ASSERT_TRUE(SameBits(values.at(t, k), twin))
          << tapes[t].Python() << " at " << edges[k / kEdges] << ", "
          << edges[k % kEdges];
    }
  }
}

TEST(Lanes, EdgesOfRealBalls) { CompareEdges<RealDomain>(); }
TEST(Lanes, EdgesOfComplexBalls) { CompareEdges<ComplexDomain>(); }

// Operations whose operands are both constants: none has a place yet.
TEST(Lanes, OfTwoConstants) {
  for (int k = 0; k < kOpsCount; ++k) {
    const Op op = static_cast<Op>(k);
    if (ArityOf(op) != 2) continue;
    const Instruction all[] = {
        {Op::kConstant, 0, -1}, {Op::kConstant, 1, -1}, {op, 0, 1}};
    const RealBall constants[] = {{3, 0}, {5, 0}};
    LaneBatch<RealDomain> batch;
    batch.SetPoints(0, 1);
    ASSERT_TRUE(batch.Add(all, 3, constants, 2, nullptr, 0));
    LaneValues<RealDomain> values;
    EvaluateOnHost(batch, 1, &values);
    EXPECT_TRUE(
        SameBits(values.at(0, 0), Binary(op, constants[0], constants[1])))
        << k;
  }
}

// A set where every throw for one tape says function.
TEST(Generator, PutsALeafBelowFunctionsAlone) {
  Generator generate(10, Mix::kFunctions, 3);
  for (int k = 0; k < 29'803; ++k) generate.Tape();
  EXPECT_EQ(generate.Tape().Python(), "sin(sin(sqrt(sin(cos(v0)))))");
}

// x + c, of a batch whose tapes lie in it one after another.
LaneTape TapeAt(uint32_t word, uint32_t integer, uint32_t integers) {
  LaneTape tape;
  tape.word = word;
  tape.words = 2;
  tape.integer = integer;
  tape.integers = integers;
  return tape;
}

TEST(SameCode, ComparesWordsAndIntegers) {
  const std::vector<uint32_t> words = {1, 2, 1, 2, 1, 3, 1, 2, 1, 2};
  const std::vector<int64_t> integers = {4, 4, 5};
  const std::vector<LaneTape> tapes = {TapeAt(0, 0, 1), TapeAt(2, 1, 1),
                                       TapeAt(4, 0, 1), TapeAt(6, 2, 1),
                                       TapeAt(8, 0, 1), TapeAt(0, 0, 0)};
  const SameCode groups(tapes, words, integers, 8);
  ASSERT_EQ(groups.size(), 4u);
  EXPECT_THAT(groups.tapes(0), testing::ElementsAre(0, 1, 4));
  EXPECT_THAT(groups.tapes(1), testing::ElementsAre(2));
  EXPECT_THAT(groups.tapes(2), testing::ElementsAre(3));
  EXPECT_THAT(groups.tapes(3), testing::ElementsAre(5));
}

TEST(SameCode, GroupsHaveTheirBound) {
  const std::vector<uint32_t> words = {1, 2, 7, 7};
  std::vector<LaneTape> tapes(7, TapeAt(0, 0, 0));
  tapes[2] = TapeAt(2, 0, 0);
  const SameCode groups(tapes, words, {}, 3);
  ASSERT_EQ(groups.size(), 3u);
  EXPECT_THAT(groups.tapes(0), testing::ElementsAre(0, 1, 3));
  EXPECT_THAT(groups.tapes(1), testing::ElementsAre(4, 5, 6));
  EXPECT_THAT(groups.tapes(2), testing::ElementsAre(2));
  EXPECT_EQ(SameCode({}, {}, {}, 3).size(), 0u);
}

TEST(LaneCode, IsShort) {
  // x * (y + 1): load y; add 1; mul x.
  const Instruction all[] = {{Op::kVariable, 0, -1},
                             {Op::kVariable, 1, -1},
                             {Op::kConstant, 0, -1},
                             {Op::kAdd, 1, 2},
                             {Op::kMultiply, 0, 3}};
  std::vector<uint32_t> words;
  EXPECT_EQ(Encode(all, 5, &words), 0);
  const uint32_t add = static_cast<uint32_t>(Op::kAdd);
  const uint32_t multiply = static_cast<uint32_t>(Op::kMultiply);
  EXPECT_THAT(words, testing::ElementsAre(
                         Word::Make(kLoad, false, Place::kVariable, 1),
                         Word::Make(add, false, Place::kConstant, 0),
                         Word::Make(multiply, false, Place::kVariable, 0)));
  // A generated set needs about a word a node, and few temporaries.
  Generator generate(5, Mix::kFunctions, 2);
  size_t nodes = 0, count = 0;
  int most = 0;
  for (int t = 0; t < 3000; ++t) {
    const SymbolicTape tape = generate.Tape();
    words.clear();
    const int slots =
        Encode(tape.instructions.data(), tape.instructions.size(), &words);
    nodes += tape.instructions.size();
    count += words.size();
    most = std::max(most, slots);
  }
  std::printf("%.2f words a node, %.1f nodes a tape\n",
              static_cast<double>(count) / static_cast<double>(nodes),
              static_cast<double>(nodes) / 3000);
  EXPECT_LT(count, nodes * 11 / 10);
  EXPECT_LE(most, 9);
}

TEST(LaneCode, KeepsWhatIsUsedAgain) {
  // s = x + y; (s * s) - s: s is in a temporary, once.
  const Instruction all[] = {{Op::kVariable, 0, -1},
                             {Op::kVariable, 1, -1},
                             {Op::kAdd, 0, 1},
                             {Op::kMultiply, 2, 2},
                             {Op::kSubtract, 2, 3}};
  std::vector<uint32_t> words;
  EXPECT_EQ(Encode(all, 5, &words), 1);
  ASSERT_EQ(words.size(), 5u);
  EXPECT_EQ(Word(words[2]).op(), kStore);
  EXPECT_TRUE(Word(words[4]).reversed());
  // A lone leaf, and a leaf after dead code, are loaded.
  words.clear();
  EXPECT_EQ(Encode(all, 1, &words), 0);
  EXPECT_EQ(words.size(), 1u);
}

}  // namespace
}  // namespace assay::kernels::lanes
