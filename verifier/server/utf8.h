// Is this text UTF-8, and if not, the nearest text that is?
//
//   IsUtf8("caf\xc3\xa9");             // true
//   ToUtf8("a\xff" "b", 100);          // "a\uFFFDb"
//
// Threads: pure functions. Trust: the bytes are hostile.
#ifndef VERIFIER_SERVER_UTF8_H_
#define VERIFIER_SERVER_UTF8_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace assay::server {

// By RFC 3629: no surrogates, no overlong forms, nothing beyond U+10FFFF.
bool IsUtf8(std::string_view text);

// `text` with every byte that is not UTF-8 replaced by U+FFFD, cut at a
// character's border to at most `bytes_max` bytes; `*cut` says whether.
std::string ToUtf8(std::string_view text, std::size_t bytes_max,
                   bool* cut = nullptr);

}  // namespace assay::server

#endif  // VERIFIER_SERVER_UTF8_H_
