// Solutions that mean to pass, each beside an honest one that has to.
//
//   for (const Trick& trick : Forgeries()) Judge(trick.cheat);
#ifndef TESTS_VERIFIER_CODE_TRICKS_H_
#define TESTS_VERIFIER_CODE_TRICKS_H_

#include "absl/types/span.h"

namespace assay::code {

struct Trick {
  const char* name;
  const char* cheat;
  const char* honest;
};

absl::Span<const Trick> Forgeries();
absl::Span<const Trick> ChannelTricks();

}  // namespace assay::code

#endif  // TESTS_VERIFIER_CODE_TRICKS_H_
