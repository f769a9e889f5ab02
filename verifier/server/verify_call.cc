#include "verifier/server/verify_call.h"

#include <algorithm>
#include <utility>

#include "proto/assay/v1/verifier.pb.h"
#include "verifier/server/encode.h"
#include "verifier/server/wire.h"

namespace assay::server {

absl::Status VerifyCall::Decode(std::string_view bytes,
                                std::vector<Sample>* samples) {
  const auto split = SplitRequest(
      bytes, static_cast<std::size_t>(edge().bounds().batch_samples_max));
  if (!split.ok()) return split.status();
  if (split->empty()) {
    return absl::InvalidArgumentError("an empty batch: give samples");
  }
  reports_.resize(split->size());
  for (std::size_t i = 0; i < split->size(); ++i) {
    Decoded decoded = edge().decoder().Decode((*split)[i], i);
    if (decoded.sample.has_value()) {
      samples->push_back(*std::move(decoded.sample));
    } else {
      reports_[i] = std::move(decoded.refusal);
    }
  }
  return absl::OkStatus();
}

void VerifyCall::Take(Report report) {
  const std::size_t place = report.ordinal;
  reports_[place] = std::move(report);
}

bool VerifyCall::Encode(std::string* bytes) {
  const std::size_t budget =
      std::min(kTextBudgetBytes, kResponseTextBytesMax / reports_.size());
  v1::VerifyResponse wire;
  for (const Report& report : reports_) {
    EncodeReport(report, budget, wire.add_reports());
  }
  return wire.SerializeToString(bytes);
}

}  // namespace assay::server
