#include "verifier/code/languages.h"

#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "embedded/code_languages.h"
#include "nlohmann/json.hpp"

namespace assay::code {
namespace {

using Json = nlohmann::json;

// Reads the fields of one row, and remembers the first that is wrong.
class RowReader {
 public:
  explicit RowReader(const Json& row) : row_(row) {}

  void Text(const char* field, std::string* out) {
    const Json* value = Find(field);
    if (!value) return;
    if (!value->is_string()) return Fail(field, "not a text");
    *out = value->get<std::string>();
  }
  void Texts(const char* field, std::vector<std::string>* out) {
    const Json* value = Find(field);
    if (!value) return;
    if (!value->is_array()) return Fail(field, "not a list of texts");
    for (const Json& item : *value) {
      if (!item.is_string()) return Fail(field, "not a list of texts");
      out->push_back(item.get<std::string>());
    }
  }
  template <typename T>
  void Count(const char* field, T* out) {
    const Json* value = Find(field);
    if (!value) return;
    if (!value->is_number_unsigned() ||
        value->get<uint64_t>() > static_cast<uint64_t>(INT32_MAX) << 20) {
      return Fail(field, "not a count");
    }
    *out = static_cast<T>(value->get<uint64_t>());
  }
  void Fail(const std::string& field, const char* why) {
    if (fault_.empty()) fault_ = absl::StrCat(field, ": ", why);
  }
  // Names a field that no row has.
  void RefuseOthers() {
    for (const auto& [key, unused] : row_.items()) {
      bool known = false;
      for (const std::string& name : seen_) known = known || name == key;
      if (!known) Fail(key, "no such field");
    }
  }
  const std::string& fault() const { return fault_; }

 private:
  const Json* Find(const char* field) {
    seen_.emplace_back(field);
    const auto found = row_.find(field);
    return found == row_.end() ? nullptr : &*found;
  }

  const Json& row_;
  std::vector<std::string> seen_;
  std::string fault_;
};

void Check(const Language& l, RowReader* reader) {
  if (l.name.empty()) reader->Fail("name", "empty");
  if (l.source_file.empty() || l.source_file.find('/') != std::string::npos) {
    reader->Fail("source_file", "not a file name");
  }
  if (l.run.empty() == l.profile.empty()) {
    reader->Fail("run", "either run or profile");
  }
  if (l.artifact.find('/') != std::string::npos) {
    reader->Fail("artifact", "not a file name");
  }
  for (const std::string& name : l.tools) {
    if (name.empty() || name.find('/') != std::string::npos) {
      reader->Fail("tools", "not file names");
    }
  }
  for (const auto* argv : {&l.compile, &l.prepare, &l.run, &l.version}) {
    if (!argv->empty() && argv->front().rfind('/', 0) != 0) {
      reader->Fail(argv->front(), "not an absolute path");
    }
  }
  if (l.version.empty()) reader->Fail("version", "empty");
}

absl::StatusOr<Language> ReadRow(const Json& row) {
  if (!row.is_object()) return absl::InvalidArgumentError("not an object");
  RowReader reader(row);
  Language l;
  reader.Text("name", &l.name);
  reader.Texts("fences", &l.fences);
  reader.Text("source_file", &l.source_file);
  reader.Texts("compile", &l.compile);
  reader.Text("artifact", &l.artifact);
  reader.Texts("prepare", &l.prepare);
  reader.Texts("tools", &l.tools);
  reader.Texts("headers", &l.headers);
  reader.Texts("run", &l.run);
  reader.Texts("environment", &l.environment);
  reader.Text("policy", &l.policy);
  reader.Text("profile", &l.profile);
  reader.Text("dialect", &l.dialect);
  reader.Texts("version", &l.version);
  reader.Text("probe", &l.probe);
  reader.Count("memory_floor_bytes", &l.memory_floor_bytes);
  reader.Count("process_floor_count", &l.process_floor_count);
  reader.Count("compile_memory_bytes", &l.compile_memory_bytes);
  reader.Count("compile_processes_count", &l.compile_processes_count);
  if (l.artifact.empty()) l.artifact = l.source_file;
  Check(l, &reader);
  reader.RefuseOthers();
  if (!reader.fault().empty()) {
    return absl::InvalidArgumentError(reader.fault());
  }
  return l;
}

absl::Status Extend(std::string_view json, std::vector<Language>* table) {
  const Json rows = Json::parse(json, nullptr, /*allow_exceptions=*/false);
  if (!rows.is_array()) {
    return absl::InvalidArgumentError("languages: not a JSON list of rows");
  }
  std::vector<Language> made = *table;
  for (size_t i = 0; i < rows.size(); ++i) {
    absl::StatusOr<Language> row = ReadRow(rows[i]);
    if (!row.ok()) {
      return absl::InvalidArgumentError(
          absl::StrCat("languages: row ", i + 1, ": ", row.status().message()));
    }
    Language* same = nullptr;
    for (Language& known : made) {
      if (known.name == row->name) same = &known;
    }
    if (same) {
      *same = *std::move(row);
    } else {
      made.push_back(*std::move(row));
    }
  }
  if (made.size() > kLanguagesMax) {
    return absl::InvalidArgumentError(
        absl::StrCat("languages: more than ", kLanguagesMax));
  }
  *table = std::move(made);
  return absl::OkStatus();
}

std::vector<Language>* Table() {
  static auto* const table = [] {
    auto* made = new std::vector<Language>;
    const absl::Status status = Extend(embedded::code_languages, made);
    if (!status.ok()) {  // Our own table: a test holds it.
      std::fprintf(stderr, "%s\n", std::string(status.message()).c_str());
      std::abort();
    }
    return made;
  }();
  return table;
}

}  // namespace

const std::vector<Language>& AllLanguages() { return *Table(); }

const Language* FindLanguage(std::string_view name) {
  for (const Language& language : AllLanguages()) {
    if (language.name == name) return &language;
  }
  return nullptr;
}

absl::Status ExtendLanguages(std::string_view json) {
  return Extend(json, Table());
}

}  // namespace assay::code
