#include "verifier/code/tools.h"

#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "verifier/code/compile.h"
#include "verifier/code/lift/dialect.h"
#include "verifier/code/outcome.h"

namespace assay::code {
namespace {

sandbox::Command PrepareCommand(const Language& language) {
  Tools parts;
  const Dialect* dialect = FindDialect(language.dialect);
  if (dialect && dialect->parts) {
    for (auto& [name, text] : dialect->parts()) {
      parts.push_back(FileOf(name, std::move(text)));
    }
  }
  return CompilerCommand(language, language.prepare, std::move(parts),
                         language.tools, kPrepareTime);
}

absl::StatusOr<std::shared_ptr<const Tools>> Make(Runner* runner,
                                                  const Language& language) {
  auto made = std::make_shared<Tools>();
  if (language.prepare.empty()) return made;
  sandbox::RunResult result = runner->RunOnce(PrepareCommand(language));
  if (result.outcome != sandbox::Outcome::kExited || result.exit_code != 0 ||
      result.files.size() != language.tools.size()) {
    const Finding finding = FindingOf(result, RunLimits());
    return absl::UnavailableError(absl::StrCat(
        language.name, ": its tools are not made: ", finding.reason, " ",
        OneLine(result.stderr_text)));
  }
  for (auto& [name, content] : result.files) {
    made->push_back(FileOf(name, std::move(content)));
  }
  return made;
}

}  // namespace

absl::StatusOr<std::shared_ptr<const Tools>> ToolsOf(Runner* runner,
                                                     const Language& language) {
  CodeWorld& world = runner->world();
  MadeTools* tools = nullptr;
  {
    const std::lock_guard lock(world.tools_mutex);
    tools = &world.tools[language.name];  // It stays where it is.
  }
  const std::lock_guard lock(tools->mutex);
  if (tools->files) return tools->files;
  absl::StatusOr<std::shared_ptr<const Tools>> made = Make(runner, language);
  if (made.ok()) tools->files = *made;
  return made;
}

}  // namespace assay::code
