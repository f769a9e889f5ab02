// Which program is in a model's response?
//
//   ExtractProgram("Here:\n```python\nprint(1)\n```\n", python);  // print(1)
//
// The last closed fenced block whose word names the language, or that has
// none; where none is closed, a last one that runs to the end of the text. A
// block of another language is not taken. Both ``` and ~~~ fence, of three or
// more, indented or not; a block closes at a line of the same mark, at least
// as long, alone.
//
// Absent: no such block, or blank: the sample is NO_ANSWER. Time: linear.
#ifndef VERIFIER_CODE_EXTRACT_H_
#define VERIFIER_CODE_EXTRACT_H_

#include <optional>
#include <string>
#include <string_view>

#include "verifier/code/languages.h"

namespace assay::code {

std::optional<std::string> ExtractProgram(std::string_view response,
                                          const Language& language);

}  // namespace assay::code

#endif  // VERIFIER_CODE_EXTRACT_H_
