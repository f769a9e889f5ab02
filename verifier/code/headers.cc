#include "verifier/code/headers.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "verifier/code/compile.h"
#include "verifier/code/lift/c_source.h"

namespace assay::code {
namespace {

constexpr std::string_view kAll = "bits/stdc++.h";

std::string_view Trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
    text.remove_prefix(1);
  }
  while (!text.empty() &&
         (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) {
    text.remove_suffix(1);
  }
  return text;
}

// The name between the angle brackets of a line that is nothing else than an
// #include; empty: another line.
std::string_view IncludedBy(std::string_view line) {
  line = Trim(line);
  if (line.substr(0, 1) != "#") return "";
  line = Trim(line.substr(1));
  if (line.substr(0, 7) != "include") return "";
  line = Trim(line.substr(7));
  const size_t close = line.find('>');
  if (line.substr(0, 1) != "<" || close == std::string_view::npos) return "";
  const std::string_view rest = Trim(line.substr(close + 1));
  if (!rest.empty() && rest.substr(0, 2) != "//") return "";
  return line.substr(1, close - 1);
}

sandbox::Command MakeCommand(const Language& language,
                             const std::string& text) {
  sandbox::Command command =
      CompilerCommand(language, language.headers, {FileOf(kHeaderName, text)},
                      {kCompiledHeaderName}, kHeadersTime);
  command.limits.file_bytes = kHeaderFileBytes;
  return command;
}

// Whether this call is the one that makes the set.
bool MayMake(HeaderStore* store, const std::string& key, bool all) {
  const std::lock_guard lock(store->mutex);
  if (store->sightings.size() >= HeaderStore::kSightings &&
      store->sightings.count(key) == 0) {
    store->sightings.clear();
  }
  return ++store->sightings[key] == (all ? kSightingsOfAll : kSightingsOfSome);
}

// Null: it does not compile, or there is no memory for it.
CompiledHeader Make(Runner* runner, const Language& language,
                    const std::string& text, size_t* bytes) {
  sandbox::RunResult result = runner->RunOnce(MakeCommand(language, text));
  if (result.outcome != sandbox::Outcome::kExited || result.exit_code != 0 ||
      result.files.size() != 1) {
    return nullptr;
  }
  *bytes = result.files[0].second.size();
  const sandbox::UniqueFd file =
      sandbox::MakeMemoryFile("headers", result.files[0].second);
  if (!file.valid()) return nullptr;
  sandbox::UniqueFd read_only = sandbox::ReopenToRead(file.get());
  if (!read_only.valid()) return nullptr;
  return std::make_shared<const sandbox::UniqueFd>(std::move(read_only));
}

}  // namespace

std::set<std::string_view> LeadingHeaders(std::string_view source) {
  std::set<std::string_view> found;
  size_t at = 0;
  while (at < source.size()) {
    const size_t end = std::min(source.find('\n', at), source.size());
    const std::string_view line = Trim(source.substr(at, end - at));
    if (line.substr(0, 2) == "/*") {
      const size_t close = source.find("*/", source.find("/*", at) + 2);
      if (close == std::string_view::npos) break;
      at = close + 2;
      continue;
    }
    at = end + 1;
    // A backslash at its end would join it to the next line.
    if (!line.empty() && line.back() == '\\') break;
    if (line.empty() || line.substr(0, 2) == "//") continue;
    const std::string_view name = IncludedBy(line);
    if (!IsStandardHeader(name)) break;
    found.insert(name);
  }
  if (found.count(kAll) > 0) return {*found.find(kAll)};
  return found;
}

CompiledHeader AddHeaders(Runner* runner, const Language& language,
                          std::string_view source, sandbox::Command* command) {
  if (language.headers.empty()) return nullptr;
  const std::set<std::string_view> headers = LeadingHeaders(source);
  if (headers.empty()) return nullptr;
  std::string text;
  for (std::string_view name : headers) {
    absl::StrAppend(&text, "#include <", std::string(name), ">\n");
  }
  std::string key = text;
  for (const std::string& word : language.headers) {
    absl::StrAppend(&key, "\n", word);
  }
  HeaderStore& store = runner->world().headers;
  CompiledHeader compiled;
  if (std::optional<CompiledHeader> known = store.compiled.Get(key)) {
    compiled = *std::move(known);
  } else if (MayMake(&store, key, headers.count(kAll) > 0)) {
    size_t bytes = 0;
    compiled = Make(runner, language, text, &bytes);
    if (compiled) store.compiled.Put(key, compiled, bytes);
  }
  if (!compiled) return nullptr;
  command->argv.insert(command->argv.end(), {"-include", kHeaderName});
  command->files.push_back(FileOf(kHeaderName, text));
  sandbox::BoxFile link;
  link.path = kCompiledHeaderName;
  link.channel = kHeaderChannel;
  command->files.push_back(std::move(link));
  command->channels.push_back({kHeaderChannel, compiled->get()});
  return compiled;
}

}  // namespace assay::code
