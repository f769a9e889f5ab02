#include "tests/verifier/code/judging.h"

#include <cstdio>
#include <cstdlib>

#include "absl/strings/str_split.h"
#include "tests/verifier/code/local_lane.h"

namespace assay::code {

RunLimits ShortLimits() {
  RunLimits limits;
  limits.time = absl::Seconds(1);
  limits.memory_bytes = int64_t{256} << 20;
  limits.output_bytes = int64_t{1} << 20;
  return limits;
}

const CodeEvidence& EvidenceOf(const Report& report) {
  static const auto* none = new CodeEvidence();
  const auto* evidence = std::get_if<CodeEvidence>(&report.evidence);
  return evidence ? *evidence : *none;
}

Judging& Judging::Get() {
  static auto* judging = new Judging();
  return *judging;
}

Judging::Judging() {
  sandbox::SandboxOptions options;
  options.launcher_path = ASSAY_LAUNCHER;
  options.profiles = CodeProfiles();
  auto started = sandbox::Sandbox::Start(options);
  if (started.ok() && (*started)->profile_status("python").ok()) {
    boxed_ = true;
    sandbox_ = *std::move(started);
    // Ends the launchers with the test.
    std::atexit([] { Get().sandbox_.reset(); });
  } else {
    std::fprintf(stderr, "no sandbox, local lane: %s\n",
                 started.status().ToString().c_str());
    sandbox_ = MakeLocalSandbox(CodeProfiles());
  }
  CodeOptions code;
  code.judge_time = absl::Seconds(1);
  // A test that needs some languages only starts sooner.
  if (const char* names = std::getenv("ASSAY_LANGUAGES")) {
    code.languages = absl::StrSplit(names, ',');
  }
  world_ = *MakeCodeWorld(code, sandbox_.get());
  judge_ = MakeCodeJudge(world_, &sandbox_->lane(0));
}

Report Judging::Verify(const Sample& sample) {
  const std::atomic<bool> cancelled(false);
  return judge_->Verify(sample, cancelled);
}

Report Judging::VerifyCancelled(const Sample& sample) {
  const std::atomic<bool> cancelled(true);
  return judge_->Verify(sample, cancelled);
}

Report Judging::Verify(CodeSample code) {
  Sample sample;
  sample.id = "test";
  sample.task = std::move(code);
  return Verify(sample);
}

Report Judging::Asserts(const std::string& language,
                        const std::string& solution, const std::string& tests,
                        const std::string& entry) {
  CodeSample code;
  code.language = language;
  code.program = solution;
  code.tests = AssertTests{tests, entry};
  code.limits = ShortLimits();
  return Verify(std::move(code));
}

Report Judging::Calls(const std::string& solution, const std::string& entry,
                      std::vector<CallTest> tests) {
  CodeSample code;
  code.language = "python";
  code.program = solution;
  code.tests = CallTests{entry, std::move(tests)};
  code.limits = ShortLimits();
  return Verify(std::move(code));
}

Report Judging::Stdio(const std::string& language, const std::string& solution,
                      std::vector<StdioTest> tests) {
  CodeSample code;
  code.language = language;
  code.program = solution;
  code.tests = StdioTests{std::move(tests)};
  code.limits = ShortLimits();
  return Verify(std::move(code));
}

}  // namespace assay::code
