// Wire to plain for test sets, and for samples that name one.
#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "proto/assay/v1/sample.pb.h"
#include "proto/assay/v1/test_set.pb.h"
#include "verifier/farm/queue.h"
#include "verifier/server/decode.h"
#include "verifier/server/decode_task.h"
#include "verifier/server/digest.h"

namespace assay::server {
namespace {

// Leaves the tests alone.
void ClearOthers(v1::CodeSample* wire) {
  const auto* reflection = wire->GetReflection();
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  reflection->ListFields(*wire, &fields);
  for (const auto* field : fields) {
    const auto* group = field->containing_oneof();
    if (group == nullptr || group->name() != "tests") {
      reflection->ClearField(wire, field);
    }
  }
}

int64_t CountOf(const Tests& tests) {
  return std::visit(
      [](const auto& kind) -> int64_t {
        if constexpr (requires { kind.tests.size(); }) {
          return static_cast<int64_t>(kind.tests.size());
        }
        return 1;
      },
      tests);
}

// Whether the tests that the stop policy selects have a weight at all.
bool HaveWeight(const Tests& tests, const CodeSample& code) {
  return std::visit(
      [&code](const auto& kind) {
        if constexpr (requires { kind.tests[0].weight; }) {
          const std::size_t count = SelectedCount(code, kind.tests.size());
          return std::any_of(
              kind.tests.begin(),
              kind.tests.begin() + static_cast<std::ptrdiff_t>(count),
              [](const auto& test) { return test.weight > 0; });
        }
        return true;
      },
      tests);
}

}  // namespace

absl::StatusOr<TestSet> Decoder::DecodeTestSet(std::string_view bytes) const {
  absl::Status status =
      CheckWire(bytes, v1::TestSet::descriptor(), wire_bounds_);
  if (!status.ok()) return status;
  // Read as a sample that has nothing else: for its tests there is a decoder.
  v1::CodeSample wire;
  if (!wire.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())) ||
      wire.tests_case() == v1::CodeSample::kTestSet) {
    return Invalid("test set", "malformed bytes");
  }
  ClearOthers(&wire);
  if (!languages_.empty()) wire.set_language(*languages_.begin());
  wire.set_solution("-");
  CodeSample code;
  status = DecodeCode(wire, bounds_, languages_, &code);
  if (!status.ok()) return status;
  TestSet set;
  set.digest = DigestOf(bytes);
  set.tests = std::move(code.tests);
  // Texts, and what the plain form adds to them.
  set.bytes = farm::kSampleCostBytes + static_cast<int64_t>(bytes.size()) +
              farm::kTestCostBytes * CountOf(set.tests);
  return set;
}

absl::Status Decoder::DecodeNaming(v1::CodeSample& wire,
                                   CodeSample* code) const {
  const std::string digest = wire.test_set();
  if (!IsDigest(digest)) {
    return Invalid("code.test_set", "not a SHA-256 in lower-case hexadecimal");
  }
  code->test_set = test_sets_ == nullptr ? nullptr : test_sets_->Find(digest);
  if (code->test_set == nullptr) {
    return Invalid("code.test_set",
                   absl::StrCat("unknown ", digest, ": Put it first"));
  }
  // The decoder of samples sees one test; what its choices say of the tests
  // is looked at here.
  wire.mutable_stdio()->add_tests();
  const absl::Status status = DecodeCode(wire, bounds_, languages_, code);
  code->tests = StdioTests();
  if (!status.ok()) return status;
  if (!HaveWeight(code->test_set->tests, *code)) {
    return Invalid("code.test_set", "total weight 0");
  }
  return status;
}

}  // namespace assay::server
