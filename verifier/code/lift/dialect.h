// How are a program and its test text, in one language, made into two
// programs that need not trust each other?
//
//   const Dialect* dialect = FindDialect(language.dialect);  // nullptr: none.
//   absl::StatusOr<Lifted> lifted = dialect->lift({program, tests, entry});
//
// The *candidate* is the program with a dispatcher, which answers calls; it
// holds no word of the tests. The *examiner* is the tests with one stub for
// each function of the program that they call; it holds no word of the
// program but the names and the signatures of those functions, written in a
// fixed list of builtin types. A stub sends its arguments, waits, and returns
// what came back, so that the language itself compares. docs/LIFTING.md gives
// the frames and the grammar of values.
//
// The examiner says on descriptor 4, one a line, the last one counting:
//   pass                the tests ended;
//   uncalled            they ended, and no stub was called;
//   gone                the candidate ended, or broke the grammar;
//   raise TYPE TEXT     the candidate's exception ended the tests;
//   unbuilt TEXT        the program is no program of its language;
//   invalid TEXT        the tests are none, whatever the program: said before
//                       anything of the candidate was heard.
// Anything else than exit code 0 and `pass` or `uncalled` is a failure.
//
// Errors: FAILED_PRECONDITION: these texts cannot be lifted; the message says
// which construct. The caller joins them instead. Time: linear. Threads: pure
// functions.
#ifndef VERIFIER_CODE_LIFT_DIALECT_H_
#define VERIFIER_CODE_LIFT_DIALECT_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "verifier/code/compile.h"

namespace assay::code {

struct LiftRequest {
  std::string_view program;
  std::string_view tests;
  std::string_view entry;  // May be empty: inferred.
};

// Both are built and run as programs of the language; the first source of
// each is its source_file.
struct Lifted {
  Sources candidate;
  Sources examiner;
};

struct Dialect {
  std::string_view name;
  absl::StatusOr<Lifted> (*lift)(const LiftRequest& request);
  // One program of both, which copies descriptor 3 to descriptor 4 when the
  // tests have ended, and not before; "failed\n" where the tests' own text
  // gave up (C and C++ say it on stderr). A main of the program's is set aside.
  // INVALID_ARGUMENT: the tests cannot be read without the program.
  absl::StatusOr<Sources> (*join)(std::string_view program,
                                  std::string_view tests);
  // The tests with one expectation changed, chosen by `random`, that no right
  // program passes, in the order to be tried. Empty: none could be changed.
  std::vector<std::string> (*alter)(std::string_view tests, uint64_t random);
  // What Language::prepare finds in its box: parts of ours. Null: nothing.
  Sources (*parts)() = nullptr;
  // A program that answers call tests: it finds the calls on descriptor 3 and
  // writes frames (frames.h) to descriptor 4. Null: no call tests.
  Sources (*answer)(std::string_view program) = nullptr;
};

const Dialect* FindDialect(std::string_view name);

// One each; see the file of the same name.
const Dialect& CDialect();
const Dialect& CppDialect();
const Dialect& GoDialect();
const Dialect& RustDialect();
const Dialect& JavaDialect();
const Dialect& BashDialect();
const Dialect& JavaScriptDialect();
const Dialect& TypeScriptDialect();

}  // namespace assay::code

#endif  // VERIFIER_CODE_LIFT_DIALECT_H_
