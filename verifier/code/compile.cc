#include "verifier/code/compile.h"

#include <memory>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "verifier/code/headers.h"
#include "verifier/code/outcome.h"
#include "verifier/code/tools.h"

namespace assay::code {
namespace {

using sandbox::Outcome;

std::string KeyOf(const Language& language, const Sources& sources) {
  std::string key = language.name;
  for (const std::string& word : language.compile) {
    absl::StrAppend(&key, "\n", word);
  }
  for (const auto& [name, text] : sources) {
    absl::StrAppend(&key, "\n", name, ":", text.size(), ":", text);
  }
  return key;
}

bool Built(const sandbox::RunResult& result) {
  return result.outcome == Outcome::kExited && result.exit_code == 0 &&
         result.files.size() == 1 && !result.files[0].second.empty();
}

// The driver says that one of its programs was killed: by the source, or by
// the host. The source can forge the words, and gains one more attempt.
bool SaysKilled(const sandbox::RunResult& result) {
  return result.outcome == Outcome::kExited && result.exit_code != 0 &&
         (absl::StrContains(result.stderr_text, " terminated program ") ||
          absl::StrContains(result.stderr_text, " terminated with signal "));
}

sandbox::Command CompileCommand(const Language& language,
                                const Sources& sources, const Tools& tools) {
  sandbox::Command command = CompilerCommand(language, language.compile, tools,
                                             {language.artifact}, kCompileTime);
  for (size_t i = 0; i < sources.size(); ++i) {
    const auto& [name, text] = sources[i];
    command.files.push_back(FileOf(name, text));
    if (i > 0) command.argv.push_back(name);
  }
  command.limits.stdout_bytes = int64_t{1} << 20;
  return command;
}

Compiled Failed(const Language& language, const sandbox::RunResult& result) {
  Compiled made;
  made.usage = UsageOf(result);
  made.verdict = Verdict::kCompileError;
  made.output = Head(result.stderr_text);
  RunLimits limits;
  limits.time = kCompileTime;
  limits.memory_bytes = language.compile_memory_bytes;
  limits.output_bytes = int64_t{1} << 20;
  const Finding finding = FindingOf(result, limits);
  if (finding.verdict == Verdict::kNoVerdict) {
    made.verdict = finding.verdict;
    made.cause = finding.cause;
    made.reason = finding.reason;
  } else if (finding.verdict == Verdict::kAccepted) {
    made.reason = "the compiler made no binary";
  } else if (result.outcome == Outcome::kExited) {
    made.reason = "does not compile";
  } else {
    made.reason = absl::StrCat("compiler: ", finding.reason);
    made.is_exhausted = true;
  }
  return made;
}

}  // namespace

sandbox::Command CompilerCommand(const Language& language,
                                 std::vector<std::string> argv, Tools files,
                                 std::vector<std::string> collect,
                                 absl::Duration time) {
  sandbox::Command command;
  command.argv = std::move(argv);
  command.environment = BoxEnvironment();
  command.policy = "compiler";
  command.files = std::move(files);
  command.collect = std::move(collect);
  command.limits.cpu = time;
  command.limits.wall = 3 * time + absl::Seconds(2);
  command.limits.memory_bytes = language.compile_memory_bytes;
  command.limits.process_count = language.compile_processes_count;
  command.limits.file_bytes = kBinaryBytes;
  return command;
}

sandbox::BoxFile FileOf(std::string name, std::string text) {
  return {std::move(name), std::make_shared<const std::string>(std::move(text)),
          0644};
}

std::vector<std::string> BoxEnvironment() {
  return {"PATH=/usr/bin:/bin", "LANG=C.UTF-8", "HOME=/box", "TMPDIR=/tmp"};
}

Compiled Compile(Runner* runner, const Language& language,
                 const Sources& sources) {
  if (!language.compiled()) {
    Compiled made;
    made.binary = std::make_shared<const std::string>(sources[0].second);
    return made;
  }
  const std::string key = KeyOf(language, sources);
  if (std::optional<Compiled> known = runner->world().binaries.Get(key)) {
    return *std::move(known);
  }
  const absl::StatusOr<std::shared_ptr<const Tools>> tools =
      ToolsOf(runner, language);
  if (!tools.ok()) {
    Compiled made;
    made.verdict = Verdict::kNoVerdict;
    made.cause = Cause::kHost;
    made.reason = std::string(tools.status().message());
    return made;
  }
  sandbox::RunResult result;
  {
    QuietGate::Shared shared(&runner->world().quiet);
    sandbox::Command command = CompileCommand(language, sources, **tools);
    CompiledHeader header;
    if (sources.size() == 1) {
      header = AddHeaders(runner, language, sources[0].second, &command);
    }
    result = runner->RunOnce(command);
    if (SaysKilled(result) || IsStarved(result)) {
      result = runner->RunOnce(command);
    }
    BlameHostIfStarved(&result);
  }
  Compiled made;
  if (Built(result)) {
    made.binary =
        std::make_shared<const std::string>(std::move(result.files[0].second));
    made.usage = UsageOf(result);
  } else {
    made = Failed(language, result);
  }
  // A limit or a kill may be our weather; another exit is the source's own.
  if (result.outcome == Outcome::kExited && !SaysKilled(result)) {
    runner->world().binaries.Put(
        key, made, made.binary ? made.binary->size() : made.output.size());
  }
  return made;
}

sandbox::Command RunCommand(const Language& language,
                            const sandbox::Blob& artifact) {
  sandbox::Command command;
  command.argv = language.run;
  command.environment = BoxEnvironment();
  for (const std::string& variable : language.environment) {
    command.environment.push_back(variable);
  }
  command.policy = language.policy;
  command.files = {{language.artifact, artifact, 0755}};
  return command;
}

}  // namespace assay::code
