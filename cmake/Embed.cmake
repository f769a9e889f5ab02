# Writes HEADER: the bytes of FILE as a std::string_view named SYMBOL.
file(READ ${FILE} hex HEX)
string(LENGTH "${hex}" hex_length)
math(EXPR size "${hex_length} / 2")
string(REGEX REPLACE "(..)" "'\\\\x\\1'," bytes "${hex}")
file(WRITE ${HEADER}
"#pragma once
#include <string_view>
namespace assay::embedded {
inline constexpr char ${SYMBOL}_bytes[] = {${bytes}'\\0'};
inline constexpr std::string_view ${SYMBOL}(${SYMBOL}_bytes, ${size});
}  // namespace assay::embedded
")
