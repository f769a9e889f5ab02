#include "clients/cli/import_cases.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "clients/cli/sample_line.h"

namespace assay::cli {
namespace {

using Json = nlohmann::json;

// Labels together may hold 4 KiB; a row gives at most eight.
constexpr size_t kLabelBytesMax = 400;

absl::Status Bad(const std::string& field, const std::string& what) {
  return absl::InvalidArgumentError(absl::StrCat(field, ": ", what));
}

bool Has(const Json& row, const char* field) { return row.contains(field); }

// The text of a field; empty where it is absent or null.
absl::StatusOr<std::string> Text(const Json& row, const char* field) {
  const auto found = row.find(field);
  if (found == row.end() || found->is_null()) return std::string();
  if (!found->is_string()) return Bad(field, "not a string");
  return found->get<std::string>();
}

absl::StatusOr<std::string> RequiredText(const Json& row, const char* field) {
  if (!Has(row, field)) return Bad(field, "absent");
  if (!row[field].is_string()) return Bad(field, "not a string");
  return row[field].get<std::string>();
}

void AddLabel(v1::Sample* sample, const std::string& name,
              const std::string& value) {
  if (value.empty()) return;
  // Cut at a character's first byte, so that the label stays UTF-8.
  size_t end = std::min(value.size(), kLabelBytesMax);
  while (end < value.size() && end > 0 &&
         (static_cast<unsigned char>(value[end]) & 0xC0) == 0x80) {
    --end;
  }
  (*sample->mutable_labels())[name] = value.substr(0, end);
}

// Labels for fields that are plain text, number or truth.
void CopyLabels(const Json& row, std::initializer_list<const char*> fields,
                v1::Sample* sample) {
  for (const char* field : fields) {
    const auto found = row.find(field);
    if (found == row.end()) continue;
    if (found->is_string()) {
      AddLabel(sample, field, found->get<std::string>());
    } else if (found->is_number() || found->is_boolean()) {
      AddLabel(sample, field, found->dump());
    }
  }
}

// An array of words as one label, between `|`.
void CopyWords(const Json& row, const char* field, const char* label,
               v1::Sample* sample) {
  const auto found = row.find(field);
  if (found == row.end() || !found->is_array()) return;
  std::string words;
  for (const Json& word : *found) {
    if (!word.is_string()) continue;
    if (!words.empty()) words += '|';
    words += word.get<std::string>();
  }
  AddLabel(sample, label, words);
}

absl::Status SetLimits(const Json& row, v1::Limits* limits) {
  const auto time = row.find("time_limit_s");
  if (time != row.end() && !time->is_null()) {
    if (!time->is_number()) return Bad("time_limit_s", "not a number");
    const double ms = time->get<double>() * 1000;
    if (!(ms >= 1 && ms <= 4e9)) return Bad("time_limit_s", "out of range");
    limits->set_time_limit_ms(static_cast<uint32_t>(std::lround(ms)));
  }
  const auto memory = row.find("memory_limit_mb");
  if (memory != row.end() && !memory->is_null()) {
    if (!memory->is_number()) return Bad("memory_limit_mb", "not a number");
    const double bytes = memory->get<double>() * (1 << 20);
    if (!(bytes >= 1 && bytes < 1e18)) {
      return Bad("memory_limit_mb", "out of range");
    }
    limits->set_memory_limit_bytes(static_cast<uint64_t>(bytes));
  }
  return absl::OkStatus();
}

absl::Status SetChecker(const Json& checker, const std::string& place,
                        v1::Checker* out) {
  if (!checker.is_object()) return Bad(place, "not an object");
  const auto type = RequiredText(checker, "type");
  if (!type.ok()) return Bad(place, std::string(type.status().message()));
  if (*type == "tokens") {
    out->set_mode(v1::Checker::MODE_TOKENS);
  } else if (*type == "exact") {
    out->set_mode(v1::Checker::MODE_EXACT);
  } else if (*type == "float") {
    out->set_mode(v1::Checker::MODE_FLOAT);
  } else {
    return Bad(place + ".type", "unknown checker '" + *type + "'");
  }
  if (checker.value("case_insensitive", Json(false)) == Json(true)) {
    out->set_case_insensitive(true);
  }
  if (*type != "float") return absl::OkStatus();
  const auto tolerance = checker.find("tolerance");
  if (tolerance == checker.end()) return absl::OkStatus();
  if (!tolerance->is_number()) return Bad(place + ".tolerance", "no number");
  // One tolerance stands for both, as judges of contests mean it.
  out->set_absolute_tolerance(tolerance->get<double>());
  out->set_relative_tolerance(tolerance->get<double>());
  return absl::OkStatus();
}

absl::Status SetStdioTests(const Json& row, v1::StdioTests* out) {
  if (!row["tests"].is_array()) return Bad("tests", "not an array");
  int index = 0;
  for (const Json& test : row["tests"]) {
    const std::string place = absl::StrCat("tests[", index++, "]");
    if (!test.is_object()) return Bad(place, "not an object");
    const auto input = RequiredText(test, "stdin");
    const auto expected = RequiredText(test, "expected_stdout");
    for (const auto* text : {&input, &expected}) {
      if (!text->ok()) {
        return Bad(place, std::string(text->status().message()));
      }
    }
    v1::StdioTest* added = out->add_tests();
    added->set_input(*input);
    added->set_expected_output(*expected);
    const auto checker = test.find("checker");
    if (checker == test.end() || checker->is_null()) {
      added->mutable_checker()->set_mode(v1::Checker::MODE_TOKENS);
      continue;
    }
    const absl::Status set =
        SetChecker(*checker, place + ".checker", added->mutable_checker());
    if (!set.ok()) return set;
  }
  return absl::OkStatus();
}

absl::Status SetTests(const Json& row, v1::CodeSample* code) {
  const auto kind = RequiredText(row, "kind");
  if (!kind.ok()) return kind.status();
  if (!Has(row, "tests")) return Bad("tests", "absent");
  if (*kind == "stdio") return SetStdioTests(row, code->mutable_stdio());
  if (*kind != "function" && *kind != "assert") {
    return Bad("kind", "unknown kind '" + *kind + "'");
  }
  const auto tests = RequiredText(row, "tests");
  if (!tests.ok()) return tests.status();
  const auto entry_point = Text(row, "entry_point");
  if (!entry_point.ok()) return entry_point.status();
  code->mutable_asserts()->set_code(*tests);
  code->mutable_asserts()->set_entry_point(*entry_point);
  return absl::OkStatus();
}

absl::Status SetCode(const Json& row, bool attack, v1::Sample* sample) {
  v1::CodeSample* code = sample->mutable_code();
  const auto language = RequiredText(row, "language");
  if (!language.ok()) return language.status();
  const auto solution = RequiredText(row, attack ? "source_code" : "solution");
  if (!solution.ok()) return solution.status();
  code->set_language(*language);
  code->set_solution(*solution);
  const absl::Status tests = SetTests(row, code);
  if (!tests.ok()) return tests;
  const absl::Status limits = SetLimits(row, code->mutable_limits());
  if (!limits.ok()) return limits;
  CopyLabels(row,
             {"kind", "language", "origin", "fail_kind", "mutation", "category",
              "severity"},
             sample);
  CopyWords(row, "acceptable_verdicts", "acceptable", sample);
  if (attack) {
    code->set_report_output(true);
    CopyWords(row, "checks", "checks", sample);
    sample->set_problem(sample->id());
    sample->set_source("attacks");
    AddLabel(sample, "origin", "attack");
    const bool may_pass =
        ("|" + sample->labels().at("acceptable") + "|").find("|PASS|") !=
        std::string::npos;
    if (!may_pass) AddLabel(sample, "expected", "FAIL");
    return absl::OkStatus();
  }
  const auto expected = Text(row, "expected_verdict");
  if (expected.ok()) AddLabel(sample, "expected", *expected);
  return absl::OkStatus();
}

absl::Status SetMath(const Json& row, v1::Sample* sample) {
  v1::MathSample* math = sample->mutable_math();
  const auto gold = RequiredText(row, "gold");
  const auto prediction = RequiredText(row, "prediction");
  const auto form = RequiredText(row, "form");
  const auto question = Text(row, "question");
  for (const auto* text : {&gold, &prediction, &form, &question}) {
    if (!text->ok()) return text->status();
  }
  math->add_gold(*gold);
  math->set_question(*question);
  if (*form == "bare") {
    math->set_answer(*prediction);
  } else if (*form == "text" || *form == "text-gold-bare") {
    math->set_response(*prediction);
  } else {
    return Bad("form", "unknown form '" + *form + "'");
  }
  const auto options = row.find("options");
  if (options != row.end() && options->is_object() &&
      options->value("kind", Json()) == Json("choice")) {
    math->set_choice(true);
  }
  CopyLabels(row, {"category", "form", "label_source", "debatable", "note"},
             sample);
  AddLabel(sample, "kind", "math");
  const auto expected = row.find("expected");
  if (expected != row.end() && expected->is_boolean()) {
    AddLabel(sample, "expected", expected->get<bool>() ? "PASS" : "FAIL");
  }
  return absl::OkStatus();
}

absl::Status SetModelOutput(const Json& row, v1::Sample* sample) {
  v1::MathSample* math = sample->mutable_math();
  const auto gold = RequiredText(row, "gold_answer");
  const auto response = RequiredText(row, "model_output_text");
  const auto question = Text(row, "problem");
  for (const auto* text : {&gold, &response, &question}) {
    if (!text->ok()) return text->status();
  }
  math->add_gold(*gold);
  math->set_response(*response);
  math->set_question(*question);
  CopyLabels(row, {"model", "label_source"}, sample);
  AddLabel(sample, "kind", "math-response");
  const auto correct = row.find("is_correct");
  if (correct != row.end() && correct->is_boolean()) {
    AddLabel(sample, "expected", correct->get<bool>() ? "PASS" : "FAIL");
  }
  return absl::OkStatus();
}

absl::Status SetTask(const Json& row, v1::Sample* sample) {
  if (Has(row, "source_code") && Has(row, "tests")) {
    return SetCode(row, /*attack=*/true, sample);
  }
  if (Has(row, "solution") && Has(row, "tests")) {
    const auto problem = Text(row, "problem_id");
    if (!problem.ok()) return problem.status();
    sample->set_problem(*problem);
    return SetCode(row, /*attack=*/false, sample);
  }
  if (Has(row, "prediction") && Has(row, "gold")) return SetMath(row, sample);
  if (Has(row, "model_output_text") && Has(row, "gold_answer")) {
    return SetModelOutput(row, sample);
  }
  return absl::InvalidArgumentError(
      "fields of no known kind of row: neither solution and tests, "
      "source_code and tests, prediction and gold, nor model_output_text and "
      "gold_answer");
}

}  // namespace

absl::StatusOr<v1::Sample> SampleFromCase(const std::string& line) {
  size_t first_bad;
  (void)MendUtf8(line, &first_bad);
  if (first_bad != std::string::npos) {
    return absl::InvalidArgumentError(
        absl::StrCat("invalid UTF-8 at byte ", first_bad, " of the line"));
  }
  const Json row = Json::parse(line, nullptr, /*allow_exceptions=*/false);
  if (row.is_discarded()) return absl::InvalidArgumentError("not JSON");
  if (!row.is_object()) return absl::InvalidArgumentError("not an object");
  v1::Sample sample;
  const auto id = RequiredText(row, "id");
  if (!id.ok()) return id.status();
  sample.set_id(*id);
  const auto source = Text(row, "source");
  if (!source.ok()) return source.status();
  sample.set_source(*source);
  const absl::Status set = SetTask(row, &sample);
  if (!set.ok()) return set;
  return sample;
}

}  // namespace assay::cli
