// Precompiled headers: what a program of C++ includes first, parsed once.
//
//   std::set<std::string_view> first = LeadingHeaders(source);
//   CompiledHeader held = AddHeaders(&runner, language, source, &command);
//   ... run the command that compiles it, then let `held` go ...
//
// A program's leading #include lines of standard headers, up to its first
// other line, mean the same in any order, for nothing before them can change
// them. So the compile box is given a header with exactly these lines and its
// precompiled form, and the compiler includes it before the program's first
// line: the program sees what it includes itself, no more.
// <bits/stdc++.h> stands for all that it holds.
//
// The row of the language names the compiler's argv (Language::headers);
// where that is empty there are none. A set is compiled in a box once it was
// seen so often that this pays; until then, and where that fails, programs are
// compiled as they are. The compiled form is a sealed memory file, which
// compile boxes read in place.
// Bounds: kHeadersBytes of sets, the least recently used go first; kSightings
// sets are counted. Threads: safe.
#ifndef VERIFIER_CODE_HEADERS_H_
#define VERIFIER_CODE_HEADERS_H_

#include <set>
#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "verifier/code/languages.h"
#include "verifier/code/runner.h"
#include "verifier/code/world.h"

namespace assay::code {

inline constexpr char kHeaderName[] = "assay_headers.h";
inline constexpr char kCompiledHeaderName[] = "assay_headers.h.gch";
inline constexpr absl::Duration kHeadersTime = absl::Seconds(60);
// <bits/stdc++.h> takes what five programs save: 5.6 s of CPU time and 1.1 s
// (bench/cold_cpp.py); the sets that programs choose are smaller.
inline constexpr int kSightingsOfAll = 4;
inline constexpr int kSightingsOfSome = 2;
inline constexpr int kHeaderChannel = 9;
inline constexpr int64_t kHeaderFileBytes = int64_t{192} << 20;

// Views of `source`. Time: linear.
std::set<std::string_view> LeadingHeaders(std::string_view source);

// Gives `command` the headers of `source` where they are compiled. What it
// returns owns the descriptor that the command names; null: it names none.
[[nodiscard]] CompiledHeader AddHeaders(Runner* runner,
                                        const Language& language,
                                        std::string_view source,
                                        sandbox::Command* command);

}  // namespace assay::code

#endif  // VERIFIER_CODE_HEADERS_H_
