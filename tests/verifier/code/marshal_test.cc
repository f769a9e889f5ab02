// What CPython's marshal reads is what the grammar's own reader reads.
#include "verifier/code/marshal.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "verifier/code/code_judge.h"

namespace assay::code {
namespace {

using Kind = Value::Kind;

Value Of(Kind kind, std::vector<Value> items = {}) {
  Value value;
  value.kind = kind;
  value.items = std::move(items);
  return value;
}

// Two's complement, as the grammar has it.
Value BigInt(std::string bytes) {
  MinimizeInt(&bytes);
  Value value = Of(Kind::kInt);
  value.text = std::move(bytes);
  return value;
}

TEST(Marshal, WritesTheCodesOfCPython) {
  const struct {
    Value value;
    std::string hex;
  } rows[] = {
      {Value(), "4e"},
      {Value::Bool(true), "54"},
      {Value::Bool(false), "46"},
      {Value::Int(0), "6900000000"},
      {Value::Int(-2), "69feffffff"},
      {Value::Int(INT32_MAX), "69ffffff7f"},
      {Value::Int(INT32_MIN), "6900000080"},
      {Value::Int(int64_t{1} << 31), "6c03000000000000000200"},
      {Value::Int(-(int64_t{1} << 31) - 1), "6cfdffffff010000000200"},
      {Value::Int(INT64_MIN), "6cfbffffff00000000000000000800"},
      {Value::Float(-0.5), "67000000000000e0bf"},
      {Value::String("\xc3\xa9"), "7502000000c3a9"},
      {Value::Bytes(std::string("\0s", 2)), "73020000000073"},
      {Value::List({}), "5b00000000"},
      {Value::Tuple({Value(), Value::List({Value::Bool(true)})}),
       "28020000004e5b0100000054"},
      {Of(Kind::kDict, {Value::Int(1), Value()}), "7b69010000004e30"},
      {Of(Kind::kSet, {Value()}), "3c010000004e"},
      {Of(Kind::kFrozenSet), "3e00000000"},
  };
  for (const auto& row : rows) {
    const auto bytes = Marshalled(row.value);
    ASSERT_TRUE(bytes.has_value()) << row.hex;
    EXPECT_EQ(absl::BytesToHexString(*bytes), row.hex);
  }
}

TEST(Marshal, LeavesOtherKindsToTheGrammar) {
  for (const Kind kind : {Kind::kByteArray, Kind::kSpecial, Kind::kOpaque}) {
    EXPECT_FALSE(Marshalled(Of(kind)).has_value());
    EXPECT_FALSE(Marshalled(Value::List({Value(), Of(kind)})).has_value());
    EXPECT_FALSE(Marshalled(Of(Kind::kDict, {Value(), Of(kind)})).has_value());
  }
}

class Values {
 public:
  Value Draw(int depth) {
    switch (random_() % (depth > 0 ? 13 : 8)) {
      case 0:
        return Value();
      case 1:
        return Value::Bool(random_() % 2 != 0);
      case 2:
        return Value::Int(static_cast<int64_t>(random_()) >> (random_() % 64));
      case 3:
        return BigInt(Text(40));
      case 4:
        return Number(Kind::kFloat);
      case 5:
        return Number(Kind::kComplex);
      case 6:
        return Value::Bytes(Text(9));
      case 7:
        return Value::String(Word());
      case 8:
        return Value::List(Some(depth));
      case 9:
        return Value::Tuple(Some(depth));
      case 10:
        return Of(Kind::kSet, Words());
      case 11:
        return Of(Kind::kFrozenSet, Words());
      default:
        return Dict(depth);
    }
  }

 private:
  Value Number(Kind kind) {
    constexpr double kNumbers[] = {0.0, -0.0, 1.5, 1e300, 5e-324, HUGE_VAL};
    Value value = Of(kind);
    value.real = kNumbers[random_() % std::size(kNumbers)];
    if (kind == Kind::kComplex) value.imaginary = kNumbers[random_() % 5];
    return value;
  }
  std::string Text(size_t size_max) {
    std::string text(1 + random_() % size_max, '\0');
    for (char& c : text) c = static_cast<char>(random_() % 3 ? random_() : 255);
    return text;
  }
  std::string Word() {
    constexpr const char* kWords[] = {
        "", "a", "\xc3\xa9", "\xed\xa0\x80", "\xf0\x9f\x98\x80", "line\nline"};
    return kWords[random_() % std::size(kWords)];
  }
  std::vector<Value> Words() {
    std::vector<Value> words;
    for (size_t n = random_() % 4; n > 0; --n) {
      words.push_back(Value::String(absl::StrCat(Word(), n)));
    }
    return words;
  }
  std::vector<Value> Some(int depth) {
    std::vector<Value> items;
    for (size_t n = random_() % 4; n > 0; --n) items.push_back(Draw(depth - 1));
    return items;
  }
  Value Dict(int depth) {
    Value dict = Of(Kind::kDict);
    for (Value& key : Words()) {
      dict.items.push_back(std::move(key));
      dict.items.push_back(Draw(depth - 1));
    }
    return dict;
  }

  std::mt19937_64 random_{11};
};

void AppendSizeOf(const std::string& text, std::string* out) {
  const auto size = static_cast<uint32_t>(text.size());
  out->append(reinterpret_cast<const char*>(&size), sizeof(size));
}

TEST(Marshal, CPythonReadsWhatTheGrammarSays) {
  constexpr uint32_t kCount = 5000;
  if (access("/usr/bin/python3", X_OK) != 0) GTEST_SKIP() << "no python3";
  const std::string runtime = CodeProfiles()[0].runtime_source;
  std::string all;
  AppendSizeOf(runtime, &all);
  all += runtime;
  Values values;
  for (uint32_t i = 0; i < kCount; ++i) {
    const Value value = values.Draw(4);
    const std::string marshalled = Marshalled(value).value();
    const std::string encoded = EncodeValue(value);
    all.append(reinterpret_cast<const char*>(&i), sizeof(i));
    AppendSizeOf(marshalled, &all);
    AppendSizeOf(encoded, &all);
    all += marshalled + encoded;
  }
  const std::string path = testing::TempDir() + "/marshal_pairs";
  std::ofstream(path, std::ios::binary) << all;
  const std::string command = "/usr/bin/python3 -I " ASSAY_SOURCE_DIR
                              "/tests/verifier/code/marshal_pairs.py < " +
                              path + " 2>&1";
  FILE* pipe = popen(command.c_str(), "r");
  char buffer[65536];
  const size_t n = fread(buffer, 1, sizeof(buffer), pipe);
  pclose(pipe);
  EXPECT_EQ(std::string(buffer, n), absl::StrCat("read ", kCount, "\n"));
}

}  // namespace
}  // namespace assay::code
