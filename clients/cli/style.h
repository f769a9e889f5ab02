// Colours of terminal output; plain text where stdout is no terminal, or
// where NO_COLOR is set.
//
//   printf("%s\n", Bold("Limits").c_str());
//
// Threads: pure functions.
#ifndef CLIENTS_CLI_STYLE_H_
#define CLIENTS_CLI_STYLE_H_

#include <string>

namespace assay::cli {

std::string Bold(const std::string& text);
std::string Dim(const std::string& text);
std::string Red(const std::string& text);
std::string Green(const std::string& text);
std::string Yellow(const std::string& text);

// `text` without control characters, which a report's free text may hold and
// a terminal would obey. Newlines and tabs stay.
std::string Printable(const std::string& text);

}  // namespace assay::cli

#endif  // CLIENTS_CLI_STYLE_H_
