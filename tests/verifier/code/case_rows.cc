#include "tests/verifier/code/case_rows.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "verifier/code/languages.h"

namespace assay::code {
namespace {

using Json = nlohmann::json;

std::string Text(const Json& row, const char* name) {
  const auto found = row.find(name);
  return found != row.end() && found->is_string() ? found->get<std::string>()
                                                  : "";
}

StdioTests StdioOf(const Json& tests) {
  StdioTests made;
  for (const Json& test : tests) {
    StdioTest t;
    t.input = Text(test, "stdin");
    t.expected_output = Text(test, "expected_stdout");
    if (test.contains("checker")) {
      const Json& checker = test["checker"];
      t.checker.case_insensitive = checker.value("case_insensitive", false);
      if (Text(checker, "type") == "float") {
        t.checker.mode = Checker::Mode::kFloat;
        t.checker.absolute_tolerance = checker.value("tolerance", 1e-9);
        t.checker.relative_tolerance = checker.value("tolerance", 1e-9);
      }
    }
    made.tests.push_back(std::move(t));
  }
  return made;
}

CaseRow RowOf(const Json& json) {
  CaseRow row;
  CodeSample code;
  row.sample.id = Text(json, "id");
  row.language = code.language = Text(json, "language");
  code.program = json.contains("solution") ? Text(json, "solution")
                                           : Text(json, "source_code");
  if (json["tests"].is_array()) {
    code.tests = StdioOf(json["tests"]);
  } else {
    code.tests = AssertTests{Text(json, "tests"), Text(json, "entry_point")};
  }
  code.stop = StopPolicy::kFirstFailure;  // A verdict is all that is asked.
  code.limits.time = absl::Seconds(json.value("time_limit_s", 10.0));
  code.limits.memory_bytes =
      static_cast<int64_t>(json.value("memory_limit_mb", 512.0) * 1048576);
  row.sample.task = std::move(code);
  row.expected = Text(json, "expected_verdict");
  row.expects_pass = row.expected == "PASS";
  for (const Json& name : json["acceptable_verdicts"]) {
    row.acceptable.push_back(name.get<std::string>());
  }
  return row;
}

}  // namespace

std::string CasesFolder() {
  const char* folder = std::getenv("ASSAY_CASES");
  return folder ? folder : ASSAY_SOURCE_DIR "/../shared/data";
}

std::vector<CaseRow> ReadCases(const std::string& path) {
  std::vector<CaseRow> rows;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    CaseRow row = RowOf(Json::parse(line));
    if (FindLanguage(row.language)) rows.push_back(std::move(row));
  }
  return rows;
}

bool IsAcceptable(const CaseRow& row, Verdict verdict) {
  static const auto* names = new std::map<Verdict, std::string>{
      {Verdict::kAccepted, "PASS"},
      {Verdict::kWrongAnswer, "WA"},
      {Verdict::kCompileError, "CE"},
      {Verdict::kRuntimeError, "RE"},
      {Verdict::kTimeLimit, "TLE"},
      {Verdict::kMemoryLimit, "MLE"},
      {Verdict::kOutputLimit, "OLE"},
      {Verdict::kSecurityViolation, "SECURITY"}};
  const auto has = [&row](const std::string& name) {
    return std::find(row.acceptable.begin(), row.acceptable.end(), name) !=
           row.acceptable.end();
  };
  const auto found = names->find(verdict);
  if (found == names->end()) return false;
  return has(found->second) || (verdict != Verdict::kAccepted && has("FAIL"));
}

}  // namespace assay::code
