#include "tests/verifier/math/case_rows.h"

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <utility>

namespace assay::math {
namespace {

using Json = nlohmann::json;

CaseRow RowOf(const Json& json, std::string gold, std::string candidate,
              bool is_response) {
  CaseRow row;
  row.id = json.value("id", "");
  row.sample.id = row.id;
  MathSample task;
  task.candidate = std::move(candidate);
  task.is_response = is_response;
  task.golds.push_back(std::move(gold));
  row.sample.task = std::move(task);
  return row;
}

}  // namespace

std::string CasesFolder() {
  const char* folder = std::getenv("ASSAY_CASES");
  return folder != nullptr ? folder : ASSAY_SOURCE_DIR "/../shared/data";
}

std::vector<CaseRow> ReadCases(const std::string& path) {
  std::vector<CaseRow> rows;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    const Json json = Json::parse(line, nullptr, false);
    if (json.is_discarded() || json.value("debatable", false)) continue;
    CaseRow row =
        RowOf(json, json.value("gold", ""), json.value("prediction", ""),
              json.value("form", "") != "bare");
    row.category = json.value("category", "");
    row.expected = json.value("expected", false);
    const Json options = json.value("options", Json());
    if (options.is_object() && options.value("kind", "") == "choice") {
      std::get<MathSample>(row.sample.task).choice = true;
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<CaseRow> ReadModelOutputs(const std::string& path) {
  std::vector<CaseRow> rows;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    const Json json = Json::parse(line, nullptr, false);
    if (json.is_discarded()) continue;
    CaseRow row = RowOf(json, json.value("gold_answer", ""),
                        json.value("model_output_text", ""), true);
    row.category = json.value("source", "");
    row.expected = json.value("is_correct", false);
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace assay::math
