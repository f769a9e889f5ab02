#include "verifier/server/decode_pairs.h"

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "verifier/server/decode_task.h"
#include "verifier/server/utf8.h"

namespace assay::server {
namespace {

using Sizes = google::protobuf::RepeatedField<uint32_t>;

// A text of one side; invalid ones are found once, not once a pair.
struct Text {
  std::string_view text;
  bool valid = false;
};

absl::StatusOr<std::vector<Text>> Cut(const std::string& field,
                                      std::string_view all,
                                      const Sizes& sizes) {
  uint64_t sum = 0;
  for (const uint32_t size : sizes) sum += size;
  if (sum != all.size()) {
    return Invalid(absl::StrCat(field, "_sizes_bytes"),
                   absl::StrCat("the sum is ", sum, ", ", field, "s has ",
                                all.size(), " bytes"));
  }
  std::vector<Text> texts;
  texts.reserve(static_cast<std::size_t>(sizes.size()));
  for (const uint32_t size : sizes) {
    const std::string_view text = all.substr(0, size);
    texts.push_back({text, IsUtf8(text)});
    all.remove_prefix(size);
  }
  return texts;
}

absl::Status CheckCounts(const v1::VerifyPairsRequest& wire,
                         const Bounds& bounds) {
  const int64_t answers = wire.answer_sizes_bytes_size();
  const int64_t golds = wire.gold_sizes_bytes_size();
  if (answers == 0) return Invalid("answer_sizes_bytes", "absent: no pairs");
  if (answers > bounds.batch_pairs_max) {
    return Invalid(
        "answer_sizes_bytes",
        absl::StrCat(answers, " pairs, at most ", bounds.batch_pairs_max));
  }
  if (golds == 0) return Invalid("gold_sizes_bytes", "absent: no golds");
  if (golds > answers) {
    return Invalid("gold_sizes_bytes",
                   absl::StrCat(golds, " golds for ", answers, " answers"));
  }
  const int64_t indices = wire.gold_indices_size();
  if (indices == 0 && golds != answers) {
    return Invalid("gold_indices",
                   absl::StrCat("absent, with ", golds, " golds for ", answers,
                                " answers"));
  }
  if (indices != 0 && indices != answers) {
    return Invalid("gold_indices",
                   absl::StrCat(indices, " of them for ", answers, " answers"));
  }
  for (int64_t i = 0; i < indices; ++i) {
    const uint32_t index = wire.gold_indices(static_cast<int>(i));
    if (index < golds) continue;
    return Invalid("gold_indices",
                   absl::StrCat("answer ", i, ": gold ", index, " of ", golds));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<MathPairs> DecodePairs(std::string_view bytes,
                                      const Bounds& bounds) {
  auto wire = std::make_shared<v1::VerifyPairsRequest>();
  if (!wire->ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return absl::InvalidArgumentError("the request cannot be parsed");
  }
  absl::Status status = CheckCounts(*wire, bounds);
  if (!status.ok()) return status;
  const auto golds = Cut("gold", wire->golds(), wire->gold_sizes_bytes());
  if (!golds.ok()) return golds.status();
  const auto answers =
      Cut("answer", wire->answers(), wire->answer_sizes_bytes());
  if (!answers.ok()) return answers.status();
  MathPairs batch;
  batch.is_responses = wire->responses();
  batch.choice = wire->choice();
  status = DecodePolicy(wire->policy(), "policy", &batch.policy);
  if (!status.ok()) return status;
  batch.pairs.reserve(answers->size());
  for (std::size_t i = 0; i < answers->size(); ++i) {
    const Text& answer = (*answers)[i];
    const Text& gold = (*golds)[wire->gold_indices().empty()
                                    ? i
                                    : wire->gold_indices(static_cast<int>(i))];
    const auto size =
        static_cast<int64_t>(gold.text.size() + answer.text.size());
    batch.pairs.push_back(
        {gold.text, answer.text,
         !gold.valid || !answer.valid || size > bounds.sample_bytes_max});
  }
  batch.texts = std::move(wire);
  return batch;
}

v1::VerifyPairsResponse EncodePairs(absl::Span<const PairFinding> findings) {
  v1::VerifyPairsResponse wire;
  for (std::string* field :
       {wire.mutable_verdicts(), wire.mutable_causes(), wire.mutable_proofs(),
        wire.mutable_rungs(), wire.mutable_error_bounds_bits()}) {
    field->reserve(findings.size());
  }
  for (const PairFinding& finding : findings) {
    *wire.mutable_verdicts() += static_cast<char>(finding.verdict);
    *wire.mutable_causes() += static_cast<char>(finding.cause);
    *wire.mutable_proofs() += static_cast<char>(finding.proof);
    *wire.mutable_rungs() += static_cast<char>(finding.rung);
    *wire.mutable_error_bounds_bits() +=
        static_cast<char>(finding.error_bound_bits);
  }
  wire.set_verifier_version(kVerifierVersion);
  return wire;
}

}  // namespace assay::server
