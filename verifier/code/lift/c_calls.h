// Which functions of a program do tests of C or C++ call, and how?
//
//   absl::StatusOr<CCalls> calls = ReadCCalls(program, tests, CMode::kCpp);
//   for (const CSignature& s : calls->signatures) ...
//
// Errors: FAILED_PRECONDITION: the two cannot be told apart; the message says
// why. Ownership: views of both texts. Time: linear. Threads: pure.
#ifndef VERIFIER_CODE_LIFT_C_CALLS_H_
#define VERIFIER_CODE_LIFT_C_CALLS_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "verifier/code/lift/c_objects.h"
#include "verifier/code/lift/c_source.h"
#include "verifier/code/lift/c_types.h"

namespace assay::code {

inline constexpr size_t kCallsMax = 256;

struct CCalls {
  std::string program_text;  // See WithoutMain.
  CSource program;
  CSource tests;
  std::vector<CSignature> signatures;  // Overloads: one each.
  std::vector<CObject> objects;        // Of C++ alone.
  // The program's #include lines of standard headers, sorted: what the tests
  // see of them in one text.
  std::string includes;
};

absl::StatusOr<CCalls> ReadCCalls(std::string_view program,
                                  std::string_view tests, CMode mode);

// The program with a main of its own set aside, under another name: the
// tests' is what runs. As it stands where it has none, or cannot be read.
std::string WithoutMain(std::string_view program);

// Whether nothing in the tests can fail: they have no assertion, and their
// main returns 0.
bool AssertsNothing(const CSource& tests);

}  // namespace assay::code

#endif  // VERIFIER_CODE_LIFT_C_CALLS_H_
