#include "verifier/code/code_judge.h"

#include <sys/random.h>

#include <cstdio>
#include <utility>

#include "absl/strings/str_cat.h"
#include "verifier/code/extract.h"
#include "verifier/code/languages.h"
#include "verifier/code/sessions.h"
#include "verifier/code/trial.h"
#include "verifier/code/world.h"

namespace assay::code {
namespace {

bool IsBlank(const std::string& text) {
  return text.find_first_not_of(" \t\r\n\v\f") == std::string::npos;
}

// What is wrong with the sample itself, naming the field; empty: nothing.
// A lane whose warm runs are clones of another interpreter.
class ProfileLane : public sandbox::Lane {
 public:
  ProfileLane(sandbox::Lane* lane, std::string profile)
      : lane_(lane), profile_(std::move(profile)) {}
  absl::StatusOr<std::unique_ptr<sandbox::Run>> Start(
      const sandbox::Command& command) override {
    if (command.profile.empty()) return lane_->Start(command);
    sandbox::Command changed = command;
    changed.profile = profile_;
    return lane_->Start(changed);
  }
  int64_t deaths() const override { return lane_->deaths(); }

 private:
  sandbox::Lane* lane_;
  const std::string profile_;
};

// False: the sample names a profile that is not there, and `report` says so.
bool HasProfile(const CodeSample& code, const LanguageStatus& status,
                Report* report) {
  if (code.profile.empty()) return true;
  const auto found = status.profiles.find(code.profile);
  if (found == status.profiles.end()) {
    report->Refuse(
        Cause::kInvalidSample,
        absl::StrCat("code.profile: ", status.name, " has no profile \"",
                     OneLine(code.profile, 60), "\" here"));
    return false;
  }
  if (found->second.ok()) return true;
  report->Refuse(Cause::kHost, OneLine(std::string(found->second.message())));
  return false;
}

std::string FaultOf(const CodeSample& sample) {
  const Language* language = FindLanguage(sample.language);
  if (!language) {
    return absl::StrCat("code.language: unknown language \"",
                        OneLine(sample.language, 60), "\"");
  }
  if (sample.limits.memory_bytes < language->memory_floor_bytes) {
    return absl::StrCat("code.limits.memory_limit_bytes: ", language->name,
                        " needs at least ", language->memory_floor_bytes);
  }
  if (sample.limits.process_count < language->process_floor_count) {
    return absl::StrCat("code.limits.process_limit_count: ", language->name,
                        " needs at least ", language->process_floor_count);
  }
  if (const auto* stdio = std::get_if<StdioTests>(&sample.tests)) {
    if (stdio->tests.empty()) return "code.stdio.tests: no test";
  } else if (const auto* call = std::get_if<CallTests>(&sample.tests)) {
    if (call->tests.empty()) return "code.call.tests: no test";
    if (call->entry_point.empty()) return "code.call.entry_point: empty";
  } else if (IsBlank(std::get<AssertTests>(sample.tests).code)) {
    return "code.asserts.code: empty";
  }
  return "";
}

class CodeJudge : public Judge {
 public:
  CodeJudge(std::shared_ptr<CodeWorld> world, sandbox::Lane* lane)
      : world_(std::move(world)), lane_(lane) {}

  Report Verify(const Sample& sample,
                const std::atomic<bool>& cancelled) override {
    Report report = Report::For(sample);
    const auto* code = std::get_if<CodeSample>(&sample.task);
    if (!code) {
      report.Refuse(Cause::kInvalidSample, "task: not a code sample");
      return report;
    }
    if (std::string fault = FaultOf(*code); !fault.empty()) {
      report.Refuse(Cause::kInvalidSample, std::move(fault));
      return report;
    }
    const Language& language = *FindLanguage(code->language);
    const LanguageStatus* status = world_->status(language.name);
    if (!status || !status->available) {
      report.Refuse(Cause::kHost,
                    absl::StrCat(language.name, ": ",
                                 status ? status->unavailable_reason
                                        : "not offered here"));
      return report;
    }
    if (!HasProfile(*code, *status, &report)) return report;
    const IdleLanes::Work work(&world_->idle, lane_);
    const int64_t deaths = lane_->deaths();
    JudgeProgram(sample, *code, language, cancelled, &report);
    if (lane_->deaths() != deaths) report.broke_lane = true;
    return report;
  }

 private:
  void JudgeProgram(const Sample& sample, const CodeSample& code,
                    const Language& language,
                    const std::atomic<bool>& cancelled, Report* report) {
    std::optional<std::string> extracted;
    if (code.is_response) {
      extracted = ExtractProgram(code.program, language);
      if (!extracted) {
        return report->Decide(
            Verdict::kNoAnswer,
            absl::StrCat("no fenced block of ", language.name));
      }
    } else if (IsBlank(code.program)) {
      return report->Decide(Verdict::kNoAnswer, "an empty program");
    }
    CodeEvidence evidence;
    evidence.limits = code.limits;
    evidence.enforcement = world_->enforcement;
    ProfileLane other(lane_, code.profile);
    const bool own = code.profile.empty();
    Runner runner(world_.get(), own ? lane_ : &other, &cancelled,
                  own ? &sessions_ : nullptr);
    Trial trial{code,          language, extracted ? *extracted : code.program,
                runner,        *report,  evidence,
                sample.explain};
    Dispatch(code, language, &trial);
    // A cancelled sample has no verdict, whatever the killed run looked like.
    if (cancelled.load()) report->Refuse(Cause::kCancelled, "cancelled");
    report->evidence = std::move(evidence);
  }

  static void Dispatch(const CodeSample& code, const Language& language,
                       Trial* trial) {
    if (const auto* stdio = std::get_if<StdioTests>(&code.tests)) {
      return JudgeStdio(trial, *stdio);
    }
    if (const auto* call = std::get_if<CallTests>(&code.tests)) {
      return JudgeCalls(trial, *call);
    }
    const AssertTests& asserts = std::get<AssertTests>(code.tests);
    if (language.profile == kPythonProfile) {
      return JudgePythonAsserts(trial, asserts);
    }
    JudgeLifted(trial, asserts);
  }

  std::shared_ptr<CodeWorld> world_;
  sandbox::Lane* lane_;
  Sessions sessions_;
};

}  // namespace

std::string CodeWorld::DrawSecret() const {
  unsigned char bytes[16] = {};
  size_t filled = 0;
  while (filled < sizeof(bytes)) {
    const ssize_t n = getrandom(bytes + filled, sizeof(bytes) - filled, 0);
    if (n > 0) filled += static_cast<size_t>(n);
  }
  std::string secret;
  for (size_t i = 0; i < sizeof(bytes); ++i) {
    const unsigned char mixed =
        secret_.empty()
            ? bytes[i]
            : static_cast<unsigned char>(
                  bytes[i] ^
                  static_cast<unsigned char>(secret_[i % secret_.size()]));
    char hex[3];
    std::snprintf(hex, sizeof(hex), "%02x", mixed);
    secret += hex;
  }
  return secret;
}

const LanguageStatus* CodeWorld::status(const std::string& language) const {
  for (const LanguageStatus& status : languages) {
    if (status.name == language) return &status;
  }
  return nullptr;
}

const std::vector<LanguageStatus>& Languages(const CodeWorld& world) {
  return world.languages;
}

std::vector<std::string> Comparisons() {
  return {"exact/1",          "lines/1", "tokens/1",     "float/1",
          "unordered/1",      "judge/1", "interactor/1", "python-values/1",
          "python-asserts/1", "joined/1"};
}

std::unique_ptr<Judge> MakeCodeJudge(std::shared_ptr<CodeWorld> world,
                                     sandbox::Lane* lane) {
  return std::make_unique<CodeJudge>(std::move(world), lane);
}

}  // namespace assay::code
