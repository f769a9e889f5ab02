// libFuzzer: any bytes parse to a tree within bounds or to an error, and what
// is printed reads back to an equal tree.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "verifier/math/parse.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace assay::math;
  if (size == 0) return 0;
  static Arena& arena = *new Arena();
  arena.Reset();
  ParseOptions options;
  options.comma = static_cast<ParseOptions::Comma>(data[0] % 3);
  options.choice = data[0] >= 0x80;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1,
                              size - 1);
  absl::StatusOr<const Expr*> e = Parse(text, options, &arena);
  if (!e.ok()) return 0;
  if ((*e)->depth > Arena::kDepthMax) abort();
  Outline(**e);
  // Printed at most once more: the spelling is then its own.
  // Trees point into the texts that were read.
  const std::string first = Print(**e);
  absl::StatusOr<const Expr*> again = Parse(first, {}, &arena);
  if (!again.ok()) return 0;
  const std::string second = Print(**again);
  absl::StatusOr<const Expr*> third = Parse(second, {}, &arena);
  if (third.ok() && Print(**third) != second) abort();
  return 0;
}
