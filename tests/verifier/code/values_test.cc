#include "verifier/code/values.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <random>
#include <string>

#include "verifier/code/code_judge.h"
#include "verifier/code/equality.h"
#include "verifier/code/frames.h"
#include "verifier/code/json_values.h"
#include "verifier/code/numbers.h"

namespace assay::code {
namespace {

// What value_pairs.py writes, with the runtime's own encoder.
std::string PythonPairs(int seed, int count) {
  const std::string runtime = testing::TempDir() + "/assay_runtime.py";
  std::ofstream(runtime) << CodeProfiles()[0].runtime_source;
  const std::string command = "/usr/bin/python3 -I " ASSAY_SOURCE_DIR
                              "/tests/verifier/code/value_pairs.py " +
                              std::to_string(seed) + " " +
                              std::to_string(count) + " < " + runtime;
  FILE* pipe = popen(command.c_str(), "r");
  std::string all;
  char buffer[65536];
  while (const size_t n = fread(buffer, 1, sizeof(buffer), pipe)) {
    all.append(buffer, n);
  }
  pclose(pipe);
  return all;
}

TEST(Values, EqualityIsPythons) {
  const std::string bytes = PythonPairs(1, 4000);
  if (bytes.empty()) GTEST_SKIP() << "no /usr/bin/python3";
  FrameReader frames(bytes);
  int count = 0, equal = 0;
  while (const std::optional<Value> frame = frames.Next()) {
    const Value &a = frame->items[0], &b = frame->items[1];
    const bool expected = frame->items[2].real != 0;
    ASSERT_EQ(Equal(a, b), expected)
        << "pair " << count << " " << TextAt(*frame, 3);
    ASSERT_EQ(Equal(b, a), expected) << "pair " << count << " reversed";
    // What is written again is read as the same bytes.
    ASSERT_EQ(EncodeValue(*DecodeValue(EncodeValue(a))), EncodeValue(a));
    ++count;
    equal += expected ? 1 : 0;
  }
  EXPECT_GT(count, 8000);
  EXPECT_GT(equal, 500);
}

TEST(Values, HostileBytesAreRefusedOrRead) {
  std::mt19937 random(7);
  const std::string tags = "NTFifcsbylteedzxoh";
  int refused = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string bytes;
    for (size_t n = random() % 40; n > 0; --n) {
      bytes.push_back(random() % 3 ? tags[random() % tags.size()]
                                   : static_cast<char>(random() % 4));
    }
    const absl::StatusOr<Value> value = DecodeValue(bytes);
    refused += value.ok() ? 0 : 1;
    if (value.ok()) Equal(*value, *value);
  }
  EXPECT_GT(refused, 10000);
}

TEST(Values, BoundsHold) {
  EXPECT_FALSE(DecodeValue("").ok());
  EXPECT_FALSE(DecodeValue("NN").ok());
  EXPECT_FALSE(DecodeValue(std::string("l\xff\xff\xff\xff", 5)).ok());
  EXPECT_FALSE(DecodeValue(std::string("s\xff\xff\xff\x7f", 5)).ok());
  std::string deep;
  for (int i = 0; i < 100000; ++i) deep += std::string("l\1\0\0\0", 5);
  EXPECT_FALSE(DecodeValue(deep).ok());
}

TEST(Values, AForgedSetWithARepeatedElementEqualsNone) {
  Value forged;
  forged.kind = Value::Kind::kSet;
  forged.items = {Value::Int(1), Value::Int(1)};
  Value expected = forged;
  expected.items[1] = Value::Int(2);
  EXPECT_FALSE(Equal(forged, expected));
  expected.items.pop_back();
  EXPECT_FALSE(Equal(forged, expected));
}

TEST(JsonValues, NumbersKeepTheirDigits) {
  const std::string big(5000, '7');
  EXPECT_TRUE(Equal(*ParseJson(big), *ParseJson(big)));
  EXPECT_FALSE(Equal(*ParseJson(big), *ParseJson(big + "0")));
  EXPECT_TRUE(Equal(*ParseJson("18446744073709551616"),
                    *ParseJson("1.8446744073709551616e19")));
  EXPECT_FALSE(
      Equal(*ParseJson("9007199254740993"), *ParseJson("9007199254740992.0")));
  EXPECT_TRUE(Equal(*ParseJson("-0.0"), *ParseJson("0")));
}

TEST(JsonValues, MalformedAndDeepTextsAreRefused) {
  for (const char* text : {"", "[", "[1,]", "{\"a\"}", "NaN", "1 2", "'a'"}) {
    EXPECT_FALSE(ParseJson(text).ok()) << text;
  }
  EXPECT_FALSE(ParseJson(std::string(1000000, '[')).ok());
  EXPECT_FALSE(ParseJson("\"\xff\"").ok());
  EXPECT_FALSE(ParseJson(std::string(4000000, '9')).ok());
}

TEST(JsonValues, TuplesAndKeysAreReadAsJsonWouldWriteThem) {
  const Value array = *ParseJson("[1, [2]]");
  const Value tuple =
      Value::Tuple({Value::Int(1), Value::Tuple({Value::Float(2)})});
  EXPECT_TRUE(Equal(tuple, array, Equality::kJson));
  EXPECT_FALSE(Equal(tuple, array, Equality::kPython));
  Value dict;
  dict.kind = Value::Kind::kDict;
  dict.items = {Value::Int(1), tuple};
  EXPECT_TRUE(Equal(dict, *ParseJson("{\"1\": [1, [2]]}"), Equality::kJson));
  EXPECT_FALSE(Equal(dict, *ParseJson("{\"2\": [1, [2]]}"), Equality::kJson));
}

TEST(Holds, ComparisonsOfAPlan) {
  const auto operands = [](std::vector<Value> items) {
    return Value::Tuple(std::move(items));
  };
  EXPECT_TRUE(Holds("is", Value::Bool(true), operands({Value::Bool(true)})));
  EXPECT_FALSE(Holds("is", Value::Int(1), operands({Value::Bool(true)})));
  EXPECT_TRUE(Holds("true", Value::Int(2), operands({})));
  EXPECT_FALSE(Holds("true", Value::List({}), operands({})));
  EXPECT_TRUE(Holds("false", Value::String(""), operands({})));
  EXPECT_TRUE(
      Holds("in", Value::Int(2), operands({Value::Int(1), Value::Float(2)})));
  EXPECT_TRUE(Holds("within", Value::Float(0.33),
                    operands({Value::Float(0.33), Value::Float(1e-6)})));
  EXPECT_FALSE(Holds("within", Value::Float(std::nan("")),
                     operands({Value::Float(0.33), Value::Float(1e-6)})));
  EXPECT_FALSE(Holds("within", Value::String("0.33"),
                     operands({Value::Float(0.33), Value::Float(1e-6)})));
  EXPECT_TRUE(Holds(
      "close", Value::Int(1000),
      operands({Value::Float(1000.5), Value::Float(0.001), Value::Float(0)})));
  EXPECT_FALSE(Holds("nonsense", Value::Int(1), operands({Value::Int(1)})));
}

TEST(Holds, AnOpaqueObjectPassesNoComparisonWithAValue) {
  Value opaque;
  opaque.kind = Value::Kind::kOpaque;
  opaque.items = {Value::Tuple({Value::Bool(true), Value::String("E")})};
  const Value operands = Value::Tuple({Value::Int(4)});
  for (const char* comparison :
       {"equal", "unequal", "is", "in", "true", "false", "within", "close"}) {
    EXPECT_FALSE(Holds(comparison, opaque, operands)) << comparison;
    EXPECT_FALSE(Holds(comparison == std::string("true") ? "equal" : comparison,
                       Value::List({opaque}), operands))
        << comparison;
  }
}

}  // namespace
}  // namespace assay::code
