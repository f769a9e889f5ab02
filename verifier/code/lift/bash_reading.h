// Do tests of bash read what the program prints as more than a text?
//
//   ReadsOutputAsCode("[[ $(f 1) = \"2\" ]]")  // ""
//   ReadsOutputAsCode("[[ $(f 1) -eq 2 ]]")    // "-eq"
//
// Arithmetic evaluates the names and operators of its operands, and runs
// `x[$(command)]`; `[` reads the words of an expansion without quotes as
// operators; `[[` takes one on the right of `=` for a pattern. There a program
// that prints `1||1`, `a -o b` or `*` passes, and its text runs beside the
// tests: what the examiner holds is then no secret, and the tests are joined.
//
// Returns what reads so; empty: nothing does. It errs on the side of a
// finding. Time: linear, but for names times arithmetic. Threads: pure.
#ifndef VERIFIER_CODE_LIFT_BASH_READING_H_
#define VERIFIER_CODE_LIFT_BASH_READING_H_

#include <string>
#include <string_view>

namespace assay::code {

std::string ReadsOutputAsCode(std::string_view tests);

}  // namespace assay::code

#endif  // VERIFIER_CODE_LIFT_BASH_READING_H_
