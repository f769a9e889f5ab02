// Texts of script languages, without a lexer of their own.
//
//   JavaScriptLiteral("a\"b")  // "a\"b", quoted; any bytes.
//   BashLiteral("it's")        // 'it'\''s'
//
// Time: linear. Threads: pure functions.
#ifndef VERIFIER_CODE_LIFT_SCRIPT_TEXT_H_
#define VERIFIER_CODE_LIFT_SCRIPT_TEXT_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace assay::code {

// Bytes that are no UTF-8 stay as they are: the runtime reads them as it
// would in a file.
std::string JavaScriptLiteral(std::string_view text);
// NUL cannot be written and is left out, as the shell would.
std::string BashLiteral(std::string_view text);

// The tests with one literal changed, in the order in which they are to be
// tried: the last literal of a line that compares, chosen by `random` among
// such lines. What looks like a literal in a comment may be taken too: such
// a text still passes, and that only errs on the strict side when no other
// is left, so lines that are comments as a whole are left out.
std::vector<std::string> AlteredScripts(std::string_view tests,
                                        uint64_t random);

}  // namespace assay::code

#endif  // VERIFIER_CODE_LIFT_SCRIPT_TEXT_H_
