#include <utility>

#include "absl/strings/str_cat.h"
#include "verifier/server/decode_task.h"

namespace assay::server {

absl::Status DecodePolicy(const v1::MathPolicy& wire, const std::string& field,
                          MathPolicy* policy) {
  switch (wire.domain()) {
    case v1::MathPolicy::DOMAIN_UNSPECIFIED:
    case v1::MathPolicy::DOMAIN_REAL:
      policy->domain = MathPolicy::Domain::kReal;
      break;
    case v1::MathPolicy::DOMAIN_COMPLEX:
      policy->domain = MathPolicy::Domain::kComplex;
      break;
    default:
      return Invalid(field + ".domain",
                     absl::StrCat("unknown ", wire.domain()));
  }
  policy->strict = wire.strict();
  policy->strict_domain = wire.strict_domain();
  policy->ordered_lists = wire.ordered_lists();
  policy->exact_decimals = wire.exact_decimals();
  policy->optional_constant = wire.optional_constant();
  return absl::OkStatus();
}

absl::Status DecodeMath(v1::MathSample& wire, MathSample* math) {
  switch (wire.candidate_case()) {
    case v1::MathSample::kAnswer:
      math->candidate = std::move(*wire.mutable_answer());
      break;
    case v1::MathSample::kResponse:
      math->candidate = std::move(*wire.mutable_response());
      math->is_response = true;
      break;
    case v1::MathSample::CANDIDATE_NOT_SET:
      return Invalid("math.candidate", "absent: give answer or response");
  }
  if (wire.gold().empty()) return Invalid("math.gold", "absent");
  for (std::string& gold : *wire.mutable_gold()) {
    math->golds.push_back(std::move(gold));
  }
  for (std::string& option : *wire.mutable_options()) {
    math->options.push_back(std::move(option));
  }
  math->choice = wire.choice();
  math->question = std::move(*wire.mutable_question());
  return DecodePolicy(wire.policy(), "math.policy", &math->policy);
}

}  // namespace assay::server
