#include "verifier/math/extract.h"

namespace assay::math {
namespace {

// The content of the last balanced \boxed{...}.
bool LastBox(std::string_view text, size_t* begin, size_t* end) {
  for (size_t at = text.rfind("\\boxed{"); at != std::string_view::npos;
       at = at == 0 ? std::string_view::npos : text.rfind("\\boxed{", at - 1)) {
    int depth = 0;
    for (size_t i = at + 6; i < text.size(); ++i) {
      if (text[i] == '{') ++depth;
      if (text[i] == '}' && --depth == 0) {
        *begin = at + 7;
        *end = i;
        return true;
      }
    }
  }
  return false;
}

}  // namespace

Extraction Extract(std::string_view text, const ExtractOptions& options) {
  Extraction x;
  if (LastBox(text, &x.begin_bytes, &x.end_bytes)) {
    x.mark = "boxed";
  } else if (options.bare) {
    x.end_bytes = text.size();
    x.mark = "bare";
  } else {
    return x;
  }
  x.found = true;
  x.text = text.substr(x.begin_bytes, x.end_bytes - x.begin_bytes);
  return x;
}

}  // namespace assay::math
