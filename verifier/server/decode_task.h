// Wire to plain for the two tasks of a sample; see decode.h.
//
// Errors: INVALID_ARGUMENT "code.FIELD: what is wrong with it".
// Threads: pure functions. The message is moved from.
#ifndef VERIFIER_SERVER_DECODE_TASK_H_
#define VERIFIER_SERVER_DECODE_TASK_H_

#include <set>
#include <string>

#include "absl/status/status.h"
#include "proto/assay/v1/sample.pb.h"
#include "verifier/sample.h"
#include "verifier/server/bounds.h"

namespace assay::server {

// INVALID_ARGUMENT "field: what".
absl::Status Invalid(const std::string& field, const std::string& what);

absl::Status DecodeCode(v1::CodeSample& wire, const Bounds& bounds,
                        const std::set<std::string>& languages,
                        CodeSample* code);
// `field` is the policy's name in errors.
absl::Status DecodePolicy(const v1::MathPolicy& wire, const std::string& field,
                          MathPolicy* policy);
absl::Status DecodeMath(v1::MathSample& wire, MathSample* math);

}  // namespace assay::server

#endif  // VERIFIER_SERVER_DECODE_TASK_H_
