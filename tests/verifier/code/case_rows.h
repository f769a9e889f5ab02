// Rows of labelled case files as samples of the service.
//
//   std::vector<CaseRow> rows = ReadCases("code_cases_dev.jsonl");
//
// The files are no part of the repository; a test that finds none is skipped.
#ifndef TESTS_VERIFIER_CODE_CASE_ROWS_H_
#define TESTS_VERIFIER_CODE_CASE_ROWS_H_

#include <string>
#include <vector>

#include "verifier/sample.h"

namespace assay::code {

struct CaseRow {
  Sample sample;
  std::string language;
  bool expects_pass = false;
  std::string expected;                 // The row's own word.
  std::vector<std::string> acceptable;  // "PASS", "WA", "TLE", ...
};

// The folder of ASSAY_CASES, or its default beside the source tree.
std::string CasesFolder();
// Rows of python, c and cpp of a code case or attack file; empty: no file.
std::vector<CaseRow> ReadCases(const std::string& path);
// Whether a report's verdict is one of the row's acceptable ones.
bool IsAcceptable(const CaseRow& row, Verdict verdict);

}  // namespace assay::code

#endif  // TESTS_VERIFIER_CODE_CASE_ROWS_H_
