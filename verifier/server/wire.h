// What do these wire bytes hold, before protobuf sees them?
//
//   absl::StatusOr<std::vector<std::string_view>> samples =
//       SplitRequest(bytes, 8192);
//   absl::Status status = CheckWire(samples->front(), descriptor, bounds);
//   // INVALID_ARGUMENT "code.stdio.tests[3].input: not valid UTF-8"
//
// A batch is split into the bytes of its samples so that each is parsed by
// itself. A sample is walked with its descriptors before it is parsed: the
// walk names the field that is wrong, which protobuf's parser does not, and
// bounds the counts from which parsing would build far more than was sent.
// Time is linear, no memory is taken per field; recursion is bounded by the
// schema, whose messages do not contain themselves.
//
// Threads: pure functions. Trust: the bytes are hostile.
#ifndef VERIFIER_SERVER_WIRE_H_
#define VERIFIER_SERVER_WIRE_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/descriptor.h"

namespace assay::server {

// One field as it stands on the wire.
struct WireField {
  int number = 0;
  int type = 0;              // 0 varint, 1 eight bytes, 2 text, 5 four bytes.
  std::string_view payload;  // Of type 2, else empty.
};

// Takes the first field off `*bytes`. False: malformed, or a group.
bool TakeField(std::string_view* bytes, WireField* field);

// The bytes of every sample of a VerifyRequest. INVALID_ARGUMENT: malformed,
// or more than `samples_max`.
absl::StatusOr<std::vector<std::string_view>> SplitRequest(
    std::string_view request, std::size_t samples_max);

// Fields of one sample altogether that its descriptors do not know.
inline constexpr int64_t kUnknownFieldsMax = 1024;
// Fields of one sample altogether, for each test that the bounds allow.
inline constexpr int64_t kFieldsPerTestMax = 16;
inline constexpr int64_t kFieldsBase = 4096;

struct WireBounds {
  int64_t fields_max = kFieldsBase;
  // How often a repeated field, by its full name, may occur in one sample.
  std::map<std::string, int64_t, std::less<>> counts_max;
};

absl::Status CheckWire(std::string_view bytes,
                       const google::protobuf::Descriptor* descriptor,
                       const WireBounds& bounds);

}  // namespace assay::server

#endif  // VERIFIER_SERVER_WIRE_H_
