// Is this text one JSON value, and which kind? The value is not built.
//
//   CheckJson("[[3, 1], true]", JsonKind::kArray);  // OK
//   CheckJson("[3,]", JsonKind::kArray);
//   // INVALID_ARGUMENT "not JSON at byte 3"
//
// RFC 8259, by hand rather than by nlohmann-json, whose reader refuses the
// large integers that tests legitimately hold. Time is linear, memory one
// byte a level of nesting; no recursion.
// Threads: pure function. Trust: the bytes are hostile.
#ifndef VERIFIER_SERVER_JSON_CHECK_H_
#define VERIFIER_SERVER_JSON_CHECK_H_

#include <cstddef>
#include <string_view>

#include "absl/status/status.h"

namespace assay::server {

enum class JsonKind { kAny, kArray, kObject };

// Levels of nesting; more is refused.
inline constexpr std::size_t kJsonDepthMax = 512;

absl::Status CheckJson(std::string_view text, JsonKind kind);

}  // namespace assay::server

#endif  // VERIFIER_SERVER_JSON_CHECK_H_
