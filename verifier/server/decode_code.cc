#include <cmath>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "verifier/server/decode_task.h"
#include "verifier/server/json_check.h"

namespace assay::server {
namespace {

constexpr std::size_t kQuotedBytesMax = 64;

absl::Status DecodeTolerance(const std::string& field, double value,
                             double* tolerance) {
  if (!std::isfinite(value)) return Invalid(field, "not finite");
  if (value < 0) return Invalid(field, "negative");
  *tolerance = value;
  return absl::OkStatus();
}

absl::Status DecodeChecker(const std::string& field, const v1::Checker& wire,
                           Checker* checker) {
  switch (wire.mode()) {
    case v1::Checker::MODE_UNSPECIFIED:
    case v1::Checker::MODE_TOKENS:
      checker->mode = Checker::Mode::kTokens;
      break;
    case v1::Checker::MODE_EXACT:
      checker->mode = Checker::Mode::kExact;
      break;
    case v1::Checker::MODE_FLOAT:
      checker->mode = Checker::Mode::kFloat;
      break;
    case v1::Checker::MODE_LINES:
      checker->mode = Checker::Mode::kLines;
      break;
    case v1::Checker::MODE_UNORDERED:
      checker->mode = Checker::Mode::kUnordered;
      break;
    default:
      return Invalid(field + ".mode", absl::StrCat("unknown ", wire.mode()));
  }
  checker->case_insensitive = wire.case_insensitive();
  if (wire.case_insensitive() && checker->mode == Checker::Mode::kExact) {
    return Invalid(field + ".case_insensitive", "not with MODE_EXACT");
  }
  const std::string absolute = field + ".absolute_tolerance";
  const std::string relative = field + ".relative_tolerance";
  if (checker->mode != Checker::Mode::kFloat) {
    if (wire.has_absolute_tolerance()) {
      return Invalid(absolute, "only with MODE_FLOAT");
    }
    if (wire.has_relative_tolerance()) {
      return Invalid(relative, "only with MODE_FLOAT");
    }
  }
  absl::Status status;
  if (wire.has_absolute_tolerance()) {
    status = DecodeTolerance(absolute, wire.absolute_tolerance(),
                             &checker->absolute_tolerance);
  }
  if (status.ok() && wire.has_relative_tolerance()) {
    status = DecodeTolerance(relative, wire.relative_tolerance(),
                             &checker->relative_tolerance);
  }
  return status;
}

absl::Status CheckEntryPoint(const std::string& field,
                             const std::string& text) {
  if (static_cast<int64_t>(text.size()) > kEntryPointBytesMax) {
    return Invalid(field, absl::StrCat(text.size(), " bytes, at most ",
                                       kEntryPointBytesMax));
  }
  // `Class().method` is the one expression.
  const std::string name = absl::StrReplaceAll(text, {{"().", "."}});
  for (const char c : name) {
    const unsigned char byte = static_cast<unsigned char>(c);
    const bool name_byte = byte >= 0x80 || byte == '_' || byte == '.' ||
                           byte == ':' || (byte >= '0' && byte <= '9') ||
                           ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z');
    if (!name_byte) return Invalid(field, "not a name");
  }
  return absl::OkStatus();
}

absl::Status DecodeWeight(const std::string& field, double value,
                          double* weight) {
  if (!std::isfinite(value)) return Invalid(field, "not finite");
  if (value < 0) return Invalid(field, "negative");
  if (value > kWeightMax) {
    return Invalid(field, absl::StrCat("more than ", kWeightMax));
  }
  *weight = value;
  return absl::OkStatus();
}

// Of the tests that the stop policy selects.
template <typename Test>
absl::Status CheckWeights(const std::string& field,
                          const std::vector<Test>& tests,
                          const CodeSample& code) {
  double total = 0;
  for (size_t i = 0; i < SelectedCount(code, tests.size()); ++i) {
    total += tests[i].weight;
  }
  return total > 0 ? absl::OkStatus() : Invalid(field, "total weight 0");
}

absl::Status CheckLanguage(const std::string& field,
                           const std::string& language,
                           const std::set<std::string>& known) {
  if (language.empty()) return Invalid(field, "empty");
  if (known.count(language) != 0) return absl::OkStatus();
  return Invalid(
      field, absl::StrCat("unknown language \"",
                          absl::CHexEscape(language.substr(0, kQuotedBytesMax)),
                          "\"; known: ", absl::StrJoin(known, ", ")));
}

absl::Status DecodeProgram(const std::string& field, v1::TestProgram& wire,
                           const std::set<std::string>& languages,
                           std::optional<TestProgram>* program) {
  absl::Status status =
      CheckLanguage(field + ".language", wire.language(), languages);
  if (!status.ok()) return status;
  if (wire.source().find_first_not_of(" \t\r\n") == std::string::npos) {
    return Invalid(field + ".source", "empty");
  }
  *program = {std::move(*wire.mutable_language()),
              std::move(*wire.mutable_source())};
  return absl::OkStatus();
}

absl::Status DecodeStdioTest(const std::string& field, v1::StdioTest& wire,
                             bool checked, StdioTest* test) {
  test->input = std::move(*wire.mutable_input());
  test->expected_output = std::move(*wire.mutable_expected_output());
  for (std::string& other : *wire.mutable_other_outputs()) {
    test->other_outputs.push_back(std::move(other));
  }
  if (!checked && !test->other_outputs.empty()) {
    return Invalid(field + "other_outputs", "not with a judge or interactor");
  }
  if (!checked && wire.has_checker()) {
    return Invalid(field + "checker", "not with a judge or interactor");
  }
  absl::Status status;
  if (wire.has_weight()) {
    status = DecodeWeight(field + "weight", wire.weight(), &test->weight);
  }
  if (!status.ok() || !wire.has_checker()) return status;
  test->checker = Checker();
  return DecodeChecker(field + "checker", wire.checker(), &test->checker);
}

absl::Status DecodeStdio(v1::StdioTests& wire,
                         const std::set<std::string>& languages,
                         StdioTests* stdio) {
  if (wire.tests().empty()) return Invalid("code.stdio.tests", "zero tests");
  Checker common;
  absl::Status status =
      DecodeChecker("code.stdio.checker", wire.checker(), &common);
  if (status.ok() && wire.has_judge()) {
    status = DecodeProgram("code.stdio.judge", *wire.mutable_judge(), languages,
                           &stdio->judge);
  }
  if (status.ok() && wire.has_interactor()) {
    status =
        wire.has_judge()
            ? Invalid("code.stdio.interactor", "not with a judge")
            : DecodeProgram("code.stdio.interactor", *wire.mutable_interactor(),
                            languages, &stdio->interactor);
  }
  const bool checked = !wire.has_judge() && !wire.has_interactor();
  if (status.ok() && !checked && wire.has_checker()) {
    return Invalid("code.stdio.checker", "not with a judge or interactor");
  }
  stdio->tests.reserve(wire.tests_size());
  for (int i = 0; status.ok() && i < wire.tests_size(); ++i) {
    StdioTest& plain = stdio->tests.emplace_back();
    plain.checker = common;
    status = DecodeStdioTest(absl::StrCat("code.stdio.tests[", i, "]."),
                             *wire.mutable_tests(i), checked, &plain);
  }
  return status;
}

absl::Status CheckJsonField(const std::string& field, const std::string& text,
                            JsonKind kind) {
  if (text.empty()) return Invalid(field, "empty");
  const absl::Status status = CheckJson(text, kind);
  return status.ok() ? status : Invalid(field, std::string(status.message()));
}

absl::Status DecodeCall(v1::CallTests& wire, CallTests* call) {
  if (wire.entry_point().empty()) {
    return Invalid("code.call.entry_point", "empty");
  }
  absl::Status status =
      CheckEntryPoint("code.call.entry_point", wire.entry_point());
  if (!status.ok()) return status;
  if (wire.tests().empty()) return Invalid("code.call.tests", "zero tests");
  call->entry_point = std::move(*wire.mutable_entry_point());
  call->tests.reserve(wire.tests_size());
  for (int i = 0; i < wire.tests_size(); ++i) {
    v1::CallTest& test = *wire.mutable_tests(i);
    const std::string field = absl::StrCat("code.call.tests[", i, "].");
    status = CheckJsonField(field + "arguments_json", test.arguments_json(),
                            JsonKind::kArray);
    if (status.ok() && !test.keyword_arguments_json().empty()) {
      status = CheckJsonField(field + "keyword_arguments_json",
                              test.keyword_arguments_json(), JsonKind::kObject);
    }
    if (status.ok()) {
      status = CheckJsonField(field + "expected_json", test.expected_json(),
                              JsonKind::kAny);
    }
    if (!status.ok()) return status;
    call->tests.push_back(
        CallTest{std::move(*test.mutable_arguments_json()),
                 std::move(*test.mutable_keyword_arguments_json()),
                 std::move(*test.mutable_expected_json())});
    if (!test.has_weight()) continue;
    status = DecodeWeight(field + "weight", test.weight(),
                          &call->tests.back().weight);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status DecodeAsserts(v1::AssertTests& wire, AssertTests* asserts) {
  if (wire.code().find_first_not_of(" \t\r\n") == std::string::npos) {
    return Invalid("code.asserts.code", "empty");
  }
  asserts->code = std::move(*wire.mutable_code());
  asserts->entry_point = std::move(*wire.mutable_entry_point());
  return CheckEntryPoint("code.asserts.entry_point", asserts->entry_point);
}

absl::Status DecodeTests(v1::CodeSample& wire,
                         const std::set<std::string>& languages,
                         CodeSample* code) {
  switch (wire.tests_case()) {
    case v1::CodeSample::kStdio:
      return DecodeStdio(*wire.mutable_stdio(), languages,
                         &code->tests.emplace<StdioTests>());
    case v1::CodeSample::kCall:
      return DecodeCall(*wire.mutable_call(),
                        &code->tests.emplace<CallTests>());
    case v1::CodeSample::kAsserts:
      return DecodeAsserts(*wire.mutable_asserts(),
                           &code->tests.emplace<AssertTests>());
    case v1::CodeSample::kTestSet:  // Looked up before: see test_sets.h.
    case v1::CodeSample::TESTS_NOT_SET:
      break;
  }
  return Invalid("code.tests", "absent: give stdio, call or asserts");
}

absl::Status CheckLimit(const std::string& name, uint64_t value,
                        int64_t maximum, int64_t minimum = 1) {
  const std::string field = "code.limits." + name;
  if (value < static_cast<uint64_t>(minimum)) {
    return Invalid(field, absl::StrCat(value, ", at least ", minimum));
  }
  if (value > static_cast<uint64_t>(maximum)) {
    return Invalid(field, absl::StrCat(value, ", at most ", maximum));
  }
  return absl::OkStatus();
}

absl::Status DecodeLimits(const v1::Limits& wire, const Bounds& bounds,
                          RunLimits* limits) {
  const RunLimits& most = bounds.run_max;
  *limits = bounds.run_default;
  absl::Status status;
  if (wire.has_time_limit_ms()) {
    status = CheckLimit("time_limit_ms", wire.time_limit_ms(),
                        absl::ToInt64Milliseconds(most.time));
    limits->time = absl::Milliseconds(wire.time_limit_ms());
  }
  if (status.ok() && wire.has_memory_limit_bytes()) {
    status = CheckLimit("memory_limit_bytes", wire.memory_limit_bytes(),
                        most.memory_bytes, kRunMemoryBytesMin);
    limits->memory_bytes = static_cast<int64_t>(wire.memory_limit_bytes());
  }
  if (status.ok() && wire.has_output_limit_bytes()) {
    status = CheckLimit("output_limit_bytes", wire.output_limit_bytes(),
                        most.output_bytes);
    limits->output_bytes = static_cast<int64_t>(wire.output_limit_bytes());
  }
  if (status.ok() && wire.has_process_limit_count()) {
    status = CheckLimit("process_limit_count", wire.process_limit_count(),
                        most.process_count);
    limits->process_count = static_cast<int32_t>(wire.process_limit_count());
  }
  return status;
}

absl::Status DecodeChoices(const v1::CodeSample& wire, CodeSample* code) {
  switch (wire.min_integrity()) {
    case v1::INTEGRITY_UNSPECIFIED:
    case v1::INTEGRITY_SHARED:
      code->min_integrity = Integrity::kShared;
      break;
    case v1::INTEGRITY_ISOLATED:
      code->min_integrity = Integrity::kIsolated;
      break;
    default:
      return Invalid("code.min_integrity",
                     absl::StrCat("unknown ", wire.min_integrity()));
  }
  switch (wire.stop()) {
    case v1::STOP_POLICY_UNSPECIFIED:
    case v1::STOP_POLICY_ALL:
      code->stop = StopPolicy::kAll;
      break;
    case v1::STOP_POLICY_FIRST_FAILURE:
      code->stop = StopPolicy::kFirstFailure;
      break;
    case v1::STOP_POLICY_FIRST_TESTS:
      code->stop = StopPolicy::kFirstTests;
      break;
    default:
      return Invalid("code.stop", absl::StrCat("unknown ", wire.stop()));
  }
  const bool first_tests = code->stop == StopPolicy::kFirstTests;
  if (first_tests != (wire.stop_tests_count() > 0)) {
    return Invalid(
        "code.stop_tests_count",
        first_tests ? "0, at least 1" : "only with STOP_POLICY_FIRST_TESTS");
  }
  code->stop_tests_count = wire.stop_tests_count();
  if (wire.profile().size() > kProfileBytesMax) {
    return Invalid("code.profile", "no such profile");
  }
  code->profile = wire.profile();
  code->partial_credit = wire.partial_credit();
  code->report_output = wire.report_output();
  return absl::OkStatus();
}

}  // namespace

absl::Status DecodeCode(v1::CodeSample& wire, const Bounds& bounds,
                        const std::set<std::string>& languages,
                        CodeSample* code) {
  absl::Status status =
      CheckLanguage("code.language", wire.language(), languages);
  if (!status.ok()) return status;
  code->language = wire.language();
  switch (wire.program_case()) {
    case v1::CodeSample::kSolution:
      code->program = std::move(*wire.mutable_solution());
      break;
    case v1::CodeSample::kResponse:
      code->program = std::move(*wire.mutable_response());
      code->is_response = true;
      break;
    case v1::CodeSample::PROGRAM_NOT_SET:
      return Invalid("code.program", "absent: give solution or response");
  }
  status = DecodeTests(wire, languages, code);
  if (status.ok()) status = DecodeLimits(wire.limits(), bounds, &code->limits);
  if (status.ok()) status = DecodeChoices(wire, code);
  if (!status.ok()) return status;
  if (const auto* stdio = std::get_if<StdioTests>(&code->tests)) {
    return CheckWeights("code.stdio.tests", stdio->tests, *code);
  }
  if (const auto* call = std::get_if<CallTests>(&code->tests)) {
    return CheckWeights("code.call.tests", call->tests, *code);
  }
  return status;
}

}  // namespace assay::server
