// Finds out once what each language offers on this host.
#include <algorithm>
#include <atomic>
#include <thread>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "verifier/code/code_judge.h"
#include "verifier/code/compile.h"
#include "verifier/code/languages.h"
#include "verifier/code/lift/dialect.h"
#include "verifier/code/outcome.h"
#include "verifier/code/runner.h"
#include "verifier/code/world.h"

namespace assay::code {
namespace {

using sandbox::Outcome;

std::string FirstLine(const std::string& text) {
  return OneLine(text.substr(0, text.find('\n')));
}

// Runs the toolchain's version command in a box.
void ProbeVersion(const Language& language, Runner* runner,
                  LanguageStatus* status) {
  sandbox::Command command;
  command.argv = language.version;
  command.environment = BoxEnvironment();
  command.policy = language.compile.empty() ? language.policy : "compiler";
  command.limits.cpu = absl::Seconds(10);
  const sandbox::RunResult result = runner->RunOnce(command);
  if (result.outcome == Outcome::kExited && result.exit_code == 0) {
    status->available = true;
    status->version = FirstLine(
        result.stdout_text.empty() ? result.stderr_text : result.stdout_text);
    return;
  }
  status->unavailable_reason =
      absl::StrCat(language.version[0], " does not run: ",
                   result.outcome == Outcome::kExited
                       ? absl::StrCat("exit code ", result.exit_code, " ",
                                      FirstLine(result.stderr_text))
                       : FindingOf(result, RunLimits()).reason);
}

// Builds and runs a program; where that needs something missing, says so.
void ProbeProgram(const Language& language, Runner* runner,
                  LanguageStatus* status) {
  const Compiled compiled =
      Compile(runner, language, {{language.source_file, language.probe}});
  status->available = compiled.binary != nullptr;
  if (!compiled.binary) {
    status->unavailable_reason =
        absl::StrCat(compiled.reason, ": ", FirstLine(compiled.output));
    return;
  }
  const sandbox::RunResult result =
      runner->RunOnce(RunCommand(language, compiled.binary));
  const Finding finding = FindingOf(result, RunLimits());
  if (finding.verdict == Verdict::kAccepted) return;
  status->available = false;
  status->unavailable_reason =
      absl::StrCat("a probe does not run: ", finding.reason, ": ",
                   FirstLine(result.stderr_text));
}

LanguageStatus Probe(const Language& language, sandbox::Sandbox* sandbox,
                     Runner* runner) {
  LanguageStatus status;
  status.name = language.name;
  ProbeVersion(language, runner, &status);
  if (status.available && !language.warm()) {
    ProbeProgram(language, runner, &status);
  }
  if (language.warm()) {
    const absl::Status warm = sandbox->profile_status(language.profile);
    if (!warm.ok()) {
      status.available = false;
      status.unavailable_reason = std::string(warm.message());
    }
    for (const std::string& name : sandbox->profile_names()) {
      if (name == language.profile) continue;
      status.profiles[name] = sandbox->profile_status(name);
    }
  }
  status.test_kinds["stdio"] = Integrity::kIsolated;
  const Dialect* dialect = FindDialect(language.dialect);
  if (language.warm() || (dialect && dialect->answer)) {
    status.test_kinds["call"] = Integrity::kIsolated;
  }
  if (language.warm() || dialect) {
    status.test_kinds["asserts"] = Integrity::kIsolated;
  }
  return status;
}

// On all lanes at once: compilers take seconds to be tried one by one.
std::vector<LanguageStatus> ProbeAll(
    const std::vector<const Language*>& languages, CodeWorld* world,
    sandbox::Sandbox* sandbox) {
  std::vector<LanguageStatus> found(languages.size());
  std::atomic<size_t> next(0);
  const std::atomic<bool> never(false);
  auto probe = [&](int lane) {
    Runner runner(world, &sandbox->lane(lane), &never);
    for (size_t i; (i = next++) < languages.size();) {
      found[i] = Probe(*languages[i], sandbox, &runner);
    }
  };
  std::vector<std::thread> others;
  const int count =
      std::min(sandbox->lane_count(), static_cast<int>(languages.size()));
  for (int lane = 1; lane < count; ++lane) others.emplace_back(probe, lane);
  probe(0);
  for (std::thread& other : others) other.join();
  return found;
}

}  // namespace

absl::StatusOr<std::shared_ptr<CodeWorld>> MakeCodeWorld(
    const CodeOptions& options, sandbox::Sandbox* sandbox) {
  if (!options.secret.empty() && options.secret.size() < 16) {
    return absl::InvalidArgumentError("secret: fewer than 16 bytes");
  }
  auto world = std::make_shared<CodeWorld>(options.secret);
  world->testlib_header = options.testlib_header;
  world->judge_time = options.judge_time;
  world->enforcement = sandbox->enforcement().ToString();
  for (int lane = 0; lane < sandbox->lane_count(); ++lane) {
    world->idle.Add(&sandbox->lane(lane));
  }
  for (const std::string& name : options.languages) {
    if (FindLanguage(name)) continue;
    return absl::InvalidArgumentError(
        absl::StrCat("languages: unknown language ", name));
  }
  std::vector<const Language*> offered;
  for (const Language& language : AllLanguages()) {
    if (options.languages.empty() ||
        absl::c_linear_search(options.languages, language.name)) {
      offered.push_back(&language);
    }
  }
  world->languages = ProbeAll(offered, world.get(), sandbox);
  return world;
}

}  // namespace assay::code
