// `assay explain`: one sample, and all that was found on the way.
#include <google/protobuf/util/json_util.h>
#include <grpcpp/grpcpp.h>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include "absl/strings/str_format.h"
#include "clients/cli/commands.h"
#include "clients/cli/sample_line.h"
#include "clients/cli/server.h"
#include "clients/cli/style.h"
#include "clients/cli/words.h"

namespace assay::cli {
namespace {

struct Flags {
  std::string first;
  std::string second;
  std::string server;
  bool response = false;
  bool json = false;
};

// A sample of a file, which may hold one object over several lines, or lines
// of which the first counts; "-" is stdin. False: told on stderr.
bool ReadSample(const std::string& path, v1::Sample* sample) {
  std::string text;
  if (path == "-") {
    for (int c = getchar(); c != EOF; c = getchar()) {
      text += static_cast<char>(c);
    }
  } else {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
      fprintf(stderr, "assay: %s: cannot be read\n", path.c_str());
      return false;
    }
    text.assign(std::istreambuf_iterator<char>(file), {});
  }
  if (google::protobuf::util::JsonStringToMessage(text, sample).ok()) {
    return true;
  }
  ParsedLine line = ParseSampleLine(text.substr(0, text.find('\n')), path);
  if (line.report) {
    fprintf(stderr, "assay: %s\n", line.report->reason().c_str());
    return false;
  }
  *sample = std::move(line.sample);
  return true;
}

std::string Coloured(v1::Verdict verdict) {
  const std::string name = VerdictName(verdict);
  if (verdict == v1::VERDICT_ACCEPTED) return Green(name);
  return IsJudged(verdict) ? Red(name) : Yellow(name);
}

void Row(const char* name, const std::string& value) {
  if (value.empty()) return;
  std::string text = Printable(value);
  while (text.ends_with('\n')) text.pop_back();
  std::string shown;
  for (const char c : text) {
    shown += c;
    if (c == '\n') shown += std::string(14, ' ');
  }
  printf("  %s%s\n", Dim(absl::StrFormat("%-12s", name)).c_str(),
         shown.c_str());
}

void PrintMath(const v1::MathEvidence& math) {
  Row("answer", math.answer_text() +
                    (math.answer_mark().empty()
                         ? ""
                         : "   (" + math.answer_mark() + ", bytes " +
                               std::to_string(math.answer_begin_bytes()) + "-" +
                               std::to_string(math.answer_end_bytes()) + ")"));
  Row("gold", math.gold_text());
  Row("rung", math.rung());
  if (math.proof() != v1::MathEvidence::PROOF_UNSPECIFIED) {
    Row("proof",
        v1::MathEvidence::Proof_Name(math.proof()).substr(6) +
            (math.error_bound_log2() == 0
                 ? ""
                 : absl::StrFormat("   (wrong with probability at most 2^%.0f)",
                                   std::ceil(math.error_bound_log2()))));
  }
  if (math.has_witness()) {
    Row("witness", math.witness().point().empty() ? "(no variables)"
                                                  : math.witness().point());
    Row("  gold", math.witness().gold_value());
    Row("  answer", math.witness().answer_value());
  }
  for (const std::string& policy : math.policies()) Row("policy", policy);
}

std::string Usage(const v1::RunUsage& usage) {
  return absl::StrFormat(
      "%.1f ms CPU, %.1f ms wall, %.1f MiB", usage.cpu_ms(), usage.wall_ms(),
      static_cast<double>(usage.peak_memory_bytes()) / (1 << 20));
}

void PrintCode(const v1::CodeEvidence& code) {
  if (code.way() != v1::CodeEvidence::WAY_UNSPECIFIED) {
    Row("way", v1::CodeEvidence::Way_Name(code.way()).substr(4) + ", " +
                   IntegrityName(code.integrity()));
  }
  Row("tests", absl::StrFormat("%d of %d passed", code.passed_count(),
                               code.tests_count()));
  if (code.has_compile()) Row("compile", Usage(code.compile()));
  Row("compiler", code.compile_output());
  for (int i = 0; i < code.tests_size(); ++i) {
    const v1::TestReport& test = code.tests(i);
    const bool run = test.verdict() != v1::VERDICT_UNSPECIFIED;
    std::string line = run ? Coloured(test.verdict()) : "not run";
    if (test.has_usage()) line += ", " + Usage(test.usage());
    printf("  %s%s\n", Dim(absl::StrFormat("test %-7d", i + 1)).c_str(),
           line.c_str());
    Row("", test.reason());
    Row("  stdout", test.stdout_head());
    Row("  stderr", test.stderr_head());
  }
  Row("comparison", code.comparison());
  Row("enforcement", code.enforcement());
}

void Print(const v1::Report& report) {
  printf("%s", Bold(Coloured(report.verdict())).c_str());
  if (report.has_score()) printf("  score %g", report.score());
  if (report.cause() != v1::CAUSE_UNSPECIFIED) {
    printf("  cause %s", CauseName(report.cause()).c_str());
  }
  printf("\n");
  Row("reason", report.reason());
  if (report.has_math()) PrintMath(report.math());
  if (report.has_code()) PrintCode(report.code());
  if (report.explanation_size() > 0) {
    printf("%s\n", Bold("On the way").c_str());
    for (const std::string& line : report.explanation()) {
      printf("  %s\n", Printable(line).c_str());
    }
  }
  printf("%s\n", Dim("verifier " + report.verifier_version()).c_str());
}

int Explain(const Flags& flags) {
  CatchInterrupts();
  v1::Sample sample;
  if (flags.second.empty()) {
    if (!ReadSample(flags.first, &sample)) return kExitUsage;
  } else {
    sample.set_id("explain");
    sample.mutable_math()->add_gold(flags.first);
    if (flags.response) {
      sample.mutable_math()->set_response(flags.second);
    } else {
      sample.mutable_math()->set_answer(flags.second);
    }
  }
  sample.set_explain(true);
  if (sample.has_code()) sample.mutable_code()->set_report_output(true);

  auto server = Server::Open(flags.server);
  if (!server.ok()) {
    fprintf(stderr, "assay: %s\n",
            std::string(server.status().message()).c_str());
    return kExitServer;
  }
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() +
                       std::chrono::minutes(10));
  v1::VerifyRequest request;
  *request.add_samples() = std::move(sample);
  v1::VerifyResponse response;
  const grpc::Status status =
      (*server)->NewStub()->Verify(&context, request, &response);
  if (!status.ok() || response.reports_size() != 1) {
    fprintf(stderr, "assay: %s: %s\n", (*server)->address().c_str(),
            status.ok() ? "no report came" : status.error_message().c_str());
    return kExitServer;
  }
  if (flags.json) {
    printf("%s\n", ToJsonLine(response.reports(0)).c_str());
  } else {
    Print(response.reports(0));
  }
  return kExitDone;
}

}  // namespace

void AddExplain(CLI::App* app, int* exit_code) {
  CLI::App* command = app->add_subcommand(
      "explain", "Verify one sample and print all that was found on the way");
  auto flags = std::make_shared<Flags>();
  command
      ->add_option("GOLD|SAMPLE.json", flags->first,
                   "The reference answer; or, alone, a file with a sample")
      ->required();
  command->add_option("ANSWER", flags->second,
                      "The answer to compare with GOLD");
  command->add_flag("--response", flags->response,
                    "ANSWER is a whole response: extract its final answer");
  command
      ->add_option("--server", flags->server,
                   "unix:/path or host:port. Without it a server is started")
      ->envname("ASSAY_SERVER");
  command->add_flag("--json", flags->json,
                    "One line of proto3 JSON: assay.v1.Report");
  command->footer(
      "Examples:\n"
      "  assay explain '\\frac{1}{2}' 0.5\n"
      "  assay explain -- '-1' 'i^2'\n"
      "  assay explain sample.json");
  command->callback([flags, exit_code] { *exit_code = Explain(*flags); });
}

}  // namespace assay::cli
