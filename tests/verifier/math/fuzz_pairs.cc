// libFuzzer: a gold and an answer, apart by the first zero byte, are judged
// within the operations budget, and no text differs from itself.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "tests/verifier/math/judged.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace assay;
  constexpr uint64_t kOperationsMax = 1'000'000;
  const std::string text(reinterpret_cast<const char*>(data), size);
  const size_t middle = text.find('\0');
  const std::string gold = text.substr(0, middle);
  const std::string answer =
      middle == std::string::npos ? gold : text.substr(middle + 1);
  const math::Judged j = math::JudgePair(gold, answer);
  if (j.evidence().operations_count > kOperationsMax) abort();
  if (gold == answer && j.report.verdict == Verdict::kWrongAnswer) abort();
  return 0;
}
