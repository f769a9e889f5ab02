// libFuzzer: extraction of any bytes, as a response, a bare answer and a
// choice. The span lies in the text, and what was extracted is extracted from
// itself as a bare answer.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "verifier/math/extract.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace assay::math;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (int i = 0; i < 4; ++i) {
    ExtractOptions options;
    options.bare = (i & 1) != 0;
    options.choice = (i & 2) != 0;
    const Extraction x = Extract(text, options);
    if (!x.found) continue;
    if (x.begin_bytes > x.end_bytes || x.end_bytes > size) abort();
  }
  return 0;
}
