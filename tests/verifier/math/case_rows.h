// Labelled rows of mathematics, judged: for the program that prints what
// disagrees, and for the test that demands a rate.
//
// The folder of the rows is the environment variable ASSAY_CASES, by default
// ../shared/data beside the source tree.
#ifndef TESTS_VERIFIER_MATH_CASE_ROWS_H_
#define TESTS_VERIFIER_MATH_CASE_ROWS_H_

#include <string>
#include <vector>

#include "verifier/report.h"
#include "verifier/sample.h"

namespace assay::math {

struct CaseRow {
  std::string id;
  std::string category;
  Sample sample;
  bool expected = false;
};

std::string CasesFolder();
// Empty where the file is absent. Debatable rows are left out.
std::vector<CaseRow> ReadCases(const std::string& path);
std::vector<CaseRow> ReadModelOutputs(const std::string& path);

}  // namespace assay::math

#endif  // TESTS_VERIFIER_MATH_CASE_ROWS_H_
