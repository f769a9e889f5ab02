// Turns a row of labelled cases into a sample. Four kinds of rows are told
// apart by their fields, row by row:
//   code cases     solution, tests, language, kind
//   attacks        source_code, tests, language, kind
//   mathematics    prediction, gold, form
//   model outputs  model_output_text, gold_answer
//
//   absl::StatusOr<v1::Sample> sample = SampleFromCase(line);
//   if (!sample.ok()) Tell(sample.status().message());  // Names the field.
//
// Ids are kept byte for byte. Labels say what the row expects: `expected`
// (PASS, FAIL, or a verdict's letters), `acceptable` (alternatives between
// `|`), and `kind`, `origin`, `category`, ... as the row has them.
//
// Threads: pure function. Trust: the row may hold anything.
#ifndef CLIENTS_CLI_IMPORT_CASES_H_
#define CLIENTS_CLI_IMPORT_CASES_H_

#include <string>

#include "absl/status/statusor.h"
#include "proto/assay/v1/sample.pb.h"

namespace assay::cli {

absl::StatusOr<v1::Sample> SampleFromCase(const std::string& line);

}  // namespace assay::cli

#endif  // CLIENTS_CLI_IMPORT_CASES_H_
