#include "verifier/server/pairs_call.h"

#include <algorithm>
#include <utility>

#include "proto/assay/v1/pairs.pb.h"
#include "verifier/server/decode_pairs.h"

namespace assay::server {

absl::Status PairsCall::Decode(std::string_view bytes,
                               std::vector<Sample>* samples) {
  auto batch = DecodePairs(bytes, edge().bounds());
  if (!batch.ok()) return batch.status();
  findings_.resize(batch->pairs.size());
  for (std::size_t begin = 0; begin < batch->pairs.size();
       begin += kPairsOfSample) {
    const std::size_t end =
        std::min(begin + kPairsOfSample, batch->pairs.size());
    MathPairs part;
    part.pairs.assign(batch->pairs.begin() + static_cast<std::ptrdiff_t>(begin),
                      batch->pairs.begin() + static_cast<std::ptrdiff_t>(end));
    part.texts = batch->texts;
    part.is_responses = batch->is_responses;
    part.choice = batch->choice;
    part.policy = batch->policy;
    Sample& sample = samples->emplace_back();
    sample.ordinal = samples->size() - 1;
    sample.source = "(pairs)";
    sample.task = std::move(part);
  }
  return absl::OkStatus();
}

void PairsCall::Take(Report report) {
  const std::size_t begin = report.ordinal * kPairsOfSample;
  const std::size_t end = std::min(begin + kPairsOfSample, findings_.size());
  if (const auto* evidence = std::get_if<PairsEvidence>(&report.evidence)) {
    std::copy(evidence->findings.begin(), evidence->findings.end(),
              findings_.begin() + static_cast<std::ptrdiff_t>(begin));
    return;
  }
  PairFinding none;  // Our fault, or cancelled: so is each of them.
  none.verdict = report.verdict;
  none.cause = report.cause;
  std::fill(findings_.begin() + static_cast<std::ptrdiff_t>(begin),
            findings_.begin() + static_cast<std::ptrdiff_t>(end), none);
}

bool PairsCall::Encode(std::string* bytes) {
  return EncodePairs(findings_).SerializeToString(bytes);
}

}  // namespace assay::server
