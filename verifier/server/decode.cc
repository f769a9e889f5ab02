#include "verifier/server/decode.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "proto/assay/v1/sample.pb.h"
#include "verifier/server/decode_task.h"
#include "verifier/server/digest.h"
#include "verifier/server/utf8.h"

namespace assay::server {
namespace {

bool IsName(std::string_view text) {
  return static_cast<int64_t>(text.size()) <= kNameBytesMax &&
         text.find('\0') == std::string_view::npos && IsUtf8(text);
}

// id, problem and source as far as they can be read from bytes that are
// refused for another reason.
void ScanNames(std::string_view bytes, Report* report) {
  WireField field;
  while (!bytes.empty() && TakeField(&bytes, &field)) {
    if (field.number > 3 || field.type != 2 || !IsName(field.payload)) continue;
    std::string* const names[] = {&report->id, &report->problem,
                                  &report->source};
    *names[field.number - 1] = std::string(field.payload);
  }
}

absl::Status CheckName(const std::string& field, const std::string& text) {
  if (static_cast<int64_t>(text.size()) > kNameBytesMax) {
    return Invalid(
        field, absl::StrCat(text.size(), " bytes, at most ", kNameBytesMax));
  }
  if (!IsName(text)) return Invalid(field, "contains NUL");
  return absl::OkStatus();
}

absl::Status CheckNames(const v1::Sample& wire) {
  if (wire.id().empty()) return Invalid("id", "empty");
  for (const auto& [field, text] :
       {std::pair<std::string, const std::string&>{"id", wire.id()},
        {"problem", wire.problem()},
        {"source", wire.source()}}) {
    if (absl::Status status = CheckName(field, text); !status.ok()) {
      return status;
    }
  }
  return absl::OkStatus();
}

absl::Status CheckLabels(const v1::Sample& wire) {
  if (static_cast<int64_t>(wire.labels().size()) > kLabelsMax) {
    return Invalid("labels", absl::StrCat("more than ", kLabelsMax));
  }
  int64_t bytes = 0;
  for (const auto& [key, value] : wire.labels()) {
    bytes += static_cast<int64_t>(key.size() + value.size());
    if (key.empty()) return Invalid("labels", "a key is empty");
    if ((key + value).find('\0') != std::string::npos) {
      return Invalid("labels", "contain NUL");
    }
  }
  if (bytes > kLabelsBytesMax) {
    return Invalid("labels",
                   absl::StrCat(bytes, " bytes, at most ", kLabelsBytesMax));
  }
  return absl::OkStatus();
}

// Of what decides the verdict: all top-level fields but those that a report
// echoes, and the wish to run afresh.
std::string IdentityOf(std::string_view bytes) {
  constexpr int kEchoedMax = 4;
  Sha256 sum;
  sum.Add(kVerifierVersion);
  WireField field;
  while (!bytes.empty()) {
    const std::string_view rest = bytes;
    if (!TakeField(&bytes, &field)) return "";
    if (field.number <= kEchoedMax) continue;
    sum.Add(rest.substr(0, rest.size() - bytes.size()));
  }
  return sum.Finish();
}

}  // namespace

absl::Status Invalid(const std::string& field, const std::string& what) {
  return absl::InvalidArgumentError(absl::StrCat(field, ": ", what));
}

Decoder::Decoder(const Abilities& abilities, TestSetStore* test_sets)
    : bounds_(abilities.bounds), test_sets_(test_sets) {
  for (const Language& language : abilities.languages) {
    languages_.insert(language.name);
  }
  wire_bounds_.fields_max =
      kFieldsBase + kFieldsPerTestMax * bounds_.tests_count_max;
  wire_bounds_.counts_max = {
      {"assay.v1.Sample.labels", kLabelsMax},
      {"assay.v1.StdioTests.tests", bounds_.tests_count_max},
      {"assay.v1.StdioTest.other_outputs", kOtherOutputsMax},
      {"assay.v1.CallTests.tests", bounds_.tests_count_max},
      {"assay.v1.MathSample.gold", kGoldsMax},
      {"assay.v1.MathSample.options", kOptionsMax},
  };
}

absl::Status Decoder::Convert(v1::Sample& wire, Sample* sample) const {
  if (absl::Status status = CheckNames(wire); !status.ok()) return status;
  sample->id = wire.id();
  sample->problem = wire.problem();
  sample->source = wire.source();
  sample->explain = wire.explain();
  if (absl::Status status = CheckLabels(wire); !status.ok()) return status;
  sample->labels.assign(wire.labels().begin(), wire.labels().end());
  // A map has no order of its own; a report's labels have one.
  std::sort(sample->labels.begin(), sample->labels.end());
  switch (wire.task_case()) {
    case v1::Sample::kCode: {
      v1::CodeSample& code = *wire.mutable_code();
      CodeSample& plain = sample->task.emplace<CodeSample>();
      return code.tests_case() == v1::CodeSample::kTestSet
                 ? DecodeNaming(code, &plain)
                 : DecodeCode(code, bounds_, languages_, &plain);
    }
    case v1::Sample::kMath:
      return DecodeMath(*wire.mutable_math(),
                        &sample->task.emplace<MathSample>());
    case v1::Sample::TASK_NOT_SET:
      break;
  }
  return Invalid("task", "absent: give code or math");
}

Decoded Decoder::Decode(std::string_view bytes, uint64_t ordinal) const {
  Decoded decoded;
  Sample sample;
  sample.ordinal = ordinal;
  v1::Sample wire;
  absl::Status status;
  if (static_cast<int64_t>(bytes.size()) > bounds_.sample_bytes_max) {
    status = Invalid("sample", absl::StrCat(bytes.size(), " bytes, at most ",
                                            bounds_.sample_bytes_max));
  } else {
    status = CheckWire(bytes, v1::Sample::descriptor(), wire_bounds_);
  }
  if (status.ok() &&
      !wire.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    status = Invalid("sample", "malformed bytes");
  }
  if (status.ok()) status = Convert(wire, &sample);
  if (status.ok()) {
    if (wire.has_code() && !wire.fresh()) sample.identity = IdentityOf(bytes);
    decoded.sample = std::move(sample);
    return decoded;
  }
  decoded.refusal = Report::For(sample);
  if (sample.id.empty()) ScanNames(bytes, &decoded.refusal);
  decoded.refusal.Refuse(Cause::kInvalidSample, std::string(status.message()));
  return decoded;
}

}  // namespace assay::server
