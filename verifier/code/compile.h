// Builds a program in a box of its own, once for the same source.
//
//   Compiled c = Compile(&runner, *FindLanguage("cpp"), {{"main.cpp", text}});
//   if (!c.binary) ... c.verdict, c.reason, c.output
//   sandbox::Command command = RunCommand(cpp, c.binary);
//
// A compiler that reaches a limit is the sample's fault: COMPILE_ERROR.
// Bounds: kCompileTime, compile_memory_bytes, kBinaryBytes, all generous.
#ifndef VERIFIER_CODE_COMPILE_H_
#define VERIFIER_CODE_COMPILE_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "verifier/code/languages.h"
#include "verifier/code/runner.h"
#include "verifier/code/world.h"

namespace assay::code {

inline constexpr absl::Duration kCompileTime = absl::Seconds(15);
inline constexpr int64_t kBinaryBytes = int64_t{128} << 20;

// Files by name; those after the first are given to the compiler too.
using Sources = std::vector<std::pair<std::string, std::string>>;

// Where the language has no compiler, the first source itself.
Compiled Compile(Runner* runner, const Language& language,
                 const Sources& sources);

// Runs what Compile made; of languages that are not warm.
sandbox::Command RunCommand(const Language& language,
                            const sandbox::Blob& artifact);

// Runs `argv` over `files` in a compiler's box of the language, with its
// bounds, and keeps the files that `collect` names; `time` is of CPU.
sandbox::Command CompilerCommand(const Language& language,
                                 std::vector<std::string> argv, Tools files,
                                 std::vector<std::string> collect,
                                 absl::Duration time);

// One file of a box, readable by all.
sandbox::BoxFile FileOf(std::string name, std::string text);

// The environment of compilers and of programs in boxes.
std::vector<std::string> BoxEnvironment();

}  // namespace assay::code

#endif  // VERIFIER_CODE_COMPILE_H_
