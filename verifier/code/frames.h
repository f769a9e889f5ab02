// Reads the frames that the python runtime writes: a length, then a tuple
// whose first item says what it is.
//
//   FrameReader frames(result.reply);
//   while (std::optional<Value> frame = frames.Next()) ...
//
// Absent: the end, or a malformed frame, after which none follows. Trust: a
// candidate may have written every byte. Threads: none shared.
#ifndef VERIFIER_CODE_FRAMES_H_
#define VERIFIER_CODE_FRAMES_H_

#include <cstring>
#include <optional>
#include <string>
#include <string_view>

#include "verifier/code/values.h"

namespace assay::code {

class FrameReader {
 public:
  explicit FrameReader(std::string_view rest) : rest_(rest) {}

  std::optional<Value> Next() {
    uint32_t size = 0;
    if (rest_.size() < sizeof(size)) return std::nullopt;
    std::memcpy(&size, rest_.data(), sizeof(size));
    if (rest_.size() - sizeof(size) < size) return std::nullopt;
    absl::StatusOr<Value> value = DecodeValue(rest_.substr(sizeof(size), size));
    rest_.remove_prefix(sizeof(size) + size);
    if (!value.ok() || !value->is(Value::Kind::kTuple) ||
        value->items.empty()) {
      rest_ = {};
      return std::nullopt;
    }
    return *std::move(value);
  }

 private:
  std::string_view rest_;
};

// The string at `index` of a frame; empty where there is none.
inline std::string TextAt(const Value& frame, size_t index) {
  if (index >= frame.items.size()) return "";
  const Value& item = frame.items[index];
  return item.is(Value::Kind::kString) ? item.text : "";
}

}  // namespace assay::code

#endif  // VERIFIER_CODE_FRAMES_H_
