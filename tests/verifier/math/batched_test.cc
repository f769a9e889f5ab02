// Pairs whose evaluation goes in batches: the findings of the slow twin, which
// evaluates each by itself.
#include <flint/flint.h>
#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "tests/verifier/math/generated_pairs.h"
#include "tests/verifier/math/triples.h"
#include "verifier/math/pairs_judge.h"

namespace assay::math {
namespace {

std::shared_ptr<const MathWorld> World(bool batch_all) {
  MathOptions options{"a secret for tests alone"};
  options.batch_all = batch_all;
  options.cross_check = true;  // Else the thread's count of pairs decides.
  return MakeMathWorld(options).value();
}

std::vector<GeneratedPair> Generated(uint64_t seed, int count) {
  GeneratedPairs source(seed);
  std::vector<GeneratedPair> pairs;
  for (int i = 0; i < count; ++i) {
    pairs.push_back(i % 2 == 0 ? source.Equal() : source.Perturbed());
  }
  return pairs;
}

// Looks into the texts.
MathPairs Packed(const std::vector<GeneratedPair>& texts) {
  MathPairs batch;
  for (const GeneratedPair& p : texts)
    batch.pairs.push_back({p.gold, p.answer});
  return batch;
}

std::vector<PairFinding> Decide(PairsJudge* judge, const MathPairs& batch) {
  std::vector<PairFinding> findings;
  const std::atomic<bool> cancelled = false;
  EXPECT_TRUE(judge->Decide(batch, cancelled, &findings));
  return findings;
}

void ExpectTwins(const MathPairs& batch, PairsJudge* fast, PairsJudge* slow) {
  const std::vector<PairFinding> a = Decide(fast, batch);
  const std::vector<PairFinding> b = Decide(slow, batch);
  ASSERT_EQ(a.size(), b.size());
  for (size_t i = 0; i < a.size(); ++i) {
    const MathPairs::Pair& pair = batch.pairs[i];
    EXPECT_EQ(a[i].verdict, b[i].verdict) << pair.gold << " | " << pair.answer;
    EXPECT_EQ(a[i].cause, b[i].cause) << pair.gold << " | " << pair.answer;
    EXPECT_EQ(a[i].proof, b[i].proof) << pair.gold << " | " << pair.answer;
    EXPECT_EQ(a[i].rung, b[i].rung) << pair.gold << " | " << pair.answer;
    EXPECT_EQ(a[i].error_bound_bits, b[i].error_bound_bits) << pair.gold;
  }
}

TEST(Batched, FindsWhatEachFindsAlone) {
  const auto batched = World(true), plain = World(false);
  ASSERT_NE(batched->queue, nullptr);
  ASSERT_EQ(plain->queue, nullptr);
  PairsJudge fast(batched), slow(plain);
  const std::vector<Triple> triples = ReadTriples();
  for (size_t begin = 0; begin < triples.size(); begin += 700) {
    MathPairs batch;
    for (size_t i = begin; i < std::min(begin + 700, triples.size()); ++i) {
      batch.pairs.push_back({triples[i].gold, triples[i].answer});
    }
    ExpectTwins(batch, &fast, &slow);
  }
  const EvaluationQueue::Counts counts = batched->queue->counts();
  EXPECT_GT(counts.works, 300u);
  // Many in a batch, or none of this is worth it.
  EXPECT_LT(counts.batches * 4, counts.works);
}

TEST(Batched, FindsGeneratedPairsToo) {
  const auto batched = World(true);
  PairsJudge fast(batched), slow(World(false));
  const std::vector<GeneratedPair> texts = Generated(77, 1500);
  MathPairs batch = Packed(texts);
  batch.pairs[3].malformed = true;
  ExpectTwins(batch, &fast, &slow);
  EXPECT_GT(batched->queue->counts().works, 300u);
}

TEST(Batched, LanesShareAQueue) {
  const auto batched = World(true);
  const std::vector<GeneratedPair> texts = Generated(5, 200);
  const MathPairs batch = Packed(texts);
  PairsJudge slow(World(false));
  const std::vector<PairFinding> expected = Decide(&slow, batch);
  std::atomic<int> wrong = 0;
  std::vector<std::thread> lanes;
  for (int t = 0; t < 3; ++t) {
    lanes.emplace_back([&] {
      PairsJudge judge(batched);
      const std::vector<PairFinding> findings = Decide(&judge, batch);
      for (size_t i = 0; i < findings.size(); ++i) {
        if (findings[i].verdict != expected[i].verdict) ++wrong;
      }
      flint_cleanup();  // As a lane's thread does.
    });
  }
  for (std::thread& lane : lanes) lane.join();
  EXPECT_EQ(wrong, 0);
}

TEST(Batched, ACancelledBatchEnds) {
  PairsJudge judge(World(true));
  MathPairs batch;
  for (int i = 0; i < 50; ++i) batch.pairs.push_back({"x^2-1", "(x-1)(x+1)"});
  std::vector<PairFinding> findings;
  const std::atomic<bool> cancelled = true;
  EXPECT_FALSE(judge.Decide(batch, cancelled, &findings));
}

}  // namespace
}  // namespace assay::math
