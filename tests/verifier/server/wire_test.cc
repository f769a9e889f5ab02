// Hostile bytes: what no generated client would send.
#include "verifier/server/wire.h"

#include <functional>
#include <random>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "gtest/gtest.h"
#include "proto/assay/v1/verifier.pb.h"
#include "verifier/server/decode.h"
#include "verifier/server/utf8.h"

namespace assay::server {
namespace {

using ::testing::HasSubstr;

constexpr char kMark[] = "MARK-OF-THE-TEST";

Abilities SmallAbilities() {
  Abilities abilities;
  abilities.languages = {{.name = "python"}};
  abilities.bounds.tests_count_max = 100;
  return abilities;
}

v1::Sample WholeSample() {
  v1::Sample sample;
  sample.set_id("id");
  sample.set_problem("problem");
  sample.set_source("source");
  (*sample.mutable_labels())["key"] = "value";
  sample.mutable_code()->set_language("python");
  sample.mutable_code()->set_solution("solution");
  return sample;
}

// Every string field of a sample, by the path that a refusal must name.
struct Place {
  const char* path;
  std::function<void(v1::Sample&, const std::string&)> put;
};

std::vector<Place> Places() {
  using S = v1::Sample;
  using T = const std::string;
  return {
      {"problem", [](S& s, T& t) { s.set_problem(t); }},
      {"source", [](S& s, T& t) { s.set_source(t); }},
      {"labels.value", [](S& s, T& t) { (*s.mutable_labels())["a"] = t; }},
      {"labels.key", [](S& s, T& t) { (*s.mutable_labels())[t] = "a"; }},
      {"code.language", [](S& s, T& t) { s.mutable_code()->set_language(t); }},
      {"code.solution", [](S& s, T& t) { s.mutable_code()->set_solution(t); }},
      {"code.response", [](S& s, T& t) { s.mutable_code()->set_response(t); }},
      {"code.stdio.tests[1].input",
       [](S& s, T& t) {
         s.mutable_code()->mutable_stdio()->add_tests();
         s.mutable_code()->mutable_stdio()->add_tests()->set_input(t);
       }},
      {"code.stdio.tests[0].expected_output",
       [](S& s, T& t) {
         s.mutable_code()->mutable_stdio()->add_tests()->set_expected_output(t);
       }},
      {"code.stdio.tests[0].other_outputs[1]",
       [](S& s, T& t) {
         v1::StdioTest* test = s.mutable_code()->mutable_stdio()->add_tests();
         test->add_other_outputs("a");
         test->add_other_outputs(t);
       }},
      {"code.stdio.judge.language",
       [](S& s, T& t) {
         s.mutable_code()->mutable_stdio()->mutable_judge()->set_language(t);
       }},
      {"code.stdio.judge.source",
       [](S& s, T& t) {
         s.mutable_code()->mutable_stdio()->mutable_judge()->set_source(t);
       }},
      {"code.stdio.interactor.language",
       [](S& s, T& t) {
         s.mutable_code()->mutable_stdio()->mutable_interactor()->set_language(
             t);
       }},
      {"code.stdio.interactor.source",
       [](S& s, T& t) {
         s.mutable_code()->mutable_stdio()->mutable_interactor()->set_source(t);
       }},
      {"code.test_set", [](S& s, T& t) { s.mutable_code()->set_test_set(t); }},
      {"code.profile", [](S& s, T& t) { s.mutable_code()->set_profile(t); }},
      {"code.call.entry_point",
       [](S& s, T& t) {
         s.mutable_code()->mutable_call()->set_entry_point(t);
       }},
      {"code.call.tests[0].arguments_json",
       [](S& s, T& t) {
         s.mutable_code()->mutable_call()->add_tests()->set_arguments_json(t);
       }},
      {"code.call.tests[0].keyword_arguments_json",
       [](S& s, T& t) {
         s.mutable_code()
             ->mutable_call()
             ->add_tests()
             ->set_keyword_arguments_json(t);
       }},
      {"code.call.tests[0].expected_json",
       [](S& s, T& t) {
         s.mutable_code()->mutable_call()->add_tests()->set_expected_json(t);
       }},
      {"code.asserts.code",
       [](S& s, T& t) { s.mutable_code()->mutable_asserts()->set_code(t); }},
      {"code.asserts.entry_point",
       [](S& s, T& t) {
         s.mutable_code()->mutable_asserts()->set_entry_point(t);
       }},
      {"math.answer", [](S& s, T& t) { s.mutable_math()->set_answer(t); }},
      {"math.response", [](S& s, T& t) { s.mutable_math()->set_response(t); }},
      {"math.gold[0]", [](S& s, T& t) { s.mutable_math()->add_gold(t); }},
      {"math.options[1]",
       [](S& s, T& t) {
         s.mutable_math()->add_options("a");
         s.mutable_math()->add_options(t);
       }},
      {"math.question", [](S& s, T& t) { s.mutable_math()->set_question(t); }},
  };
}

TEST(Wire, InvalidUtf8NamesEveryField) {
  const Decoder decoder(SmallAbilities());
  for (const Place& place : Places()) {
    v1::Sample sample = WholeSample();
    place.put(sample, kMark);
    std::string bytes = sample.SerializeAsString();
    const std::size_t at = bytes.find(kMark);
    ASSERT_NE(at, std::string::npos) << place.path;
    bytes[at + 3] = '\xff';
    const Decoded decoded = decoder.Decode(bytes, 3);
    ASSERT_FALSE(decoded.sample.has_value()) << place.path;
    EXPECT_EQ(decoded.refusal.reason,
              std::string(place.path) + ": not valid UTF-8");
    EXPECT_EQ(decoded.refusal.id, "id");
    EXPECT_EQ(decoded.refusal.cause, Cause::kInvalidSample);
  }
}

// The table above is whole: no string field of the contract is left out.
void CountStrings(const google::protobuf::Descriptor* message, int* count) {
  for (int i = 0; i < message->field_count(); ++i) {
    const auto* field = message->field(i);
    if (field->message_type() != nullptr) {
      CountStrings(field->message_type(), count);
    } else if (field->type() ==
               google::protobuf::FieldDescriptor::TYPE_STRING) {
      ++*count;
    }
  }
}

TEST(Wire, TheTableKnowsEveryStringField) {
  int count = 0;
  CountStrings(v1::Sample::descriptor(), &count);
  EXPECT_EQ(static_cast<int>(Places().size()) + 1, count);  // And the id.
}

TEST(Wire, AnIdThatIsNotUtf8IsNotEchoed) {
  std::string bytes = WholeSample().SerializeAsString();
  bytes[bytes.find("id")] = '\xfe';
  const Decoded decoded = Decoder(SmallAbilities()).Decode(bytes, 3);
  EXPECT_EQ(decoded.refusal.reason, "id: not valid UTF-8");
  EXPECT_EQ(decoded.refusal.id, "");
  EXPECT_EQ(decoded.refusal.problem, "problem");
}

TEST(Wire, TornBytesKeepTheNamesThatCameBefore) {
  const std::string bytes = WholeSample().SerializeAsString();
  const Decoder decoder(SmallAbilities());
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    const Decoded decoded = decoder.Decode(bytes.substr(0, length), 0);
    ASSERT_FALSE(decoded.sample.has_value()) << length;
    if (length >= 4) {
      EXPECT_EQ(decoded.refusal.id, "id") << length;
    }
  }
}

TEST(Wire, CountsAreBoundedBeforeAnythingIsBuilt) {
  v1::Sample sample = WholeSample();
  for (int i = 0; i < 101; ++i) {
    sample.mutable_code()->mutable_stdio()->add_tests();
  }
  const std::string bytes = sample.SerializeAsString();
  EXPECT_THAT(Decoder(SmallAbilities()).Decode(bytes, 0).refusal.reason,
              HasSubstr("code.stdio.tests: more than 100"));
  // The same tests in two parts of one message, which protobuf would merge.
  v1::Sample half = WholeSample();
  for (int i = 0; i < 60; ++i) {
    half.mutable_code()->mutable_stdio()->add_tests();
  }
  const std::string twice = half.SerializeAsString() + half.SerializeAsString();
  EXPECT_THAT(Decoder(SmallAbilities()).Decode(twice, 0).refusal.reason,
              HasSubstr("code.stdio.tests: more than 100"));
}

TEST(Wire, UnknownFieldsPassInSmallNumbers) {
  v1::Sample sample = WholeSample();
  sample.mutable_code()->mutable_stdio()->add_tests();
  const std::string bytes = sample.SerializeAsString();
  const std::string unknown = "\xa0\x3f\x01";  // Field 1012, varint 1.
  const Decoder decoder(SmallAbilities());
  EXPECT_TRUE(decoder.Decode(bytes + unknown, 0).sample.has_value());
  std::string many = bytes;
  for (int i = 0; i <= kUnknownFieldsMax; ++i) many += unknown;
  EXPECT_THAT(decoder.Decode(many, 0).refusal.reason,
              HasSubstr("too many unknown fields"));
}

TEST(Wire, GroupsAndForeignTypesAreMalformed) {
  const std::string good = WholeSample().SerializeAsString();
  const Decoder decoder(SmallAbilities());
  EXPECT_THAT(decoder.Decode(good + "\xa3\x3f", 0).refusal.reason,
              HasSubstr("malformed"));
  EXPECT_THAT(decoder.Decode(good + "\x10\x01", 0).refusal.reason,
              HasSubstr("problem: malformed"));
  EXPECT_THAT(decoder.Decode(std::string("\0", 1), 0).refusal.reason,
              HasSubstr("malformed"));
  EXPECT_THAT(decoder.Decode("\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\x7f", 0)
                  .refusal.reason,
              HasSubstr("malformed"));
}

TEST(SplitRequest, TakesSamplesApart) {
  v1::VerifyRequest request;
  request.add_samples()->set_id("a");
  request.add_samples()->set_id("b");
  const std::string bytes = request.SerializeAsString() + "\xa0\x3f\x01";
  const auto split = SplitRequest(bytes, 2);
  ASSERT_TRUE(split.ok());
  ASSERT_EQ(split->size(), 2u);
  EXPECT_EQ((*split)[1], request.samples(1).SerializeAsString());
  EXPECT_EQ(SplitRequest(bytes, 1).status().code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_TRUE(SplitRequest("", 1)->empty());
  for (const char* bad : {"\x0a\x05", "\x08\x01", "\x0b", "\xff"}) {
    EXPECT_FALSE(SplitRequest(bad, 9).ok()) << bad;
  }
}

// Bytes at random, and valid samples with bytes changed, dropped and doubled.
TEST(Wire, RandomBytesAreRefusedOrSound) {
  const Decoder decoder(SmallAbilities());
  std::mt19937 random(20260727);
  int taken = 0;
  for (int round = 0; round < 60'000; ++round) {
    std::string bytes;
    if (round % 4 == 0) {
      bytes.resize(random() % 60);
      for (char& c : bytes) c = static_cast<char>(random());
    } else {
      v1::Sample sample = WholeSample();
      const std::vector<Place> places = Places();
      places[random() % places.size()].put(sample, "x");
      bytes = sample.SerializeAsString();
      for (unsigned i = 0; i <= random() % 3; ++i) {
        const std::size_t at = random() % bytes.size();
        switch (random() % 4) {
          case 0:
            bytes[at] = static_cast<char>(random());
            break;
          case 1:
            bytes.erase(at, random() % 4);
            break;
          case 2:
            bytes.insert(at, bytes.substr(at, random() % 8));
            break;
          default:
            break;
        }
        if (bytes.empty()) bytes = "x";
      }
    }
    const Decoded decoded = decoder.Decode(bytes, round);
    if (decoded.sample.has_value()) {
      ++taken;
      EXPECT_FALSE(decoded.sample->id.empty());
      EXPECT_TRUE(IsUtf8(decoded.sample->id));
      continue;
    }
    EXPECT_EQ(decoded.refusal.cause, Cause::kInvalidSample);
    EXPECT_FALSE(decoded.refusal.reason.empty());
    EXPECT_TRUE(IsUtf8(decoded.refusal.id));
    EXPECT_TRUE(IsUtf8(decoded.refusal.reason));
  }
  EXPECT_GT(taken, 100);
}

// What the walk passes, protobuf's own parser must pass too.
TEST(Wire, TheWalkIsNotLaxerThanTheParser) {
  std::mt19937 random(7);
  WireBounds bounds;
  int passed = 0;
  for (int round = 0; round < 100'000; ++round) {
    std::string bytes = WholeSample().SerializeAsString();
    bytes[random() % bytes.size()] = static_cast<char>(random());
    if (!CheckWire(bytes, v1::Sample::descriptor(), bounds).ok()) continue;
    ++passed;
    v1::Sample sample;
    ASSERT_TRUE(sample.ParseFromString(bytes));
  }
  EXPECT_GT(passed, 1000);
}

}  // namespace
}  // namespace assay::server
