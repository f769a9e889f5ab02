#include "sandbox/wire/codec.h"

namespace assay::sandbox {

Writer& Writer::U64(uint64_t value) {
  for (int i = 0; i < 8; ++i) {
    bytes_ += static_cast<char>((value >> (8 * i)) & 0xff);
  }
  return *this;
}

Writer& Writer::String(std::string_view value) {
  U64(value.size());
  bytes_ += value;
  return *this;
}

uint64_t Reader::U64() {
  if (!ok_ || bytes_.size() < 8) {
    ok_ = false;
    return 0;
  }
  uint64_t value = 0;
  for (int i = 0; i < 8; ++i) {
    value |= static_cast<uint64_t>(static_cast<unsigned char>(bytes_[i]))
             << (8 * i);
  }
  bytes_.remove_prefix(8);
  return value;
}

uint64_t Reader::Count() {
  uint64_t count = U64();
  if (count > bytes_.size() / 8) {
    ok_ = false;
    return 0;
  }
  return count;
}

std::string Reader::String() {
  uint64_t size = U64();
  if (!ok_ || size > bytes_.size()) {
    ok_ = false;
    return "";
  }
  std::string value(bytes_.substr(0, size));
  bytes_.remove_prefix(size);
  return value;
}

}  // namespace assay::sandbox
