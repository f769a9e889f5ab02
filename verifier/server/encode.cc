#include "verifier/server/encode.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>

#include "verifier/server/utf8.h"

namespace assay::server {
namespace {

std::string Text(std::string_view text) { return ToUtf8(text, kTextBytesMax); }

// A line for a person: no line break and no other control character.
std::string Line(std::string_view text) {
  std::string line = Text(text);
  for (char& c : line) {
    const unsigned char byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7f) c = ' ';
  }
  return line;
}

// Hands out the texts of a report until its budget is spent.
class Budget {
 public:
  explicit Budget(std::size_t bytes) : left_(bytes) {}

  std::string Line(std::string_view text) { return Spend(server::Line(text)); }
  std::string Head(std::string_view text, bool* truncated) {
    std::string head = ToUtf8(text, std::min(left_, kTextBytesMax), truncated);
    left_ -= head.size();
    return head;
  }

 private:
  std::string Spend(std::string text) {
    if (text.size() > left_) return "";
    left_ -= text.size();
    return text;
  }

  std::size_t left_;
};

uint64_t Unsigned(int64_t value) {
  return static_cast<uint64_t>(std::max<int64_t>(0, value));
}

void EncodeUsage(const RunUsage& usage, v1::RunUsage* wire) {
  wire->set_cpu_ms(absl::ToDoubleMilliseconds(usage.cpu));
  wire->set_wall_ms(absl::ToDoubleMilliseconds(usage.wall));
  wire->set_peak_memory_bytes(Unsigned(usage.peak_memory_bytes));
}

void EncodeLimits(const RunLimits& limits, v1::Limits* wire) {
  wire->set_time_limit_ms(
      static_cast<uint32_t>(absl::ToInt64Milliseconds(limits.time)));
  wire->set_memory_limit_bytes(Unsigned(limits.memory_bytes));
  wire->set_output_limit_bytes(Unsigned(limits.output_bytes));
  wire->set_process_limit_count(
      static_cast<uint32_t>(Unsigned(limits.process_count)));
}

void EncodeTest(const TestReport& test, Budget* budget, v1::TestReport* wire) {
  wire->set_name(budget->Line(test.name));
  wire->set_verdict(static_cast<v1::Verdict>(test.verdict));
  if (test.points.has_value()) wire->set_points(*test.points);
  wire->set_reason(budget->Line(test.reason));
  if (test.usage.has_value()) EncodeUsage(*test.usage, wire->mutable_usage());
  bool cut = false;
  wire->set_stdout_head(budget->Head(test.stdout_head, &cut));
  wire->set_stdout_truncated(cut || test.stdout_truncated);
  wire->set_stderr_head(budget->Head(test.stderr_head, &cut));
  wire->set_stderr_truncated(cut || test.stderr_truncated);
}

// Four bits a test; see CodeEvidence.verdicts.
std::string PackVerdicts(const std::vector<TestReport>& tests) {
  std::string packed((tests.size() + 1) / 2, '\0');
  for (std::size_t i = 0; i < tests.size(); ++i) {
    const unsigned bits = static_cast<unsigned>(tests[i].verdict) & 15u;
    char& byte = packed[i / 2];
    byte = static_cast<char>(static_cast<unsigned char>(byte) |
                             (bits << (i % 2 * 4)));
  }
  return packed;
}

void Encode(const CodeEvidence& code, Budget* budget, v1::CodeEvidence* wire) {
  wire->set_way(static_cast<v1::CodeEvidence::Way>(code.way));
  wire->set_integrity(static_cast<v1::Integrity>(code.integrity));
  uint32_t passed = 0;
  for (const TestReport& test : code.tests) {
    if (test.verdict == Verdict::kAccepted) ++passed;
    EncodeTest(test, budget, wire->add_tests());
  }
  wire->set_verdicts(PackVerdicts(code.tests));
  wire->set_passed_count(passed);
  wire->set_tests_count(static_cast<uint32_t>(code.tests.size()));
  if (code.compile.has_value()) {
    EncodeUsage(*code.compile, wire->mutable_compile());
  }
  wire->set_compile_output(Text(code.compile_output));
  wire->set_enforcement(Line(code.enforcement));
  wire->set_comparison(Line(code.comparison));
  EncodeLimits(code.limits, wire->mutable_limits());
}

void Encode(const MathEvidence& math, Budget*, v1::MathEvidence* wire) {
  wire->set_proof(static_cast<v1::MathEvidence::Proof>(math.proof));
  wire->set_rung(Line(math.rung));
  wire->set_error_bound_log2(math.error_bound_log2);
  if (math.witness.has_value()) {
    wire->mutable_witness()->set_point(Line(math.witness->point));
    wire->mutable_witness()->set_gold_value(Line(math.witness->gold_value));
    wire->mutable_witness()->set_answer_value(Line(math.witness->answer_value));
  }
  wire->set_answer_begin_bytes(math.answer_begin_bytes);
  wire->set_answer_end_bytes(math.answer_end_bytes);
  wire->set_answer_mark(Line(math.answer_mark));
  wire->set_answer_text(Text(math.answer_text));
  wire->set_gold_text(Text(math.gold_text));
  for (const std::string& policy : math.policies) {
    wire->add_policies(Line(policy));
  }
  wire->set_operations_count(math.operations_count);
}

void EncodeScore(const Report& report, v1::Report* wire) {
  if (!HasScore(report.verdict) || !report.score.has_value()) return;
  if (std::isnan(*report.score)) return;
  wire->set_score(std::clamp(*report.score, 0.0, 1.0));
}

void EncodeLanguage(const Language& language, v1::Language* wire) {
  wire->set_name(language.name);
  wire->set_available(language.available);
  wire->set_version(Line(language.version));
  wire->set_unavailable_reason(Line(language.unavailable_reason));
  for (const auto& [kind, integrity] : language.test_kinds) {
    (*wire->mutable_test_kinds())[kind] = static_cast<v1::Integrity>(integrity);
  }
  for (const LanguageProfile& profile : language.profiles) {
    v1::Profile* made = wire->add_profiles();
    made->set_name(profile.name);
    made->set_available(profile.available);
    made->set_unavailable_reason(Line(profile.unavailable_reason));
  }
}

void EncodeBounds(const Bounds& bounds, v1::ServerLimits* wire) {
  wire->set_message_bytes_max(Unsigned(bounds.message_bytes_max));
  wire->set_sample_bytes_max(Unsigned(bounds.sample_bytes_max));
  wire->set_batch_samples_max(static_cast<uint32_t>(bounds.batch_samples_max));
  wire->set_batch_pairs_max(static_cast<uint32_t>(bounds.batch_pairs_max));
  wire->set_queue_samples_max(static_cast<uint32_t>(bounds.queue_samples_max));
  wire->set_stream_window_samples(
      static_cast<uint32_t>(bounds.stream_window_samples));
  wire->set_tests_count_max(static_cast<uint32_t>(bounds.tests_count_max));
  wire->set_test_set_bytes_max(Unsigned(bounds.test_set_bytes_max));
  wire->set_test_sets_bytes_max(Unsigned(bounds.test_sets_bytes_max));
  EncodeLimits(bounds.run_default, wire->mutable_run_default());
  EncodeLimits(bounds.run_max, wire->mutable_run_max());
}

}  // namespace

void EncodeReport(const Report& report, std::size_t text_budget_bytes,
                  v1::Report* wire) {
  Budget budget(text_budget_bytes);
  wire->set_id(ToUtf8(report.id, kTextBytesMax));
  wire->set_ordinal(report.ordinal);
  wire->set_verdict(static_cast<v1::Verdict>(report.verdict));
  EncodeScore(report, wire);
  if (report.verdict == Verdict::kNoVerdict) {
    wire->set_cause(static_cast<v1::Cause>(report.cause));
  }
  wire->set_reason(Line(report.reason));
  wire->set_problem(ToUtf8(report.problem, kTextBytesMax));
  wire->set_source(ToUtf8(report.source, kTextBytesMax));
  for (const auto& [key, value] : report.labels) {
    (*wire->mutable_labels())[Text(key)] = Text(value);
  }
  if (const auto* code = std::get_if<CodeEvidence>(&report.evidence)) {
    Encode(*code, &budget, wire->mutable_code());
  } else if (const auto* math = std::get_if<MathEvidence>(&report.evidence)) {
    Encode(*math, &budget, wire->mutable_math());
  }
  wire->set_verifier_version(kVerifierVersion);
  wire->set_cached(report.cached);
  for (const std::string& line : report.explanation) {
    if (wire->explanation_size() == kExplanationLinesMax) break;
    wire->add_explanation(budget.Line(line));
  }
}

void EncodeCapabilities(const Abilities& abilities, v1::Capabilities* wire) {
  wire->set_verifier_version(kVerifierVersion);
  for (const Language& language : abilities.languages) {
    EncodeLanguage(language, wire->add_languages());
  }
  wire->set_enforcement(Line(abilities.enforcement));
  for (const std::string& line : abilities.missing_enforcement) {
    wire->add_missing_enforcement(Line(line));
  }
  for (const std::string& name : abilities.evaluators) {
    wire->add_evaluators(Line(name));
  }
  for (const std::string& name : abilities.comparisons) {
    wire->add_comparisons(Line(name));
  }
  EncodeBounds(abilities.bounds, wire->mutable_limits());
  wire->set_code_lanes_count(static_cast<uint32_t>(abilities.code_lanes));
  wire->set_math_lanes_count(static_cast<uint32_t>(abilities.math_lanes));
}

}  // namespace assay::server
