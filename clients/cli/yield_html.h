// Draws a yield table as one page of HTML that needs nothing else.
//
//   printf("%s", YieldHtml(yield, "source").c_str());
//
// Trust: group names come from samples and are escaped.
// Threads: pure function.
#ifndef CLIENTS_CLI_YIELD_HTML_H_
#define CLIENTS_CLI_YIELD_HTML_H_

#include <string>

#include "clients/cli/yield.h"

namespace assay::cli {

std::string YieldHtml(const Yield& yield, const std::string& by);

}  // namespace assay::cli

#endif  // CLIENTS_CLI_YIELD_HTML_H_
