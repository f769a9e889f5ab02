// Judges assert tests by an examiner: a python process that holds the tests
// and none of the candidate's code, and calls the candidate's functions in
// another box over a socket. Texts of test functions and classes (unittest,
// and what is usual of pytest) are reported function by function.
//
// Tests that go past a limit of the examiner are run once more against
// nobody: where they do so by themselves they are INVALID_TESTS, and else the
// candidate brought it about.
#ifndef VERIFIER_CODE_EXAMINER_H_
#define VERIFIER_CODE_EXAMINER_H_

#include <string>

#include "verifier/code/trial.h"
#include "verifier/code/values.h"

namespace assay::code {

// `entry` may be empty. Decides `trial->report`.
void JudgeByExaminer(Trial* trial, const std::string& tests,
                     const std::string& entry);

// A ("raise", class, text, bases) frame: RUNTIME_ERROR or MEMORY_LIMIT.
Finding FindingOfRaise(const Value& frame);
// The first frame of a solution that did not load: a "raise", or a
// ("syntax", text).
Finding FindingOfLoad(const Value& frame);

}  // namespace assay::code

#endif  // VERIFIER_CODE_EXAMINER_H_
