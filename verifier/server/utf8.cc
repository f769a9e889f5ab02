#include "verifier/server/utf8.h"

#include <cstdint>
#include <cstring>

namespace assay::server {
namespace {

constexpr std::string_view kReplacement = "\xef\xbf\xbd";

bool IsTail(unsigned char byte) { return (byte & 0xc0) == 0x80; }

// Length of the character that begins `text`, 0 where there is none.
std::size_t CharacterAt(std::string_view text) {
  const auto byte = [&](std::size_t i) {
    return static_cast<unsigned char>(text[i]);
  };
  const unsigned char first = byte(0);
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  const std::size_t length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  if (text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if (!IsTail(byte(i))) return 0;
  }
  const unsigned char second = byte(1);
  if (first == 0xe0 && second < 0xa0) return 0;  // Overlong.
  if (first == 0xed && second > 0x9f) return 0;  // Surrogates.
  if (first == 0xf0 && second < 0x90) return 0;  // Overlong.
  if (first == 0xf4 && second > 0x8f) return 0;  // Beyond U+10FFFF.
  return length;
}

// Length of the ASCII run that begins `text`, eight bytes at a time.
std::size_t AsciiRun(std::string_view text) {
  std::size_t length = 0;
  while (text.size() - length >= sizeof(uint64_t)) {
    uint64_t word;
    std::memcpy(&word, text.data() + length, sizeof(word));
    if ((word & 0x8080808080808080u) != 0) break;
    length += sizeof(word);
  }
  return length;
}

}  // namespace

bool IsUtf8(std::string_view text) {
  while (!text.empty()) {
    std::size_t length = AsciiRun(text);
    if (length == 0) length = CharacterAt(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

std::string ToUtf8(std::string_view text, std::size_t bytes_max, bool* cut) {
  std::string result;
  if (cut != nullptr) *cut = false;
  while (!text.empty()) {
    const std::size_t length = CharacterAt(text);
    const std::string_view next =
        length == 0 ? kReplacement : text.substr(0, length);
    if (result.size() + next.size() > bytes_max) {
      if (cut != nullptr) *cut = true;
      break;
    }
    result += next;
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return result;
}

}  // namespace assay::server
