// What do the compile boxes of a language hold beside the sources? Files made
// once a world, in a box, from parts of ours that the dialect embeds: a
// driver of the compiler, a library of the runtime's, an archive of classes.
//
//   absl::StatusOr<std::shared_ptr<const Tools>> tools =
//       ToolsOf(&runner, language);
//
// language.prepare runs over the dialect's parts; the files that
// language.tools names are kept. Without either: no files.
// Errors: UNAVAILABLE: the toolchain made none, with its complaint; the next
// call tries again. Threads: safe; the first caller makes them, the others
// of the same world wait.
#ifndef VERIFIER_CODE_TOOLS_H_
#define VERIFIER_CODE_TOOLS_H_

#include <memory>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "verifier/code/languages.h"
#include "verifier/code/runner.h"

namespace assay::code {

inline constexpr absl::Duration kPrepareTime = absl::Seconds(60);

absl::StatusOr<std::shared_ptr<const Tools>> ToolsOf(Runner* runner,
                                                     const Language& language);

}  // namespace assay::code

#endif  // VERIFIER_CODE_TOOLS_H_
